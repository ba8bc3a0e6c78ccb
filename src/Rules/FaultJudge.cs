using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges gauges: stuck, spiking, saturated, jumped, with a wrong clock. It hears readings of every flag, and never keeps another alarm from anything.</summary>
/// <remarks>Quality control has flagged the readings; what it said of them is believed here, and what needs no flag is looked at itself.</remarks>
sealed class FaultJudge
{
    // As far apart as two readings may be and still be neighbours in time.
    const int StepIntervals = 3;

    readonly int[] _gaugeOf;
    readonly FaultGauge[] _gauges;
    readonly FaultSlot[] _slots;
    readonly FaultTrack[] _tracks;
    readonly FaultRule[] _rules;

    FaultJudge(int[] gaugeOf, FaultGauge[] gauges, FaultSlot[] slots, FaultTrack[] tracks, FaultRule[] rules)
    {
        _gaugeOf = gaugeOf;
        _gauges = gauges;
        _slots = slots;
        _tracks = tracks;
        _rules = rules;
    }

    public static FaultJudge Compile(Site site, IReadOnlyCollection<Series> series)
    {
        var rules = site.Rules.OfType<Rule.Fault>().ToArray();
        if (rules.Length == 0)
            return new FaultJudge([], [], [], [], []);
        var gaugeOf = new int[series.Count == 0 ? 1 : series.Max(one => one.Id.Value) + 1];
        var gauges = new List<FaultGauge>();
        var slots = new List<FaultSlot>();
        var tracks = new List<FaultTrack>();
        foreach (var one in series)
        {
            if (one.Quantity != Device.StageQuantity || !site.Devices.TryGetValue(one.Device, out var device) || device.Station is not { } station)
                continue;
            var first = slots.Count;
            for (var i = 0; i < rules.Length; i++)
            {
                if (!rules[i].Stations.IsDefaultOrEmpty && !rules[i].Stations.Contains(station))
                    continue;
                slots.Add(new FaultSlot { AsleepUntil = Ticks.Never, Rule = i, FirstTrack = tracks.Count, Tracks = rules[i].Faults.Length });
                tracks.AddRange(rules[i].Faults.Select(FaultTrack.Of));
            }
            var field = device.Model.Fields.FirstOrDefault(field => field.Quantity == one.Quantity && field.Unit == one.Unit);
            gauges.Add(new FaultGauge
            {
                Device = one.Device,
                Ceiling = field is null ? double.PositiveInfinity : Math.Max(field.Min * field.Scale, field.Max * field.Scale),
                LongestStep = Ticks.Of((site.StationOf(station)?.ReportEvery ?? Duration.Zero) * StepIntervals),
                Newest = Ticks.Never,
                FirstSlot = first,
                Slots = slots.Count - first,
            });
            gaugeOf[one.Id.Value] = gauges.Count;
        }
        return new FaultJudge(gaugeOf, [.. gauges], [.. slots], [.. tracks], [.. rules.Select(rule => new FaultRule(rule))]);
    }

    /// <summary>Takes a reading of any flag; late ones say nothing of a gauge.</summary>
    public void Take(in Reading reading, List<Alarm> changes)
    {
        var id = reading.Series.Value;
        if ((uint)id >= (uint)_gaugeOf.Length || _gaugeOf[id] is not (> 0 and var number))
            return;
        ref var gauge = ref _gauges[number - 1];
        var measuredAt = Ticks.Of(reading.MeasuredAt);
        if (measuredAt <= gauge.Newest)
            return;
        gauge.Newest = measuredAt;
        for (var i = gauge.FirstSlot; i < gauge.FirstSlot + gauge.Slots; i++)
        {
            ref var slot = ref _slots[i];
            ref readonly var rule = ref _rules[slot.Rule];
            var stands = false;
            foreach (ref var track in _tracks.AsSpan(slot.FirstTrack, slot.Tracks))
            {
                track.Take(rule, gauge, reading, measuredAt);
                stands |= track.Stands;
            }
            if (Sleep.Lasts(ref slot.AsleepUntil, slot.Told, measuredAt, id))
                Wake(slot);
            else if (stands != (slot.Level != AlarmLevel.None))
                changes.Add(Say(ref slot, gauge.Device, rule.Id, stands ? AlarmLevel.I : AlarmLevel.None, reading));
        }
    }

    /// <summary>Takes over what was told in an earlier life.</summary>
    public void Remember(Alarm told)
    {
        foreach (ref readonly var gauge in _gauges.AsSpan())
        {
            if (gauge.Device != told.Key.Subject)
                continue;
            foreach (ref var slot in _slots.AsSpan(gauge.FirstSlot, gauge.Slots))
            {
                if (_rules[slot.Rule].Id != told.Key.Rule)
                    continue;
                slot.Told = told;
                slot.Level = told.Level;
                slot.AsleepUntil = Ticks.Of(told.Evidence.MeasuredAt);
                Wake(slot);
            }
        }
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        foreach (ref readonly var slot in _slots.AsSpan())
            if (slot.Level != AlarmLevel.None)
                standing.Add(slot.Told!);
    }

    /// <summary>What the replay cannot tell is as it was told: a jump lies too far back. A rule of several faults does not know which one it was.</summary>
    void Wake(in FaultSlot slot)
    {
        foreach (ref var track in _tracks.AsSpan(slot.FirstTrack, slot.Tracks))
            if (slot.Tracks == 1)
                track.Stands = slot.Level != AlarmLevel.None;
    }

    static Alarm Say(ref FaultSlot slot, string device, string rule, AlarmLevel next, in Reading reading)
    {
        slot.Told = new Alarm(new AlarmKey(device, rule), Cause.Fault, next, slot.Level, reading.MeasuredAt, AlarmLevel.I, reading, null, null);
        slot.Level = next;
        return slot.Told;
    }
}

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
    readonly FaultPlan[] _plans;
    readonly FaultSlot[] _slots;
    readonly FaultTrack[] _tracks;
    readonly FaultRule[] _rules;
    readonly ToldBook _told = new();
    readonly Dictionary<int, FaultEpisode> _episodes = [];

    FaultJudge(int[] gaugeOf, FaultGauge[] gauges, FaultPlan[] plans, int slots, int tracks, FaultRule[] rules)
    {
        _gaugeOf = gaugeOf;
        _gauges = gauges;
        _plans = plans;
        _slots = new FaultSlot[slots];
        _tracks = new FaultTrack[tracks];
        _rules = rules;
    }

    public static FaultJudge Compile(Site site, IReadOnlyCollection<Series> series)
    {
        var rules = site.Rules.OfType<Rule.Fault>().ToArray();
        if (rules.Length == 0)
            return new FaultJudge([], [], [], 0, 0, []);
        var gaugeOf = new int[series.Count == 0 ? 1 : series.Max(one => one.Id.Value) + 1];
        var gauges = new List<FaultGauge>();
        var plans = new List<FaultPlan>();
        var reportEvery = new Dictionary<string, Duration>();
        foreach (var station in site.Stations)
            reportEvery.TryAdd(station.Id, station.ReportEvery);
        var (slots, tracks) = (0, 0);
        foreach (var one in series)
        {
            if (one.Quantity != Device.StageQuantity || !site.Devices.TryGetValue(one.Device, out var device) || device.Station is not { } station)
                continue;
            int[] here = [.. Enumerable.Range(0, rules.Length).Where(i => rules[i].Stations.IsDefaultOrEmpty || rules[i].Stations.Contains(station))];
            var field = device.Model.Fields.FirstOrDefault(field => field.Quantity == one.Quantity && field.Unit == one.Unit);
            var ceiling = field is null ? double.PositiveInfinity : Math.Max(field.Min * field.Scale, field.Max * field.Scale);
            var longestStep = Ticks.Of(reportEvery.GetValueOrDefault(station) * StepIntervals);
            var plan = plans.FindIndex(plan => plan.Fits(ceiling, longestStep, here));
            if (plan < 0)
            {
                plan = plans.Count;
                plans.Add(new FaultPlan { Ceiling = ceiling, LongestStep = longestStep, Rules = here, Tracks = here.Sum(rule => rules[rule].Faults.Length) });
            }
            gauges.Add(FaultGauge.Of(one.Device, plan, slots, tracks));
            slots += here.Length;
            tracks += plans[plan].Tracks;
            gaugeOf[one.Id.Value] = gauges.Count;
        }
        return new FaultJudge(gaugeOf, [.. gauges], [.. plans], slots, tracks, [.. rules.Select(rule => new FaultRule(rule))]);
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
        var plan = _plans[gauge.Plan];
        gauge.Count(plan, reading);
        var (place, first) = (gauge.FirstSlot, gauge.FirstTrack);
        foreach (var one in plan.Rules)
        {
            ref var slot = ref _slots[place];
            ref readonly var rule = ref _rules[one];
            var tracks = _tracks.AsSpan(first, rule.Kinds.Length);
            var stands = false;
            for (var i = 0; i < tracks.Length; i++)
            {
                tracks[i].Take(rule.Kinds[i], rule, plan, gauge, reading, measuredAt, first + i, _episodes);
                stands |= tracks[i].Stands;
            }
            if (_told.Sleeps(place, ref slot.IsAsleep, measuredAt, id))
                Wake(slot, tracks);
            else if (stands != slot.IsTold)
                Say(place, gauge.Device, rule.Id, stands, reading, changes);
            place++;
            first += tracks.Length;
        }
        gauge.Keep(reading, measuredAt);
    }

    /// <summary>Takes over what was told in an earlier life.</summary>
    public void Remember(Alarm told)
    {
        foreach (ref readonly var gauge in _gauges.AsSpan())
        {
            if (gauge.Device != told.Key.Subject)
                continue;
            var (place, first) = (gauge.FirstSlot, gauge.FirstTrack);
            foreach (var rule in _plans[gauge.Plan].Rules)
            {
                var tracks = _tracks.AsSpan(first, _rules[rule].Kinds.Length);
                if (_rules[rule].Id == told.Key.Rule)
                {
                    ref var slot = ref _slots[place];
                    _told.Remember(place, told);
                    slot.IsTold = told.Level != AlarmLevel.None;
                    slot.IsAsleep = true;
                    Wake(slot, tracks);
                }
                place++;
                first += tracks.Length;
            }
        }
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        for (var i = 0; i < _slots.Length; i++)
            if (_slots[i].IsTold)
                standing.Add(_told[i]!);
    }

    /// <summary>What the replay cannot tell is as it was told: a jump lies too far back. A rule of several faults does not know which one it was.</summary>
    static void Wake(in FaultSlot slot, Span<FaultTrack> tracks)
    {
        if (tracks.Length == 1)
            tracks[0].Stands = slot.IsTold;
    }

    void Say(int slot, string device, string rule, bool stands, in Reading reading, List<Alarm> changes)
    {
        var (from, next) = stands ? (AlarmLevel.None, AlarmLevel.I) : (AlarmLevel.I, AlarmLevel.None);
        var told = new Alarm(new AlarmKey(device, rule), Cause.Fault, next, from, reading.MeasuredAt, AlarmLevel.I, reading, null, null);
        _slots[slot].IsTold = stands;
        _told.Tell(slot, told);
        changes.Add(told);
    }
}

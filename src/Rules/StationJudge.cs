using CanhLu.Rules.Forecasting;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges stages: the ladder, the rate of rise and silence of every station.</summary>
sealed class StationJudge(StationRules rules)
{
    readonly StationMemory[] _stations = rules.Memory;
    readonly Gauge[] _gauges = rules.Gauges;
    readonly Slot[] _slots = rules.Slots;
    readonly RecentStages _recent = new(rules.Gauges.Length);
    long _watchedSince = Ticks.Never;

    /// <summary>The tides that rates may be judged without.</summary>
    public TideBook Tides { get; } = new(rules.Memory.Length);

    /// <summary>Gates moved since the list was last cleared, in order.</summary>
    public List<GateMove> Moved { get; } = new(8);

    /// <summary>During a replay that does not begin at the beginning: what is missing in it may say otherwise than what is there.</summary>
    public bool HasPartialPast { get; set; }

    /// <summary>Takes a believable stage.</summary>
    /// <param name="number">The gauge's number.</param>
    /// <param name="reading">The stage.</param>
    /// <param name="measuredAt">Its MeasuredAt in ticks.</param>
    /// <param name="isNewest">Whether it is newer than all that its series gave before.</param>
    /// <param name="changes">Receives what is so from now on.</param>
    public void Take(int number, in Reading reading, long measuredAt, bool isNewest, List<Alarm> changes)
    {
        ref var gauge = ref _gauges[number];
        ref var station = ref _stations[gauge.Station];
        var millimetres = (int)Math.Clamp(Math.Round(reading.Value, MidpointRounding.AwayFromZero), -1e9, 1e9);
        var receivedAt = Ticks.Of(reading.ReceivedAt);
        _recent.Take(number, station.Spacing, measuredAt, millimetres);
        if (isNewest)
        {
            gauge.Newest = measuredAt;
            var ladder = LadderAt(station, measuredAt);
            if (ladder < 0)
                gauge.Forget();
            else
                gauge.Compare(rules.Ladders[ladder], millimetres, measuredAt);
            if (measuredAt >= station.Latest.MeasuredAt)
            {
                station.Latest = Kept.Of(reading, measuredAt, receivedAt);
                if (ladder >= 0)
                    JudgeLadders(ref station, number, rules.Ladders[ladder], reading, measuredAt, millimetres, changes);
                if (station.RateSlots > 0)
                    JudgeRates(ref station, number, reading, measuredAt, millimetres, changes);
            }
        }
        if (receivedAt > station.Heard.ReceivedAt)
        {
            station.Heard = Kept.Of(reading, measuredAt, receivedAt);
            if (station.SilenceSlots > 0)
                EndSilence(ref station, gauge.Station, reading, changes);
        }
    }

    /// <summary>Looks for stations that have been silent for too long.</summary>
    public void Tick(Instant now, List<Alarm> changes)
    {
        var ticks = Ticks.Of(now);
        if (_watchedSince == Ticks.Never)
            _watchedSince = ticks;
        for (var i = 0; i < _stations.Length; i++)
        {
            ref var station = ref _stations[i];
            var first = station.FirstSlot + station.LadderSlots + station.RateSlots;
            for (var number = first; number < first + station.SilenceSlots; number++)
            {
                ref var slot = ref _slots[number];
                ref readonly var rule = ref rules.Silences[slot.Rule];
                var since = station.Heard.IsNothing ? _watchedSince : station.Heard.ReceivedAt;
                if (slot.Level != AlarmLevel.None || ticks - since < rule.After)
                    continue;
                var last = station.Heard.IsNothing
                    ? new Reading(new SeriesId(_gauges[station.FirstGauge].Series), Ticks.ToInstant(since), Ticks.ToInstant(since), 0, Flag.Missing)
                    : station.Heard.ToReading();
                Say(ref slot, i, rule.Id, Cause.Silence, AlarmLevel.I, now, last, null, null, changes);
            }
        }
    }

    /// <summary>Judges the newest stage of every station by its ladder again.</summary>
    public void Rejudge(List<Alarm> changes)
    {
        for (var i = 0; i < _stations.Length; i++)
        {
            ref var station = ref _stations[i];
            if (station.Latest.IsNothing || LadderAt(station, station.Latest.MeasuredAt) is var ladder && ladder < 0)
                continue;
            for (var slot = station.FirstSlot; slot < station.FirstSlot + station.LadderSlots; slot++)
                _slots[slot].AsleepUntil = Ticks.Never;
            var newest = station.Latest.ToReading();
            JudgeLadders(
                ref station, LatestGauge(station), rules.Ladders[ladder], newest, station.Latest.MeasuredAt, (int)newest.Value, changes);
        }
    }

    /// <summary>Every slot of every station with its key.</summary>
    public IEnumerable<(AlarmKey Key, int Station, int Slot)> Keys()
    {
        for (var i = 0; i < _stations.Length; i++)
            for (var slot = 0; slot < SlotsOf(_stations[i]); slot++)
                yield return (new AlarmKey(rules.Stations[i], rules.RuleOf(_stations[i], slot)), i, _stations[i].FirstSlot + slot);
    }

    /// <summary>Makes a slot a gate, and gives the gate's number.</summary>
    public int OpenGate(int slot, ref int gates) => _slots[slot].Gate < 0 ? _slots[slot].Gate = gates++ : _slots[slot].Gate;

    /// <summary>Takes over what was told in an earlier life.</summary>
    /// <returns>The gate that the slot is; -1 for none.</returns>
    public int Remember(int stationNumber, int number, Alarm told)
    {
        ref var slot = ref _slots[number];
        slot.Remember(told);
        if (told.Cause != Cause.Silence)
            return slot.Gate;
        slot.AsleepUntil = Ticks.Never;
        ref var station = ref _stations[stationNumber];
        var receivedAt = Ticks.Of(told.Evidence.ReceivedAt);
        if (receivedAt > station.Heard.ReceivedAt)
            station.Heard = Kept.Of(told.Evidence, Ticks.Of(told.Evidence.MeasuredAt), receivedAt);
        return slot.Gate;
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        for (var i = 0; i < _slots.Length; i++)
            if (_slots[i].Standing() is { } alarm)
                standing.Add(alarm);
    }

    /// <summary>The level of a station's ladder; null when no ladder is judged there.</summary>
    /// <param name="number">The station's number.</param>
    /// <param name="isAwake">Whether it is that of the reading taken last: during a replay it may be a later one.</param>
    public AlarmLevel? LevelOf(int number, out bool isAwake)
    {
        ref readonly var station = ref _stations[number];
        AlarmLevel? level = station.LadderSlots == 0 ? null : AlarmLevel.None;
        isAwake = true;
        for (var slot = station.FirstSlot; slot < station.FirstSlot + station.LadderSlots; slot++)
        {
            level = level < _slots[slot].Level ? _slots[slot].Level : level;
            isAwake &= _slots[slot].AsleepUntil == Ticks.Never;
        }
        return level;
    }

    /// <summary>Every station as it stands.</summary>
    public StationNow[] Now()
    {
        var now = new StationNow[_stations.Length];
        for (var i = 0; i < now.Length; i++)
        {
            ref readonly var station = ref _stations[i];
            var level = AlarmLevel.None;
            for (var slot = station.FirstSlot; slot < station.FirstSlot + station.LadderSlots; slot++)
                level = level < _slots[slot].Level ? _slots[slot].Level : level;
            Instant? heard = station.Heard.IsNothing || station.Heard.Flag == Flag.Missing ? null : Ticks.ToInstant(station.Heard.ReceivedAt);
            now[i] = station.Latest.IsNothing
                ? new StationNow(rules.Stations[i], level, null, null, heard, null)
                : new StationNow(
                    rules.Stations[i], level, new Stage((int)station.Latest.Value), Ticks.ToInstant(station.Latest.MeasuredAt), heard,
                    Rate(station, LatestGauge(station)));
        }
        return now;
    }

    static int SlotsOf(in StationMemory station) => station.LadderSlots + station.RateSlots + station.SilenceSlots;

    void JudgeLadders(
        ref StationMemory station, int number, in Ladder ladder, in Reading reading, long at, int millimetres, List<Alarm> changes)
    {
        ref readonly var gauge = ref _gauges[number];
        var reached = AlarmLevel.III;
        while (reached > AlarmLevel.None && !Ticks.Held(gauge.Above[(int)reached - 1], at, ladder.Steps[(int)reached - 1].RaiseHold))
            reached--;
        for (var i = station.FirstSlot; i < station.FirstSlot + station.LadderSlots; i++)
        {
            ref var slot = ref _slots[i];
            if (Sleeps(ref slot, at, reading.Series.Value, millimetres))
                continue;
            var next = slot.Level;
            if (reached > next)
                next = reached;
            else
                while (next > AlarmLevel.None && IsBelow(station, number, (int)next - 1, at, ladder.Steps[(int)next - 1].ClearHold))
                    next--;
            if (millimetres > slot.PeakStage)
                slot.PeakStage = millimetres;
            if (next != slot.Level)
                Say(ref slot, gauge.Station, rules.LadderRules[slot.Rule], Cause.Threshold, next, reading.MeasuredAt, reading, millimetres,
                    Rate(station, number), changes);
        }
    }

    /// <summary>Whether the reading's gauge, and every other gauge of the station that has spoken lately, has been below Clear for the hold.</summary>
    bool IsBelow(in StationMemory station, int number, int step, long at, long hold)
    {
        if (!Ticks.Held(_gauges[number].Below[step], at, hold))
            return false;
        for (var i = station.FirstGauge; i < station.FirstGauge + station.Gauges; i++)
            if (i != number && HasSay(station, i, at) && !Ticks.Held(_gauges[i].Below[step], at, hold))
                return false;
        return true;
    }

    /// <summary>Whether another gauge's last word counts: it has spoken lately, or a replay has not come to it yet.</summary>
    bool HasSay(in StationMemory station, int number, long at) =>
        _gauges[number].Newest == Ticks.Never ? HasPartialPast : at - _gauges[number].Newest <= station.Fresh;

    void JudgeRates(ref StationMemory station, int number, in Reading reading, long at, int millimetres, List<Alarm> changes)
    {
        var first = station.FirstSlot + station.LadderSlots;
        for (var i = first; i < first + station.RateSlots; i++)
        {
            ref var slot = ref _slots[i];
            ref readonly var rule = ref rules.Rates[slot.Rule];
            if (Sleeps(ref slot, at, reading.Series.Value, millimetres))
                continue;
            if (millimetres > slot.PeakStage)
                slot.PeakStage = millimetres;
            if (slot.Level == AlarmLevel.None && millimetres < rule.Gate)
                continue;
            if (IsCut(number, rule) || (slot.Level == AlarmLevel.None && IsSurelyBelow(number, rule)) || Rate(number, rule) is not { } rate)
                continue;
            var next = slot.Level;
            if (next == AlarmLevel.None && rate >= rule.Raise)
                next = AlarmLevel.I;
            else if (next != AlarmLevel.None && rate < rule.Clear && !AnotherRises(station, number, rule, at))
                next = AlarmLevel.None;
            if (next != slot.Level)
                Say(ref slot, _gauges[number].Station, rule.Id, Cause.Rate, next, reading.MeasuredAt, reading, millimetres, rate, changes);
        }
    }

    bool AnotherRises(in StationMemory station, int number, in RateRule rule, long at)
    {
        for (var i = station.FirstGauge; i < station.FirstGauge + station.Gauges; i++)
            if (i != number && HasSay(station, i, at) && (IsCut(i, rule) || Rate(i, rule) >= rule.Clear))
                return true;
        return false;
    }

    bool IsCut(int number, in RateRule rule) => HasPartialPast && !_recent.Reach(number, rule.Longest);

    // A shortcut for the many readings at which nothing rises. With a tide to take off, the range of the plain stages says nothing.
    bool IsSurelyBelow(int number, in RateRule rule) =>
        !(rule.WithoutTide && Tides[_gauges[number].Station] is not null) && _recent.IsSurelyBelow(number, rule.Window, rule.Raise);

    /// <summary>The rate by which a rule judges: the least of its windows'; null when one of them is not known.</summary>
    RateOfRise? Rate(int number, in RateRule rule)
    {
        var tide = rule.WithoutTide ? Tides[_gauges[number].Station] : null;
        var least = _recent.Rate(number, rule.Window, tide);
        foreach (ref readonly var window in rule.MoreWindows.AsSpan())
        {
            if (least is null)
                return null;
            var rate = _recent.Rate(number, window, tide);
            least = rate < least || rate is null ? rate : least;
        }
        return least;
    }

    void EndSilence(ref StationMemory station, int number, in Reading reading, List<Alarm> changes)
    {
        var first = station.FirstSlot + station.LadderSlots + station.RateSlots;
        for (var i = first; i < first + station.SilenceSlots; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.Level == AlarmLevel.None)
                continue;
            // It may have come in before the tick that found the silence, and been stored after it.
            var since = Instant.Max(reading.ReceivedAt, slot.Told!.Since);
            Say(ref slot, number, rules.Silences[slot.Rule].Id, Cause.Silence, AlarmLevel.None, since, reading, null, null, changes);
        }
    }

    /// <summary>The rate that goes with a station: by its first rate rule's window, else by the usual one.</summary>
    RateOfRise? Rate(in StationMemory station, int gauge) =>
        _recent.Rate(gauge, station.RateSlots > 0 ? rules.Rates[_slots[station.FirstSlot + station.LadderSlots].Rule].Window : RateWindow.Shown);

    int LatestGauge(in StationMemory station)
    {
        var gauge = station.FirstGauge;
        while (_gauges[gauge].Series != station.Latest.Series)
            gauge++;
        return gauge;
    }

    int LadderAt(in StationMemory station, long at)
    {
        var ladder = station.Ladders - 1;
        while (ladder >= 0 && rules.Ladders[station.FirstLadder + ladder].From > at)
            ladder--;
        return ladder < 0 ? -1 : station.FirstLadder + ladder;
    }

    bool Sleeps(ref Slot slot, long at, int series, int millimetres)
    {
        if (slot.AsleepUntil == Ticks.Never)
            return false;
        var sleeps = slot.Sleeps(at, series, millimetres);
        if (slot.Gate >= 0 && slot.AsleepUntil == Ticks.Never)
            Moved.Add(new GateMove(slot.Gate, slot.Level, slot.Told?.Since ?? default));
        return sleeps;
    }

    void Say(
        ref Slot slot, int station, string rule, Cause cause, AlarmLevel next, Instant since, in Reading evidence, int? stage, RateOfRise? rate,
        List<Alarm> changes)
    {
        changes.Add(slot.Say(new AlarmKey(rules.Stations[station], rule), cause, next, since, evidence, stage, rate));
        if (slot.Gate >= 0)
            Moved.Add(new GateMove(slot.Gate, next, since));
    }
}

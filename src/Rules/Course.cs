using CanhLu.Rules.Forecasting;

namespace CanhLu.Rules;

/// <summary>How the ladders and rates of all stations stand at one point of the river's time, and how one more stage moves them on.</summary>
/// <remarks>There are two: one at the watermark, which moves over settled stages only, and one at the newest stage. When a straggler comes, the second is
/// set back to the first and moves again over the lateness window.</remarks>
sealed class Course
{
    readonly StationRules _rules;
    readonly RecentStages _recent;
    readonly TideBook _tides;
    readonly Clocks[] _gauges;
    readonly Stand[] _stands;

    public Course(StationRules rules, RecentStages recent, TideBook tides)
    {
        _rules = rules;
        _recent = recent;
        _tides = tides;
        _gauges = new Clocks[rules.Gauges.Length];
        Array.Fill(_gauges, Clocks.Start);
        _stands = new Stand[rules.Slots.Length];
        Array.Fill(_stands, Stand.Of(null));
    }

    /// <summary>During a replay that does not begin at the beginning: what is missing in it may say otherwise than what is there.</summary>
    public bool HasPartialPast { get; set; }

    /// <summary>During such a replay, by slot: what was told. Over the reading behind it everything stands as it was told, whatever is missing before.</summary>
    public Alarm?[]? Pins { get; set; }

    /// <summary>The clocks of a station's gauges.</summary>
    public Span<Clocks> Gauges(in StationMemory station) => _gauges.AsSpan(station.FirstGauge, station.Gauges);

    /// <summary>How the rules stand at a station, silence too.</summary>
    public Span<Stand> Stands(in StationMemory station) => _stands.AsSpan(station.FirstSlot, station.Slots);

    /// <summary>Goes back, or on, to where another course is at a station. Silence is no matter of the river's time and stays.</summary>
    public void Follow(Course other, in StationMemory station)
    {
        other.Gauges(station).CopyTo(Gauges(station));
        other.Stands(station)[..(station.LadderSlots + station.RateSlots)].CopyTo(Stands(station));
    }

    /// <summary>Moves on over one stage.</summary>
    /// <param name="station">The station.</param>
    /// <param name="open">Its unsettled stages up to this one, which is the last.</param>
    /// <param name="said">Statements already made: one that says the same is used again.</param>
    public void Step(in StationMemory station, Span<Unsettled> open, ReadOnlySpan<Stand> said)
    {
        ref var stage = ref open[^1];
        ref var clocks = ref _gauges[station.FirstGauge + stage.Gauge];
        clocks.Newest = stage.MeasuredAt;
        clocks.Stage = stage.Stage;
        var ladder = _rules.LadderAt(station, stage.MeasuredAt);
        if (ladder < 0)
            clocks.Forget();
        else
        {
            clocks.Compare(_rules.Ladders[ladder], stage);
            JudgeLadders(station, _rules.Ladders[ladder], open, said);
        }
        if (station.RateSlots > 0)
            JudgeRates(station, open, said);
        if (Pins is not null)
            Pin(station, stage, Pins);
    }

    /// <summary>Judges the last stage by its ladder once more: by thresholds that have changed since.</summary>
    public void Rejudge(in StationMemory station, Span<Unsettled> open, ReadOnlySpan<Stand> said)
    {
        if (_rules.LadderAt(station, open[^1].MeasuredAt) is >= 0 and var ladder)
            JudgeLadders(station, _rules.Ladders[ladder], open, said);
    }

    /// <summary>The rate that goes with a station: by its first rate rule's window, else by the usual one.</summary>
    /// <param name="station">The station.</param>
    /// <param name="open">Its unsettled stages up to the one of which it is the rate.</param>
    /// <param name="own">Number of the gauge among the station's.</param>
    public RateOfRise? Rate(in StationMemory station, ReadOnlySpan<Unsettled> open, int own) =>
        Rate(station, open, own, station.RateSlots > 0 ? _rules.Rates[_rules.Slots[station.FirstSlot + station.LadderSlots].Rule].Window : RateWindow.Shown);

    /// <summary>The rate by which a rule judges: the least of its windows'; null when one of them is not known.</summary>
    public RateOfRise? Rate(in StationMemory station, ReadOnlySpan<Unsettled> open, int own, in RateRule rule)
    {
        var tide = TideOf(station, rule);
        var least = Rate(station, open, own, rule.Window, tide);
        foreach (ref readonly var window in rule.MoreWindows.AsSpan())
        {
            if (least is null)
                return null;
            var rate = Rate(station, open, own, window, tide);
            least = rate < least || rate is null ? rate : least;
        }
        return least;
    }

    RateOfRise? Rate(in StationMemory station, ReadOnlySpan<Unsettled> open, int own, in RateWindow window, Tide? tide = null) =>
        _recent.Rate(station.FirstGauge + own, window, station.Spacing, open, own, tide);

    Tide? TideOf(in StationMemory station, in RateRule rule) =>
        rule.WithoutTide ? _tides[_rules.Gauges[station.FirstGauge].Station] : null;

    // A shortcut for the many readings at which nothing rises. With a tide to take off, the range of the plain stages says nothing.
    bool IsSurelyBelow(in StationMemory station, ReadOnlySpan<Unsettled> open, in RateRule rule) =>
        TideOf(station, rule) is null
        && _recent.IsSurelyBelow(station.FirstGauge + open[^1].Gauge, rule.Window, station.Spacing, open, open[^1].Gauge, rule.Raise);

    /// <summary>Whether another gauge's last word counts: it has spoken lately, or a replay has not come to it yet.</summary>
    public bool HasSay(in StationMemory station, int own, long at) =>
        _gauges[station.FirstGauge + own].Newest is var newest && newest == Ticks.Never ? HasPartialPast : at - newest <= station.Fresh;

    void Pin(in StationMemory station, in Unsettled stage, Alarm?[] pins)
    {
        for (var slot = station.FirstSlot; slot < station.FirstSlot + station.LadderSlots + station.RateSlots; slot++)
            if (pins[slot] is { } told && Ticks.Of(told.Evidence.MeasuredAt) == stage.MeasuredAt
                && told.Evidence.Series.Value == _rules.Gauges[station.FirstGauge + stage.Gauge].Series)
                _stands[slot] = Stand.Of(told) with { PeakStage = Math.Max(_stands[slot].PeakStage, told.PeakStage?.Millimetres ?? int.MinValue) };
    }

    void JudgeLadders(in StationMemory station, in Ladder ladder, Span<Unsettled> open, ReadOnlySpan<Stand> said)
    {
        ref readonly var stage = ref open[^1];
        ref readonly var clocks = ref _gauges[station.FirstGauge + stage.Gauge];
        var at = stage.MeasuredAt;
        var reached = clocks.Reached(ladder, at);
        for (var i = 0; i < station.LadderSlots; i++)
        {
            ref var stand = ref _stands[station.FirstSlot + i];
            var next = stand.Level;
            if (reached > next)
                next = reached;
            else
                while (next > AlarmLevel.None && IsBelow(station, stage.Gauge, (int)next - 1, at, ladder.Steps[(int)next - 1].ClearHold))
                    next--;
            if (stage.Counted > stand.PeakStage)
                stand.PeakStage = stage.Counted;
            if (next != stand.Level)
                Move(ref stand, station, i, Cause.Threshold, next, open, Rate(station, open, stage.Gauge), said);
        }
    }

    /// <summary>Whether the stage's gauge, and every other gauge of the station that has spoken lately, has been below Clear for the hold.</summary>
    bool IsBelow(in StationMemory station, int own, int level, long at, long hold)
    {
        if (!Ticks.Held(_gauges[station.FirstGauge + own].Below(level), at, hold))
            return false;
        for (var i = 0; i < station.Gauges; i++)
            if (i != own && HasSay(station, i, at) && !Ticks.Held(_gauges[station.FirstGauge + i].Below(level), at, hold))
                return false;
        return true;
    }

    void JudgeRates(in StationMemory station, Span<Unsettled> open, ReadOnlySpan<Stand> said)
    {
        ref var stage = ref open[^1];
        for (var i = station.LadderSlots; i < station.LadderSlots + station.RateSlots; i++)
        {
            ref var stand = ref _stands[station.FirstSlot + i];
            ref readonly var rule = ref _rules.Rates[_rules.Slots[station.FirstSlot + i].Rule];
            if (stage.Counted > stand.PeakStage)
                stand.PeakStage = stage.Counted;
            if (stand.Level == AlarmLevel.None && stage.Counted < rule.Gate)
                continue;
            if (IsCut(station, open, stage.Gauge, rule) || RateAtLast(station, open, rule, i == station.LadderSlots, stand.Level) is not { } rate)
                continue;
            var next = stand.Level;
            if (next == AlarmLevel.None && rate >= rule.Raise)
                next = AlarmLevel.I;
            else if (next != AlarmLevel.None && rate < rule.Clear && !AnotherRises(station, open, rule))
                next = AlarmLevel.None;
            if (next != stand.Level)
                Move(ref stand, station, i, Cause.Rate, next, open, rate, said);
        }
    }

    /// <summary>The rate at the last stage. By the first rule it is worked out once, and kept with the stage until that is settled. While
    /// nothing stands it is null when it is surely below Raise.</summary>
    RateOfRise? RateAtLast(in StationMemory station, Span<Unsettled> open, in RateRule rule, bool isFirst, AlarmLevel level)
    {
        ref var stage = ref open[^1];
        if (!isFirst)
            return level == AlarmLevel.None && IsSurelyBelow(station, open, rule) ? null : Rate(station, open, stage.Gauge, rule);
        if (stage.Rate == Unsettled.Unasked && level == AlarmLevel.None && IsSurelyBelow(station, open, rule))
            stage.Rate = Unsettled.Low;
        if (stage.Rate == Unsettled.Low && level == AlarmLevel.None)
            return null;
        if (stage.Rate is Unsettled.Unasked or Unsettled.Low)
            stage.Rate = Rate(station, open, stage.Gauge, rule)?.MillimetresPerHour ?? Unsettled.Unknown;
        return stage.Rate == Unsettled.Unknown ? null : new RateOfRise(stage.Rate);
    }

    bool AnotherRises(in StationMemory station, ReadOnlySpan<Unsettled> open, in RateRule rule)
    {
        ref readonly var stage = ref open[^1];
        for (var i = 0; i < station.Gauges; i++)
            if (i != stage.Gauge && HasSay(station, i, stage.MeasuredAt)
                && (IsCut(station, open, i, rule) || Rate(station, open, i, rule) >= rule.Clear))
                return true;
        return false;
    }

    bool IsCut(in StationMemory station, ReadOnlySpan<Unsettled> open, int own, in RateRule rule) =>
        HasPartialPast && !_recent.Reach(station.FirstGauge + own, rule.Longest, open, own);

    void Move(
        ref Stand stand, in StationMemory station, int slot, Cause cause, AlarmLevel next, ReadOnlySpan<Unsettled> open, RateOfRise? rate,
        ReadOnlySpan<Stand> said)
    {
        ref readonly var stage = ref open[^1];
        if (stand.Level == AlarmLevel.None)
            stand.PeakStage = stage.Counted;
        var peak = stand.Level == AlarmLevel.None || stand.Alarm!.Peak < next ? next : stand.Alarm.Peak;
        var since = Ticks.ToInstant(stage.MeasuredAt);
        stand.Alarm = said[slot].Alarm is { } known && known.Level == next && known.From == stand.Level && known.Since == since && known.Peak == peak
            ? known
            : new Alarm(
                _rules.KeyOf(_rules.Gauges[station.FirstGauge].Station, slot), cause, next, stand.Level, since, peak,
                stage.ToReading(_rules.Gauges[station.FirstGauge + stage.Gauge].Series), new Stage(stand.PeakStage), rate)
            {
                FromSince = stand.Level == AlarmLevel.None ? null : stand.Alarm!.Since,
            };
        stand.Level = next;
    }
}

namespace CanhLu.Rules;

/// <summary>Finds what readings would have meant that came later than the lateness window.</summary>
/// <remarks>A gauge's backlog usually comes in order: its readings are compared like a stream of their own, so that holds count and a level is told once.</remarks>
sealed class LateJudge(StationRules rules, Course settled)
{
    readonly Dictionary<int, Trail> _trails = [];

    /// <summary>Takes a believable stage that is older than its station's watermark.</summary>
    public void Take(int number, Unsettled stage, List<LateVerdict> late)
    {
        ref readonly var station = ref rules.Memory[rules.Gauges[number].Station];
        var ladder = rules.LadderAt(station, stage.MeasuredAt);
        if (ladder < 0)
            return;
        if (!_trails.TryGetValue(number, out var trail))
            _trails.Add(number, trail = new Trail());
        // Further back than another gauge's word would count, the backlog has a gap.
        if (stage.MeasuredAt <= trail.Clocks.Newest || stage.MeasuredAt - station.Fresh > trail.Clocks.Newest)
            (trail.Clocks, trail.Told) = (Clocks.Start, AlarmLevel.None);
        if (stage.IsSuspect)
            stage.Counted = Math.Min(stage.Stage, trail.Clocks.Stage);
        trail.Clocks.Newest = stage.MeasuredAt;
        trail.Clocks.Stage = stage.Stage;
        trail.Clocks.Compare(rules.Ladders[ladder], stage);
        var reached = trail.Clocks.Reached(rules.Ladders[ladder], stage.MeasuredAt);
        if (reached <= trail.Told)
            return;
        trail.Told = reached;
        for (var slot = 0; slot < station.LadderSlots; slot++)
            if (LevelAt(settled.Stands(station)[slot].Alarm, stage.MeasuredAt) is var then && then < reached)
                late.Add(new LateVerdict(
                    rules.Stations[rules.Gauges[number].Station], rules.LadderRules[rules.Slots[station.FirstSlot + slot].Rule], reached, then,
                    stage.ToReading(rules.Gauges[number].Series)));
    }

    /// <summary>Tells of an alarm that had begun and ended before anybody could know.</summary>
    /// <param name="over">Its end.</param>
    /// <param name="known">What was known to have ended there.</param>
    /// <param name="station">The station.</param>
    /// <param name="late">Receives it.</param>
    public void TakeOver(Alarm over, Alarm? known, in StationMemory station, List<LateVerdict> late)
    {
        if (over.Cause != Cause.Threshold || (known is not null && known.Peak == over.Peak && known.PeakStage == over.PeakStage))
            return;
        foreach (ref readonly var stage in station.Open.Stages)
            if (stage.Counted == over.PeakStage!.Value.Millimetres)
            {
                late.Add(new LateVerdict(
                    over.Key.Subject, over.Key.Rule, over.Peak, AlarmLevel.None, stage.ToReading(rules.Gauges[station.FirstGauge + stage.Gauge].Series)));
                return;
            }
    }

    // Of what lay before the last settled change only its beginning and its peak are known.
    static AlarmLevel LevelAt(Alarm? settled, long at) =>
        settled is null ? AlarmLevel.None
        : at >= Ticks.Of(settled.Since) ? settled.Level
        : settled.Level == AlarmLevel.None ? settled.Peak : settled.From;

    sealed class Trail
    {
        public Clocks Clocks = Clocks.Start;
        public AlarmLevel Told;
    }
}

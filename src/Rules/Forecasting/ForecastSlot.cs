namespace CanhLu.Rules.Forecasting;

/// <summary>One forecast rule at one station: the level that holds, and what was last said about it.</summary>
struct ForecastSlot
{
    /// <summary>The last statement; null when there was none.</summary>
    public Alarm? Told;

    /// <summary>After a restart: until the replay has passed this MeasuredAt the slot judges nothing. <see cref="Ticks.Never"/> when it is awake.</summary>
    public long AsleepUntil;

    /// <summary>Number of its rule among the forecasts.</summary>
    public int Rule;

    /// <summary>The highest stage since the level last left None, mm.</summary>
    public int PeakStage;

    public AlarmLevel Level;

    /// <summary>Takes over what was told in an earlier life.</summary>
    public void Remember(Alarm told)
    {
        Told = told;
        Level = told.Level;
        PeakStage = told.PeakStage?.Millimetres ?? int.MinValue;
        AsleepUntil = Ticks.Of(told.Evidence.MeasuredAt);
    }

    /// <summary>Whether a reading lies before the end of what was remembered, and was judged in an earlier life.</summary>
    public bool Sleeps(long measuredAt, int series, int stage)
    {
        if (!Sleep.Lasts(ref AsleepUntil, Told, measuredAt, series))
            return false;
        // It may have been the peak since what was told.
        if (stage > PeakStage && Told is not null && measuredAt > Ticks.Of(Told.Evidence.MeasuredAt))
            PeakStage = stage;
        return true;
    }

    /// <summary>Writes down the next level and says it.</summary>
    public Alarm Say(AlarmKey key, Cause cause, AlarmLevel next, NodaTime.Instant since, in Reading evidence, int? stage, RateOfRise? rate)
    {
        if (Level == AlarmLevel.None && stage is { } millimetres)
            PeakStage = millimetres;
        var peak = Level == AlarmLevel.None || Told!.Peak < next ? next : Told.Peak;
        Told = new Alarm(key, cause, next, Level, since, peak, evidence, stage is null ? null : new Stage(PeakStage), rate);
        Level = next;
        return Told;
    }

    /// <summary>The last statement with the peak of now; null when nothing stands.</summary>
    public readonly Alarm? Standing() =>
        Level == AlarmLevel.None ? null
        : Told!.PeakStage is { } peak && peak.Millimetres != PeakStage ? Told with { PeakStage = new Stage(PeakStage) }
        : Told;
}

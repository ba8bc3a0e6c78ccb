namespace CanhLu.Rules;

/// <summary>What is remembered of one station, and where its gauges, ladders and slots stand in the flat arrays.</summary>
struct StationMemory
{
    /// <summary>The reading that came in last, by our clock.</summary>
    public Kept Heard;

    /// <summary>The stages of the lateness window, and older ones that still wait to be believed.</summary>
    public Window Open;

    /// <summary>What is written of it and of others alike.</summary>
    public StationShape Shape;

    /// <summary>What is not newer than this by the river's clock is settled. A suspect stage that may still count otherwise holds it back.</summary>
    public long Watermark;

    public int FirstGauge;
    public int FirstLadder;
    public int FirstSlot;
    /// <summary>Whether a suspect stage waits: then what comes next, or the time, changes how high it counts.</summary>
    public bool IsWaiting;

    /// <inheritdoc cref="StationShape.Lateness"/>
    public readonly long Lateness => Shape.Lateness;

    /// <inheritdoc cref="StationShape.Fresh"/>
    public readonly long Fresh => Shape.Fresh;

    /// <inheritdoc cref="StationShape.Spacing"/>
    public readonly long Spacing => Shape.Spacing;

    public readonly int Gauges => Shape.Gauges;
    public readonly int Ladders => Shape.Ladders;

    /// <summary>Slots of ladders come first, then those of rates, then those of silence.</summary>
    public readonly int LadderSlots => Shape.LadderSlots;
    public readonly int RateSlots => Shape.RateSlots;
    public readonly int SilenceSlots => Shape.SilenceSlots;

    /// <summary>How long a suspect reading waits to be confirmed, ticks by our clock: one reporting interval, and as much as the next report may be late by.</summary>
    public readonly long Wait
    {
        get
        {
            var every = Fresh / StationRules.FreshIntervals;
            return every + Math.Min(every / 10, NodaTime.NodaConstants.TicksPerMinute);
        }
    }

    public readonly int Slots => LadderSlots + RateSlots + SilenceSlots;
}

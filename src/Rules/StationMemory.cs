namespace CanhLu.Rules;

/// <summary>What is remembered of one station, and where its gauges, ladders and slots stand in the flat arrays.</summary>
struct StationMemory
{
    /// <summary>The reading that came in last, by our clock.</summary>
    public Kept Heard;

    /// <summary>The stages of the lateness window, and older ones that still wait to be believed.</summary>
    public Window Open;

    /// <summary>How far a reading may lie behind the newest one and still be judged in its place, ticks.</summary>
    public long Lateness;

    /// <summary>What is not newer than this by the river's clock is settled. A suspect stage that may still count otherwise holds it back.</summary>
    public long Watermark;

    /// <summary>How long a gauge's last word counts beside another gauge's new one, ticks.</summary>
    public long Fresh;

    /// <summary>The spacing of its gauges' rings, ms.</summary>
    public long Spacing;

    public int FirstGauge;
    public int FirstLadder;
    public int FirstSlot;
    public ushort Gauges;
    public ushort Ladders;

    /// <summary>Slots of ladders come first, then those of rates, then those of silence.</summary>
    public ushort LadderSlots;
    public ushort RateSlots;
    public ushort SilenceSlots;

    /// <summary>Whether a suspect stage waits: then what comes next, or the time, changes how high it counts.</summary>
    public bool IsWaiting;

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

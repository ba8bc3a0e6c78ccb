namespace CanhLu.Rules;

/// <summary>What is remembered of one station, and where its gauges, ladders and slots stand in the flat arrays.</summary>
struct StationMemory
{
    /// <summary>The newest reading by the river's clock.</summary>
    public Kept Latest;

    /// <summary>The reading that came in last, by our clock.</summary>
    public Kept Heard;

    /// <summary>How long a gauge's last word counts beside another gauge's new one, ticks.</summary>
    public long Fresh;

    /// <summary>The spacing of its gauges' rings, ticks.</summary>
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
}

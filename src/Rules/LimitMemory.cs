namespace CanhLu.Rules;

/// <summary>One limit on one series: the level that holds, its hold clocks, and what was last said about it.</summary>
struct LimitMemory
{
    /// <summary>The last statement; null when there was none.</summary>
    public Alarm? Told;

    /// <summary>After a restart: until the replay has passed this MeasuredAt it judges nothing. <see cref="Ticks.Never"/> when it is awake.</summary>
    public long AsleepUntil;

    /// <summary>Since when the value has been at Raise or beyond it; <see cref="Ticks.Never"/> when it is not.</summary>
    public long Holding;

    /// <summary>Since when it has been beyond Clear on the other side.</summary>
    public long Over;

    /// <summary>Number of its rule.</summary>
    public int Rule;

    public int Series;

    /// <summary>Number of its <see cref="GatedLimit"/>; -1 when it depends on no other alarm.</summary>
    public int Gated;

    public AlarmLevel Level;
}

/// <summary>What a limit that depends on another alarm remembers besides.</summary>
struct GatedLimit
{
    /// <summary>Its last believable reading: when the other alarm changes, that one is judged again.</summary>
    public Kept Last;

    /// <summary>The next limit that depends on the same alarm; -1 for none.</summary>
    public int Next;
}

namespace CanhLu.Rules;

/// <summary>One limit on one series: whether it stands, and its hold clocks. 24 bytes; what was last said is in a <see cref="ToldBook"/>.</summary>
struct LimitMemory
{
    /// <summary>Since when the value has been at Raise or beyond it; <see cref="Ticks.Never"/> when it is not.</summary>
    public long Holding;

    /// <summary>Since when it has been beyond Clear on the other side.</summary>
    public long Over;

    public int Series;

    /// <summary>Number of its rule.</summary>
    public ushort Rule;

    /// <summary>Whether its alarm stands as it was told last.</summary>
    public bool IsTold;

    /// <summary>Whether it sleeps after a restart: until the replay has passed what it told last it judges nothing.</summary>
    public bool IsAsleep;
}

/// <summary>What a limit that depends on another alarm remembers besides.</summary>
struct GatedLimit
{
    /// <summary>Its last believable reading: when the other alarm changes, that one is judged again.</summary>
    public Kept Last;

    /// <summary>Number of the limit.</summary>
    public int Limit;

    /// <summary>The next of these that depends on the same alarm; -1 for none.</summary>
    public int Next;
}

namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.Fault"/>, compiled to numbers.</summary>
readonly struct FaultRule(Rule.Fault rule)
{
    public readonly string Id = rule.Id;
    public readonly int Spikes = rule.Spikes;
    public readonly long Within = Ticks.Of(rule.Within);
    public readonly double Jump = rule.Jump;
    public readonly long ClockOff = Ticks.Of(rule.ClockOff);
}

/// <summary>A gauge in which faults are looked for.</summary>
struct FaultGauge
{
    /// <summary>Its device's id.</summary>
    public string Device;

    /// <summary>The greatest value that its sensor can give, mm.</summary>
    public double Ceiling;

    /// <summary>Two readings further apart than this make no step, ticks.</summary>
    public long LongestStep;

    /// <summary>MeasuredAt of its newest reading of any flag.</summary>
    public long Newest;

    /// <summary>Its slots stand side by side.</summary>
    public int FirstSlot;
    public int Slots;
}

/// <summary>One fault rule at one gauge.</summary>
struct FaultSlot
{
    /// <summary>The last statement; null when there was none.</summary>
    public Alarm? Told;

    /// <summary>See <see cref="LimitMemory.AsleepUntil"/>.</summary>
    public long AsleepUntil;

    /// <summary>Number of its rule.</summary>
    public int Rule;

    /// <summary>Its tracks stand side by side.</summary>
    public int FirstTrack;
    public int Tracks;

    public AlarmLevel Level;
}

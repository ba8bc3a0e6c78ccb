namespace CanhLu.Rules;

/// <summary>What gauges have in common in which the same faults are looked for.</summary>
sealed class FaultPlan
{
    /// <summary>The greatest value that the sensor can give, mm.</summary>
    public required double Ceiling { get; init; }

    /// <summary>Two readings further apart than this make no step, ticks.</summary>
    public required long LongestStep { get; init; }

    /// <summary>Numbers of the rules.</summary>
    public required int[] Rules { get; init; }

    /// <summary>How many faults the rules look for, all together.</summary>
    public required int Tracks { get; init; }

    /// <summary>Whether another gauge is looked at in the same way.</summary>
    public bool Fits(double ceiling, long longestStep, int[] rules) =>
        Ceiling.Equals(ceiling) && LongestStep == longestStep && Rules.AsSpan().SequenceEqual(rules);
}

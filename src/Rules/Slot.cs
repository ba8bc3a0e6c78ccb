namespace CanhLu.Rules;

/// <summary>One rule at one station.</summary>
readonly struct Slot(int rule)
{
    /// <summary>Number of its rule among those of its kind.</summary>
    public readonly ushort Rule = checked((ushort)rule);
}

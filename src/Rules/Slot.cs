namespace CanhLu.Rules;

/// <summary>One rule at one station.</summary>
struct Slot(int rule)
{
    /// <summary>Number of its rule among those of its kind.</summary>
    public readonly int Rule = rule;

    /// <summary>Number of the gate that it opens and shuts for limits; -1 for none.</summary>
    public int Gate = -1;
}

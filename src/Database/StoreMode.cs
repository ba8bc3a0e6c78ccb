namespace CanhLu.Database;

/// <summary>What an operations store is for. Said when it is made, and never changed: a drill's store has nobody in it but a drill's people.</summary>
public enum StoreMode
{
    /// <summary>The city's.</summary>
    Real,

    /// <summary>A drill's.</summary>
    Drill,
}

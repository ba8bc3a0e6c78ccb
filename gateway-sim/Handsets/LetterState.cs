namespace CanhLu.GatewaySim.Handsets;

/// <summary>Where a message is.</summary>
public enum LetterState
{
    /// <summary>The carrier has taken it.</summary>
    Accepted,

    /// <summary>The telephone has it.</summary>
    Delivered,

    /// <summary>It will never arrive.</summary>
    Failed,
}

namespace CanhLu.FirmwareSim.Wire;

/// <summary>One field of a payload.</summary>
/// <param name="Name">Its name on the wire, <c>stage_m</c>.</param>
/// <param name="Number">Its number; decimal, so that the wire shows exactly the digits that were meant.</param>
public readonly record struct Value(string Name, decimal Number);

namespace CanhLu.Bench;

/// <summary>What the archive's commits were like.</summary>
/// <param name="Readings">Readings in one, on the average.</param>
/// <param name="Ms">How long one took, on the average.</param>
/// <param name="LongestCheckpointMs">The longest checkpoint: nothing is committed meanwhile.</param>
sealed record Commits(double Readings, double Ms, double LongestCheckpointMs);

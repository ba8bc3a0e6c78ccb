using NodaTime;

namespace CanhLu.Archive;

/// <summary>What a rule of thinning has left of what, ever.</summary>
/// <param name="Series">Which series, as the rule names them.</param>
/// <param name="Of">Of what the lowest, the highest and the last reading stay; zero: nothing stays.</param>
/// <param name="Before">It has come to what was received before this.</param>
/// <param name="Readings">Readings that it has looked at.</param>
/// <param name="Kept">How many of them stay.</param>
public sealed record Thinned(string Series, Duration Of, Instant Before, long Readings, long Kept);

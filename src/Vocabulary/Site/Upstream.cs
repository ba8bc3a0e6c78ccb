using NodaTime;

namespace CanhLu;

/// <summary>A station above another one on the river, whose rise comes down to it.</summary>
/// <param name="Station">The upper station's id.</param>
/// <param name="Travel">How long a rise takes from there to here; null to learn it from what both have measured.</param>
public sealed record Upstream(string Station, Duration? Travel);

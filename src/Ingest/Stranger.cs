using NodaTime;

namespace CanhLu.Ingest;

/// <summary>A device that sends messages and that the site does not name.</summary>
/// <param name="Device">Its id, as it stands in its topics.</param>
/// <param name="Messages">How many came since the start.</param>
/// <param name="LastAt">When the last one of those that are kept came; null when none is.</param>
public sealed record Stranger(string Device, long Messages, Instant? LastAt);

namespace CanhLu.Host.Heartbeats;

/// <summary>A place where the engine says that it lives. <c>Tell</c> says it once, and returns null, or why it was not heard.</summary>
sealed record Beat(Func<CancellationToken, Task<string?>> Tell);

namespace CanhLu.Bench;

/// <summary>The server hung up, or let nobody in.</summary>
sealed class LetDownException(string message) : Exception(message);

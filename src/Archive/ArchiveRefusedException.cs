namespace CanhLu.Archive;

/// <summary>The archive's file cannot be used; the message says why and what to do, in words for the operator.</summary>
/// <param name="message">One or two sentences.</param>
/// <param name="inner">What the database said, if it was asked.</param>
public sealed class ArchiveRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether another process has it open.</summary>
    public bool IsHeld { get; init; }
}

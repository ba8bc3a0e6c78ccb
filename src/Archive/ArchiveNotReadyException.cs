namespace CanhLu.Archive;

/// <summary>The archive is closed or in trouble at present; <see cref="ArchiveState"/> says why. Asking again later may succeed.</summary>
/// <param name="message">Why, in words.</param>
/// <param name="inner">What the database said, if it was asked.</param>
public sealed class ArchiveNotReadyException(string message, Exception? inner = null) : Exception(message, inner);

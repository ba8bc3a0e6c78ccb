using NodaTime;

namespace CanhLu.Ingest;

/// <summary>A last will that is to be told.</summary>
/// <param name="Key">Whose session it belongs to.</param>
/// <param name="Will">What is to be told.</param>
/// <param name="DueAt">When, as a timestamp of the door's timer.</param>
/// <param name="At">What it is told as received at; null until it is due. Not the moment at which the Archive has room: the device may be back by then.</param>
sealed record PendingWill(SessionKey Key, Will Will, long DueAt, Instant? At);

using NodaTime;

namespace CanhLu.Notify.Cap;

/// <summary>A published message as the feed lists it.</summary>
public sealed record CapEntry
{
    /// <summary>Its identifier.</summary>
    public required string Identifier { get; init; }

    /// <summary>Alert, Update or Cancel.</summary>
    public required string MsgType { get; init; }

    /// <summary>When it was sent.</summary>
    public required Instant SentAt { get; init; }

    /// <summary>Its Vietnamese headline.</summary>
    public required string Title { get; init; }

    /// <summary>Its Vietnamese words.</summary>
    public required string Summary { get; init; }
}

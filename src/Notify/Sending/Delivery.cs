using NodaTime;

namespace CanhLu.Notify;

/// <summary>The states of a delivery. Kept as text, in lower case.</summary>
public enum DeliveryState
{
    /// <summary>The carrier does not have it.</summary>
    Planned,

    /// <summary>The carrier may have it: an attempt is under way, or was never answered.</summary>
    HandedOver,

    /// <summary>The carrier has it.</summary>
    Accepted,

    /// <summary>It is on the handset.</summary>
    Delivered,

    /// <summary>The recipient has read it, as the carrier says: it has been delivered, whether that was reported or not.</summary>
    Seen,

    /// <summary>The carrier refused it for good.</summary>
    Failed,

    /// <summary>Its time ran out.</summary>
    Expired,

    /// <summary>A newer bulletin took its place.</summary>
    Replaced,

    /// <summary>A person stopped its broadcast.</summary>
    Stopped,

    /// <summary>It is not sent: another bulletin tells it, or the messages of the month are used up.</summary>
    Held,
}

/// <summary>A delivery that a courier has claimed: it is durably handed over, and goes to the carrier now.</summary>
sealed record Delivery
{
    public required long Id { get; init; }

    public required long BulletinId { get; init; }

    public required string Carrier { get; init; }

    public required string Key { get; init; }

    public required int Lane { get; init; }

    public required PhoneNumber Phone { get; init; }

    public required string Language { get; init; }

    public required Instant NotAfter { get; init; }

    /// <summary>Since when the carrier may have it without our knowing; null: it does not have it.</summary>
    public Instant? DoubtfulAt { get; init; }

    /// <summary>The carrier's own number for it, when the carrier has it and is only to be asked what became of it; null: it is to be handed over.</summary>
    public string? Reference { get; init; }

    /// <summary>How often it was asked about before.</summary>
    public int Asked { get; init; }
}

/// <summary>How a delivery stands in the store when an answer for it comes in.</summary>
sealed record Standing
{
    public required long Id { get; init; }

    public required string Key { get; init; }

    public required long BulletinId { get; init; }

    public required long RecipientId { get; init; }

    public required string Carrier { get; init; }

    public required string Language { get; init; }

    public required DeliveryState State { get; init; }

    public required int Setbacks { get; init; }

    public required Instant NotAfter { get; init; }

    public Instant? NextAttemptAt { get; init; }

    public Instant? DoubtfulAt { get; init; }

    public long? ReplacedBy { get; init; }

    /// <summary>The carrier that tells it instead, or as well; null while none does.</summary>
    public string? NextCarrier { get; init; }

    /// <summary>When a person stopped its broadcast; null when nobody did.</summary>
    public Instant? StoppedAt { get; init; }
}

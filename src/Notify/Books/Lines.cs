using NodaTime;

namespace CanhLu.Notify;

/// <summary>A bulletin with what became of it.</summary>
/// <param name="Bulletin">What was decided.</param>
/// <param name="Words">What it says in Vietnamese.</param>
/// <param name="PlannedAt">When its deliveries stood in the outbox; null while they do not.</param>
/// <param name="ExpiredAt">When it was found to be too old to be sent at all; null when it was not.</param>
/// <param name="Counts">Its deliveries by carrier and state.</param>
/// <param name="Progress">How far it is; null while it is not planned.</param>
public sealed record Broadcast(
    Bulletin Bulletin, Wording Words, Instant? PlannedAt, Instant? ExpiredAt, IReadOnlyList<BroadcastCount> Counts, BroadcastProgress? Progress)
{
    /// <summary>When a person ended it; null when nobody did.</summary>
    public Instant? StoppedAt { get; init; }

    /// <summary>Who did.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Why.</summary>
    public string? StopReason { get; init; }
}

/// <summary>Deliveries of one bulletin by one carrier in one state.</summary>
public sealed record BroadcastCount
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The carrier's id.</summary>
    public required string Carrier { get; init; }

    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>How many.</summary>
    public required long Deliveries { get; init; }

    /// <summary>How many of them the next carrier tells instead.</summary>
    public required long PassedOn { get; init; }

    /// <summary>0 for residents; a higher one for those who go before them.</summary>
    public required int Lane { get; init; }

    /// <summary>The carrier that tells those instead; null where none does.</summary>
    public string? NextCarrier { get; init; }

    /// <summary>Whether there is no lasting answer yet.</summary>
    public bool IsWaiting => State is DeliveryState.Planned or DeliveryState.HandedOver;
}

/// <summary>Deliveries by one carrier in one state.</summary>
/// <param name="Carrier">The carrier's id.</param>
/// <param name="State">The state.</param>
/// <param name="Deliveries">How many.</param>
/// <param name="PassedOn">How many of them the next carrier tells instead.</param>
public sealed record StateCount(string Carrier, DeliveryState State, long Deliveries, long PassedOn);

/// <summary>One delivery, for a page.</summary>
public sealed record DeliveryLine
{
    /// <summary>Its id.</summary>
    public required long Id { get; init; }

    /// <summary>The bulletin's id.</summary>
    public required long BulletinId { get; init; }

    /// <summary>The recipient's id.</summary>
    public required long RecipientId { get; init; }

    /// <summary>What people call the recipient.</summary>
    public required string Name { get; init; }

    /// <summary>The number; it prints itself masked.</summary>
    public required PhoneNumber Phone { get; init; }

    /// <summary>The area where the recipient lives.</summary>
    public required string WardCode { get; init; }

    /// <summary>The carrier's id.</summary>
    public required string Carrier { get; init; }

    /// <summary>What the carrier knows it by.</summary>
    public required string Key { get; init; }

    /// <summary>The bulletin's level; none for the all-clear.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The state.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>How often it was handed over.</summary>
    public required int Attempts { get; init; }

    /// <summary>After this moment it is not sent.</summary>
    public required Instant NotAfter { get; init; }

    /// <summary>When it was planned.</summary>
    public required Instant PlannedAt { get; init; }

    /// <summary>When it was last handed over.</summary>
    public Instant? HandedOverAt { get; init; }

    /// <summary>Since when the carrier may have it without our knowing.</summary>
    public Instant? DoubtfulAt { get; init; }

    /// <summary>When the carrier had it.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When it was on the handset.</summary>
    public Instant? DeliveredAt { get; init; }

    /// <summary>When the recipient had read it.</summary>
    public Instant? SeenAt { get; init; }

    /// <summary>When it failed, expired or was replaced.</summary>
    public Instant? SettledAt { get; init; }

    /// <summary>The carrier's own number for it.</summary>
    public string? Reference { get; init; }

    /// <summary>The last code that the carrier gave.</summary>
    public string? LastCode { get; init; }

    /// <summary>What it means.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>The carrier that tells it instead, or as well.</summary>
    public string? NextCarrier { get; init; }

    /// <summary>Why that one does: <c>refused</c>, <c>in_doubt</c>, <c>stopped</c> or <c>no_receipt</c>.</summary>
    public string? NextWhy { get; init; }

    /// <summary>The bulletin that tells it instead; null when it is not held back, or for the month's budget.</summary>
    public long? HeldBy { get; init; }
}

/// <summary>The all-clears owed for one episode.</summary>
public sealed record DebtCount
{
    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The episode.</summary>
    public required long Episode { get; init; }

    /// <summary>How many were warned, or may have been.</summary>
    public required long Made { get; init; }

    /// <summary>How many have had the all-clear.</summary>
    public required long Paid { get; init; }

    /// <summary>To how many it could not be told: every carrier refused, or its time ran out.</summary>
    public required long Unreachable { get; init; }

    /// <summary>How many still wait for it.</summary>
    public long Open => Made - Paid - Unreachable;
}

/// <summary>The last thing that a recipient was told of a station by a rule.</summary>
public sealed record Told
{
    /// <summary>The recipient's id.</summary>
    public required long RecipientId { get; init; }

    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The level; none: the all-clear.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The bulletin.</summary>
    public required long BulletinId { get; init; }

    /// <summary>When a carrier had it.</summary>
    public required Instant ToldAt { get; init; }
}

/// <summary>What is not settled yet.</summary>
public sealed record Backlog
{
    /// <summary>Bulletins decided and not planned.</summary>
    public required long Bulletins { get; init; }

    /// <summary>Deliveries that their carrier does not have.</summary>
    public required long Planned { get; init; }

    /// <summary>Deliveries that their carrier may have.</summary>
    public required long HandedOver { get; init; }

    /// <summary>All-clears owed, decided, and not planned yet; without those that wait for the end of another alarm.</summary>
    public long Owed { get; init; }

    /// <summary>Deliveries held back that go at the next look: what stood for them was not told.</summary>
    public long Loose { get; init; }

    /// <summary>Deliveries that their carrier has and has not reported on.</summary>
    public required long AwaitingReport { get; init; }

    /// <summary>Nothing is planned or under way. Reports may still come.</summary>
    public bool IsQuiet => Bulletins + Planned + HandedOver + Owed + Loose == 0;
}

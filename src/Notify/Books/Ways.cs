using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What led to a bulletin, step by step.</summary>
public sealed record Way
{
    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The station that it is about.</summary>
    public required string Station { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>Its cause, in lower case.</summary>
    public required string Cause { get; init; }

    /// <summary>Warning, all-clear and so on, in lower case.</summary>
    public required string Kind { get; init; }

    /// <summary>Its level.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>When the reading behind it was measured, by the river's clock.</summary>
    public required Instant MeasuredAt { get; init; }

    /// <summary>When that came in; null when no reading just come was behind it.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>When that was on disk, and so acknowledged; null as above.</summary>
    public Instant? StoredAt { get; init; }

    /// <summary>When somebody was asked; null when nobody had to be.</summary>
    public Instant? ProposedAt { get; init; }

    /// <summary>When it was decided.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>By whom; <c>auto</c> by the rule.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>When its deliveries stood in the outbox; null before.</summary>
    public Instant? PlannedAt { get; init; }

    /// <summary>When it was found to be old news, never to be sent; null when it is not.</summary>
    public Instant? ExpiredAt { get; init; }
}

/// <summary>What became of one delivery.</summary>
public sealed record WayEnd
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The carrier.</summary>
    public required string Carrier { get; init; }

    /// <summary>Its state, in lower case.</summary>
    public required string State { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it stood in the outbox.</summary>
    public required Instant PlannedAt { get; init; }

    /// <summary>When it was last given to the carrier; null: never.</summary>
    public Instant? HandedOverAt { get; init; }

    /// <summary>When the carrier took it; null: never.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When the carrier's receipt said that it is there; null: never.</summary>
    public Instant? DeliveredAt { get; init; }

    /// <summary>When it ended without; null when it did not.</summary>
    public Instant? SettledAt { get; init; }
}

/// <summary>The way of warnings from a reading to receipts, out of the operations store: times, and nobody's number.</summary>
/// <param name="operations">Where bulletins and deliveries are kept.</param>
public sealed class Ways(Operations operations)
{
    /// <summary>The bulletins decided since a moment, in the order of their ids.</summary>
    public IReadOnlyList<Way> Since(Instant since) => operations.Read(connection => connection.Query<Way>(Statements.Of("ways"), new { since }).AsList());

    /// <summary>The first deliveries of a bulletin, by their ids, that have come to an end.</summary>
    public IReadOnlyList<WayEnd> Ends(long bulletin, int most) =>
        operations.Read(connection => connection.Query<WayEnd>(Statements.Of("way-ends"), new { bulletin, most }).AsList());
}

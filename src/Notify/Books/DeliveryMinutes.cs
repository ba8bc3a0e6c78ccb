using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>How many deliveries of a bulletin came into a state in one minute.</summary>
public sealed record DeliveryMinute
{
    /// <summary>The minute, counted from 1970.</summary>
    public required long Minute { get; init; }

    /// <summary>The bulletin's id.</summary>
    public required long Bulletin { get; init; }

    /// <summary>The station that it is about.</summary>
    public required string Station { get; init; }

    /// <summary>Its level.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The carrier.</summary>
    public required string Carrier { get; init; }

    /// <summary>The state, in lower case: <c>planned</c>, <c>accepted</c>, <c>delivered</c>, <c>seen</c>, or how it ended without.</summary>
    public required string State { get; init; }

    /// <summary>How many.</summary>
    public required long Deliveries { get; init; }

    internal sealed record Begun
    {
        public required Instant PlannedAt { get; init; }
    }
}

/// <summary>What became of deliveries, minute by minute of the engine's clock: counts, and nobody's number.</summary>
/// <param name="operations">Where deliveries are kept.</param>
public sealed class DeliveryMinutes(Operations operations)
{
    /// <summary>So long after a bulletin's last moment carriers still say what became of it.</summary>
    static readonly Duration Receipts = Duration.FromDays(7);

    /// <summary>When the first bulletin was planned; null before that.</summary>
    public Instant? First() => operations.Read(connection => connection.QueryFirstOrDefault<DeliveryMinute.Begun>(
        "SELECT planned_at FROM bulletins WHERE kind <> 'reminder' AND rule <> '_canary' AND planned_at IS NOT NULL ORDER BY planned_at LIMIT 1"))?.PlannedAt;

    /// <summary>The counts of the minutes between two moments, oldest first; minutes in which nothing happened are left out.</summary>
    public IReadOnlyList<DeliveryMinute> Between(Instant from, Instant to) => operations.Read(connection => connection
        .Query<DeliveryMinute>(Statements.Of("delivery-minutes"), new { from, to, receipts = from - Receipts }).AsList());
}

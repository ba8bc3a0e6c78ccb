using NodaTime;

namespace CanhLu.Duty;

/// <summary>A time in which people work on a station or a device.</summary>
public sealed record Maintenance
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>A station's or a device's id. A station means its devices too.</summary>
    public required string Subject { get; init; }

    /// <summary>When it begins, by our clock.</summary>
    public required Instant From { get; init; }

    /// <summary>When it ends at the latest.</summary>
    public required Instant Until { get; init; }

    /// <summary>What is done there.</summary>
    public required string Reason { get; init; }

    /// <summary>Who entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>When.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>Who ended it before its time; null when nobody did.</summary>
    public string? EndedBy { get; init; }

    /// <summary>When.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Whether it is on at a moment.</summary>
    public bool IsOn(Instant at) => at >= From && at < Until && (EndedAt is not { } ended || at < ended);
}

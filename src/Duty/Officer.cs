using NodaTime;

namespace CanhLu.Duty;

/// <summary>A person who decides.</summary>
public sealed record Officer
{
    /// <summary>The person's number.</summary>
    public required long Id { get; init; }

    /// <summary>The name by which the person decides.</summary>
    public required string Name { get; init; }

    /// <summary>What the person may decide.</summary>
    public required OfficerRole Role { get; init; }

    /// <summary>The number at which the person is reminded, E.164.</summary>
    public required string Phone { get; init; }
}

/// <summary>A turn of the duty list.</summary>
public sealed record Shift
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The officer's number.</summary>
    public required long Officer { get; init; }

    /// <summary>The officer's name.</summary>
    public required string Name { get; init; }

    /// <summary>1: on duty; 2, 3…: deputies in that order.</summary>
    public required int Place { get; init; }

    /// <summary>When it begins.</summary>
    public required Instant From { get; init; }

    /// <summary>When it is over.</summary>
    public required Instant Until { get; init; }
}

/// <summary>An officer who was asked to decide.</summary>
public sealed record Call
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The proposal's number.</summary>
    public required long Proposal { get; init; }

    /// <summary>The officer's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number at which the officer was reminded, E.164.</summary>
    public required string Phone { get; init; }

    /// <summary>When the first reminder went out.</summary>
    public required Instant CalledAt { get; init; }

    /// <summary>When the officer said that it was heard; null when not yet.</summary>
    public Instant? AcknowledgedAt { get; init; }
}

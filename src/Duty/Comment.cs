using NodaTime;

namespace CanhLu.Duty;

/// <summary>What a person has written beside an alarm.</summary>
public sealed record Comment
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>When, by our clock.</summary>
    public required Instant At { get; init; }

    /// <summary>Who.</summary>
    public required string Who { get; init; }

    /// <summary>What.</summary>
    public required string Text { get; init; }
}

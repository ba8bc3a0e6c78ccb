using NodaTime;

namespace CanhLu.Duty;

/// <summary>What a person read off a station's staff gauge.</summary>
public sealed record StaffReading
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The station.</summary>
    public required string Station { get; init; }

    /// <summary>When it was read.</summary>
    public required Instant ReadAt { get; init; }

    /// <summary>The height over the station's datum.</summary>
    public required Stage Stage { get; init; }

    /// <summary>What the person noted; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When it was entered.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>Who read and entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>When it was struck out as a mistake; null while it counts.</summary>
    public Instant? StruckAt { get; init; }

    /// <summary>Who struck it out.</summary>
    public string? StruckBy { get; init; }
}

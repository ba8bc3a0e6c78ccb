using NodaTime;

namespace CanhLu.Duty;

/// <summary>A calibration as a person entered it, with the staff reading that proves it.</summary>
public sealed record CalibrationEntry
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The gauge.</summary>
    public required string Device { get; init; }

    /// <summary>Since when the gauge was off, by the river's clock: readings measured at or after it are restated.</summary>
    public required Instant FromAt { get; init; }

    /// <summary>What is added to what the gauge sends, millimetres.</summary>
    public required int OffsetMm { get; init; }

    /// <summary>The number of the staff reading that proves it.</summary>
    public required long StaffReading { get; init; }

    /// <summary>When the staff was read.</summary>
    public required Instant ReadAt { get; init; }

    /// <summary>What stood on it, millimetres.</summary>
    public required int StaffMm { get; init; }

    /// <summary>What the gauge itself said at that moment, millimetres, with nothing added.</summary>
    public required int GaugeMm { get; init; }

    /// <summary>What the person noted; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When it was entered.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>Who entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>When it was ended; null while it is in force.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Who ended it.</summary>
    public string? EndedBy { get; init; }
}

using NodaTime;

namespace CanhLu.Duty;

/// <summary>One alarm from its rise to its end, with what people did about it.</summary>
public sealed record Episode
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>A station's id; a device's for limit rules.</summary>
    public required string Subject { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about.</summary>
    public required Cause Cause { get; init; }

    /// <summary>When it rose, by the river's clock (by ours for silence).</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>The level that holds; <see cref="AlarmLevel.None"/> when it has ended.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>Since when that level holds.</summary>
    public required Instant ChangedAt { get; init; }

    /// <summary>The highest level it had.</summary>
    public required AlarmLevel PeakLevel { get; init; }

    /// <summary>The highest stage it had; null where no stage is judged.</summary>
    public Stage? PeakStage { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Who acknowledged it; null while nobody did.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When, by our clock.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>What that person noted.</summary>
    public string? Note { get; init; }

    /// <summary>Who has it in hand; null for nobody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What keeps its notices quiet; null for nothing.</summary>
    public QuietReason? Quiet { get; init; }

    /// <summary>What exactly does, see <see cref="Duty.Quiet.By"/>.</summary>
    public string? QuietBy { get; init; }

    /// <summary>Which alarm.</summary>
    public AlarmKey Key => new(Subject, Rule);
}

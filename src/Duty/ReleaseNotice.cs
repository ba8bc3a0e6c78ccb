using NodaTime;

namespace CanhLu.Duty;

/// <summary>A reservoir's notice of a release, as a person entered it.</summary>
public sealed record ReleaseNotice
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The reservoir's id in the site.</summary>
    public required string Source { get; init; }

    /// <summary>The least discharge, m³/s.</summary>
    public required int QMin { get; init; }

    /// <summary>The greatest discharge, m³/s; 0 when it says that the gates are closed.</summary>
    public required int QMax { get; init; }

    /// <summary>When the gates open.</summary>
    public required Instant StartsAt { get; init; }

    /// <summary>When it ends by itself; null: valid until replaced.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>The document's number or text.</summary>
    public string? Document { get; init; }

    /// <summary>When it was entered, by our clock.</summary>
    public required Instant EnteredAt { get; init; }

    /// <summary>Who entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>The notice whose place it took; null for none.</summary>
    public long? Replaces { get; init; }

    /// <summary>When it ended, by our clock; null while it is in force.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Who ended it: a person's name, or <c>auto</c>.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Why it ended.</summary>
    public string? EndReason { get; init; }
}

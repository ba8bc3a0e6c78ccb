using NodaTime;

namespace CanhLu.Notify;

/// <summary>A good line of a roster file. What the line does not say is null, and stays as it is in the roster.</summary>
sealed record RosterRow
{
    public required int Line { get; init; }

    public required string Phone { get; init; }

    public required string WardCode { get; init; }

    public string? Name { get; init; }

    public string? Hamlet { get; init; }

    public string? Language { get; init; }

    public AlarmLevel? LowestLevel { get; init; }

    public int? GroundMm { get; init; }

    public int? RiverM { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? Carriers { get; init; }

    public string? Consent { get; init; }

    public Instant? ConsentAt { get; init; }

    public Instant? OptedOutAt { get; init; }

    public Instant ImportedAt { get; init; }
}

using NodaTime;

namespace CanhLu.Notify;

/// <summary>One of those whom we tell.</summary>
public sealed record Recipient
{
    /// <summary>Its number in the operations store.</summary>
    public required long Id { get; init; }

    /// <summary>The mobile number.</summary>
    public required PhoneNumber Phone { get; init; }

    /// <summary>What people call them.</summary>
    public required string Name { get; init; }

    /// <summary>The code of the area where they live.</summary>
    public required string WardCode { get; init; }

    /// <summary>The hamlet or block in it; null when it is not known.</summary>
    public string? Hamlet { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>They are told of this level and of higher ones.</summary>
    public required AlarmLevel LowestLevel { get; init; }

    /// <summary>Height of the ground where they live over the national datum, millimetres, from -100 m to 9,000 m; null when it is not known.</summary>
    public int? GroundMm { get; init; }

    /// <summary>Distance along the river, counted downstream, metres, from 0 to 999,999; null when it is not known.</summary>
    public int? RiverM { get; init; }

    /// <summary>Degrees north, WGS84; null when it is not known.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, WGS84; null when it is not known.</summary>
    public double? Longitude { get; init; }

    /// <summary><c>sms</c> or <c>zalo</c>: how they want to be told, as long as that way can tell them; null or empty: any way.</summary>
    public string? Carriers { get; init; }

    /// <summary>What they agreed to, or where that is kept; null when it is not known.</summary>
    public string? Consent { get; init; }

    /// <summary>When they agreed.</summary>
    public Instant? ConsentAt { get; init; }

    /// <summary>Since when they do not want to be told (see <see cref="NotifyOptions.LevelIIIDespiteOptOut"/>); null: they want to be.</summary>
    public Instant? OptedOutAt { get; init; }

    /// <summary>When this row was last imported.</summary>
    public required Instant ImportedAt { get; init; }
}

/// <summary>How many recipients an area has.</summary>
/// <param name="WardCode">The area's code.</param>
/// <param name="Recipients">How many.</param>
public sealed record AreaCount(string WardCode, long Recipients);

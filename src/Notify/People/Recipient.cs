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

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>They are told of this level and of higher ones.</summary>
    public required AlarmLevel LowestLevel { get; init; }

    /// <summary>When this row was last imported.</summary>
    public required Instant ImportedAt { get; init; }
}

/// <summary>How many recipients an area has.</summary>
/// <param name="WardCode">The area's code.</param>
/// <param name="Recipients">How many.</param>
public sealed record AreaCount(string WardCode, long Recipients);

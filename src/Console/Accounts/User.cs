using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>A person who may use the page and the API.</summary>
public sealed record User
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The name by which the person signs in.</summary>
    public required string Name { get; init; }

    /// <summary>What the person may do.</summary>
    public required Role Role { get; init; }

    /// <summary>The codes of the areas for which; with commas, empty for everywhere.</summary>
    public required string AreaCodes { get; init; }

    /// <summary>The number of the officer that the person is; null when tied to none.</summary>
    public long? Officer { get; init; }

    /// <summary>That officer's name.</summary>
    public string? OfficerName { get; init; }

    /// <summary>The hash with its salt and kind.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>The second factor's key; null when none was begun.</summary>
    public byte[]? TotpKey { get; init; }

    /// <summary>Since when a code is asked for; null when it is not.</summary>
    public Instant? TotpSinceAt { get; init; }

    /// <summary>The last time step whose code was taken.</summary>
    public required long TotpStep { get; init; }

    /// <summary>Wrong passwords and codes in a row.</summary>
    public required int Failures { get; init; }

    /// <summary>Until when nobody comes in under this name.</summary>
    public Instant? LockedUntilAt { get; init; }

    /// <summary>Since when it exists.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>The areas; empty for everywhere.</summary>
    public ImmutableArray<string> Areas => Codes(AreaCodes);

    /// <summary>The name under which the person's decisions are written down: the officer's, where tied to one.</summary>
    public string DecidesAs => OfficerName ?? Name;

    /// <summary>Whether the person decides what people are told, and so needs a second factor.</summary>
    public bool Decides => Role >= Role.Officer;

    /// <summary>Whether a code is asked for.</summary>
    public bool HasSecondFactor => TotpSinceAt is not null;

    internal static ImmutableArray<string> Codes(string areaCodes) => areaCodes.Length == 0 ? [] : [.. areaCodes.Split(',')];
}

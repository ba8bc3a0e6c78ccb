using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>What a link is for.</summary>
public sealed record Invitation
{
    /// <summary>The user whose password is set anew; null when an account is made.</summary>
    public long? UserId { get; init; }

    /// <summary>The account's name; null when the first administrator chooses it.</summary>
    public string? Name { get; init; }

    /// <summary>What the account may do.</summary>
    public required Role Role { get; init; }

    /// <summary>For which areas, with commas; empty for everywhere.</summary>
    public required string AreaCodes { get; init; }

    /// <summary>The officer that it is tied to.</summary>
    public long? Officer { get; init; }

    /// <summary>Who made the link.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Until when it works.</summary>
    public required Instant UntilAt { get; init; }

    /// <summary>The areas; empty for everywhere.</summary>
    public ImmutableArray<string> Areas => User.Codes(AreaCodes);
}

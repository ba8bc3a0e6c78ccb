using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>What lets a program in.</summary>
public sealed record ApiToken
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The program's name, under which what it does is written down.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do: look, or work on stations and devices.</summary>
    public required Role Role { get; init; }

    /// <summary>For which areas, with commas; empty for everywhere.</summary>
    public required string AreaCodes { get; init; }

    /// <summary>Since when.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Until when; null until it is ended.</summary>
    public Instant? UntilAt { get; init; }
}

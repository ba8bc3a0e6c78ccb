using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>A person at one browser, from signing in to the end.</summary>
public sealed record Session
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required long UserId { get; init; }

    /// <summary>That person's name.</summary>
    public required string UserName { get; init; }

    /// <summary>Whether a code was given in it.</summary>
    public required bool SecondFactor { get; init; }

    /// <summary>When it began.</summary>
    public required Instant BeganAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required Instant SeenAt { get; init; }

    /// <summary>When it ends, however busy it is.</summary>
    public required Instant UntilAt { get; init; }

    /// <summary>Where the browser was.</summary>
    public required string Address { get; init; }

    /// <summary>What the browser says it is.</summary>
    public required string Agent { get; init; }
}

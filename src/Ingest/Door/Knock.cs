using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Why somebody was not let in.</summary>
public enum KnockReason
{
    /// <summary>Nobody has this name.</summary>
    UnknownName,

    /// <summary>The name is known, and the password is another.</summary>
    WrongPassword,

    /// <summary>The account was revoked.</summary>
    Revoked,

    /// <summary>Too many failures within a minute: it was not looked at.</summary>
    TooOften,
}

/// <summary>Somebody who was refused at the door, and has not come in since.</summary>
/// <param name="Name">The name that was given; masked when it may have been a password in the wrong field.</param>
/// <param name="IsClear">Whether it is the name, and not a masked one.</param>
/// <param name="ClientId">How the client called itself, its beginning.</param>
/// <param name="Address">Where the last try came from.</param>
/// <param name="Reason">Why the last try was refused.</param>
/// <param name="FirstAt">When it tried first.</param>
/// <param name="LastAt">When it tried last.</param>
/// <param name="Times">How often.</param>
public sealed record Knock(string Name, bool IsClear, string ClientId, string Address, KnockReason Reason, Instant FirstAt, Instant LastAt, long Times);

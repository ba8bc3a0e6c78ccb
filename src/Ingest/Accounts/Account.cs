using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Who may come in by the door.</summary>
/// <param name="Name">User name; of a device its id on the wire.</param>
/// <param name="Role">What it may do.</param>
/// <param name="PasswordHash">As <see cref="CanhLu.Ingest.PasswordHash"/> writes it.</param>
/// <param name="CreatedAt">Since when it exists.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="RevokedAt">Since when it may not come in any more; null while it may.</param>
/// <param name="RevokedBy">Who revoked it.</param>
public sealed record Account(
    string Name, AccountRole Role, string PasswordHash, Instant CreatedAt, string CreatedBy, Instant? RevokedAt = null, string? RevokedBy = null)
{
    /// <summary>Since when it has another password; null while it has its first.</summary>
    public Instant? RenewedAt { get; init; }

    /// <summary>Who gave it that.</summary>
    public string? RenewedBy { get; init; }

    /// <summary>The hash of the password before, which lets in until <see cref="FormerUntil"/>; null when none does.</summary>
    public string? FormerHash { get; init; }

    /// <summary>Until when the password before lets in.</summary>
    public Instant? FormerUntil { get; init; }

    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, 1 to 64: what may stand in a topic as one level.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>Without the hash, which belongs into no log.</summary>
    public override string ToString() => $"{Name} ({Role})";
}

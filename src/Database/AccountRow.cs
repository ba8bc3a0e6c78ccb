using NodaTime;

namespace CanhLu.Database;

/// <summary>A row of <c>accounts</c>: who may come in by the front door.</summary>
public sealed record AccountRow
{
    /// <summary>User name; of a device its id.</summary>
    public required string Name { get; init; }

    /// <summary><c>device</c> or <c>technician</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The hash with its salt and kind.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Since when it exists.</summary>
    public required Instant CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Since when it may not come in any more; null while it may.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>Since when it has another password; null while it has its first.</summary>
    public Instant? RenewedAt { get; init; }

    /// <summary>Who gave it that.</summary>
    public string? RenewedBy { get; init; }

    /// <summary>The hash of the password before, which still lets in; null when none does.</summary>
    public string? FormerHash { get; init; }

    /// <summary>Until when it does.</summary>
    public Instant? FormerUntil { get; init; }
}

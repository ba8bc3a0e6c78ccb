using NodaTime;

namespace CanhLu.Notify.Sirens;

/// <summary>A decided bulletin, and how it stands with its episode.</summary>
sealed record DecidedRow : BulletinRow
{
    /// <summary>When its episode ended; null while it goes on.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Whether what it warns of goes on.</summary>
    public bool Stands => Kind == BulletinKind.Warning && EndedAt is null;
}

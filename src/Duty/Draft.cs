using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What would be told, before anyone decided it.</summary>
sealed record Draft(
    long Episode, string Station, string Rule, Cause Cause, BulletinKind Kind, AlarmLevel Level, Stage? Stage, RateOfRise? Rate, Instant MeasuredAt,
    Instant NotAfter)
{
    public static Draft Of(Proposal proposal) => new(
        proposal.Episode, proposal.Station, proposal.Rule, proposal.Cause, proposal.Kind, proposal.Level, proposal.Stage, proposal.Rate,
        proposal.MeasuredAt, proposal.NotAfter)
    {
        Outflow = proposal.Outflow,
        Own = proposal.Own,
        Slots = proposal.Slots,
        Areas = proposal.Areas,
        ReceivedAt = proposal.ReceivedAt,
        StoredAt = proposal.StoredAt,
    };

    /// <summary>See <see cref="Proposal.ReceivedAt"/>.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>See <see cref="Proposal.StoredAt"/>.</summary>
    public Instant? StoredAt { get; init; }

    /// <summary>The release that it is about; null for every other cause.</summary>
    public Outflow? Outflow { get; init; }

    /// <summary>See <see cref="Bulletin.Own"/>.</summary>
    public OwnWords? Own { get; init; }

    /// <summary>See <see cref="Bulletin.Slots"/>.</summary>
    public ImmutableDictionary<string, string>? Slots { get; init; }

    /// <summary>See <see cref="Bulletin.Areas"/>.</summary>
    public ImmutableArray<string>? Areas { get; init; }

    /// <summary>See <see cref="Bulletin.OnlyTo"/>.</summary>
    public string? OnlyTo { get; init; }

    /// <summary>Whether it takes the place of the older ones about the same station and rule.</summary>
    public bool IsAboutTheWater => Kind is BulletinKind.Warning or BulletinKind.AllClear;

    public bool IsOldNews(Instant now) => now > NotAfter;

    public Facts Facts => new()
    {
        Episode = Episode,
        Kind = Words.Of(Kind),
        Level = Level.ToString(),
        StageMm = Stage?.Millimetres,
        MeasuredAt = MeasuredAt.ToString(),
        NotAfter = NotAfter.ToString(),
        Text = Own?.Vi,
        Slots = Slots,
        Areas = Areas?.Order(StringComparer.Ordinal).ToList(),
    };
}

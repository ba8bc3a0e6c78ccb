using System.Collections.Concurrent;
using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>The decided bulletins, read once each since they never change, and their words in each language.</summary>
sealed class Bulletins(Operations operations, Func<Site> site)
{
    /// <summary>Bulletins of a few busy weeks; then the oldest memory is dropped whole.</summary>
    const int Remembered = 1000;

    readonly ConcurrentDictionary<long, Bulletin> _bulletins = new();
    readonly ConcurrentDictionary<(long, string, Site), Wording> _wordings = new();

    public Bulletin Of(long id)
    {
        if (_bulletins.TryGetValue(id, out var known))
            return known;
        if (_bulletins.Count >= Remembered)
            _bulletins.Clear();
        return _bulletins[id] = operations.Read(connection =>
            connection.QuerySingle<BulletinRow>("SELECT * FROM bulletins WHERE id = @id", new { id })).Bulletin;
    }

    public Wording Words(Bulletin bulletin, string language)
    {
        var now = site();
        if (_wordings.TryGetValue((bulletin.Id, language, now), out var known))
            return known;
        if (_wordings.Count >= Remembered)
            _wordings.Clear();
        return _wordings[(bulletin.Id, language, now)] = BulletinText.Of(bulletin, now, language);
    }
}

/// <summary>A bulletin as it stands in the store.</summary>
record BulletinRow
{
    public required long Id { get; init; }

    public required long Episode { get; init; }

    public required string Station { get; init; }

    public required string Rule { get; init; }

    public required Cause Cause { get; init; }

    public required BulletinKind Kind { get; init; }

    public required AlarmLevel Level { get; init; }

    public Stage? StageMm { get; init; }

    public RateOfRise? RateMmPerH { get; init; }

    public required Instant MeasuredAt { get; init; }

    public required Instant DecidedAt { get; init; }

    public required string DecidedBy { get; init; }

    public required Instant NotAfter { get; init; }

    public Instant? PlannedAt { get; init; }

    public Instant? ExpiredAt { get; init; }

    public string? Reservoir { get; init; }

    public int? QMin { get; init; }

    public int? QMax { get; init; }

    public Instant? StartsAt { get; init; }

    public string? OwnVi { get; init; }

    public string? OwnEn { get; init; }

    public ImmutableDictionary<string, string>? Slots { get; init; }

    public string? AreaCodes { get; init; }

    public string? OnlyTo { get; init; }

    public Instant? StoppedAt { get; init; }

    public string? StoppedBy { get; init; }

    public string? StopReason { get; init; }

    public Bulletin Bulletin => new(
        Id, Episode, Station, Rule, Cause, Kind, Level, StageMm, RateMmPerH, MeasuredAt, DecidedAt, DecidedBy, NotAfter)
    {
        Outflow = Reservoir is null ? null : new Outflow(Reservoir, QMin!.Value, QMax!.Value, StartsAt!.Value),
        Own = OwnVi is null ? null : new OwnWords(OwnVi, OwnEn),
        Slots = Slots,
        Areas = AreaCodes?.Split(',').ToImmutableArray(),
        OnlyTo = OnlyTo,
    };
}

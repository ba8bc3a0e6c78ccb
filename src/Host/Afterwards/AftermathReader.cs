using System.Collections.Immutable;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>What a report is asked for.</summary>
/// <param name="Episode">One alarm; null for all in a stretch of time.</param>
/// <param name="From">Where the stretch begins; null with an episode.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Station">Only this station; null for all.</param>
sealed record Question(long? Episode, Instant? From, Instant? To, string? Station);

/// <summary>Puts together what the books say of a flood.</summary>
/// <param name="site">The site.</param>
/// <param name="operations">What people did.</param>
/// <param name="water">The stages of a station from one time to another.</param>
/// <param name="now">Our clock.</param>
sealed class AftermathReader(Site site, Operations operations, Func<Station, Instant, Instant, Task<ImmutableArray<Water>>> water, Instant now)
{
    /// <summary>What is shown of the river before an alarm and after it.</summary>
    static readonly Duration Margin = Duration.FromHours(6);

    const int MostEpisodes = 100_000;

    readonly DutyLog _log = new(operations);

    /// <summary>The aftermath; null when there is no such episode, or nothing happened at that time.</summary>
    public async Task<Aftermath?> Read(Question question, IReadOnlyDictionary<string, decimal> prices)
    {
        var episodes = Episodes(question);
        if (episodes.IsEmpty)
            return null;
        var bulletins = episodes.SelectMany(episode => _log.BulletinsOf(episode.Id).Where(bulletin => bulletin.Kind != BulletinKind.Reminder)).OrderBy(bulletin => bulletin.Id).ToImmutableArray();
        var ids = bulletins.Select(bulletin => bulletin.Id).ToArray();
        var from = question.From ?? episodes.Min(episode => episode.OpenedAt) - Margin;
        var to = question.To ?? episodes.Max(episode => episode.EndedAt ?? now) + Margin;
        var stations = ImmutableArray.CreateBuilder<StationWater>();
        foreach (var station in Stations(question, episodes, bulletins))
            stations.Add(new StationWater(station, await water(station, from, to)));
        var (outcomes, episodeIds) = (new Outcomes(operations), episodes.Select(episode => episode.Id).ToHashSet());
        return new Aftermath(
            site, from, to, now, stations.ToImmutable(), episodes, bulletins, Deeds(episodes, bulletins), [.. outcomes.ByWard(ids)], [.. outcomes.ByCarrier(ids)],
            [.. outcomes.Missed(ids)], [.. Debts().Where(debt => episodeIds.Contains(debt.Episode))], prices);
    }

    ImmutableArray<Episode> Episodes(Question question)
    {
        if (question.Episode is { } id)
            return _log.Episode(id) is { } episode ? [episode] : [];
        return
        [
            .. _log.Episodes(MostEpisodes)
                .Where(episode => episode.OpenedAt <= question.To && (episode.EndedAt is null || episode.EndedAt >= question.From))
                .Where(episode => question.Station is null || StationOf(episode) == question.Station)
                .Reverse(),
        ];
    }

    IEnumerable<Station> Stations(Question question, IEnumerable<Episode> episodes, IReadOnlyCollection<DecidedBulletin> bulletins)
    {
        // Whom nothing was told about is drawn only when it was asked for, or is all there is.
        var told = bulletins.Select(bulletin => bulletin.Station).ToHashSet();
        var meant = question.Station is { } one ? [one] : told.Count > 0 ? told : episodes.Select(StationOf).OfType<string>().ToHashSet();
        return site.Stations.Where(station => meant.Contains(station.Id));
    }

    string? StationOf(Episode episode) =>
        site.StationOf(episode.Subject) is not null ? episode.Subject : site.Devices.TryGetValue(episode.Subject, out var device) ? device.Station : null;

    ImmutableArray<AuditEntry> Deeds(IEnumerable<Episode> episodes, IEnumerable<DecidedBulletin> bulletins)
    {
        var subjects = episodes.Select(episode => $"episode/{episode.Id}").Concat(bulletins.Select(bulletin => $"bulletin/{bulletin.Id}"))
            .Concat(_log.Proposals(MostEpisodes).Where(proposal => episodes.Any(episode => episode.Id == proposal.Episode)).Select(proposal => $"proposal/{proposal.Id}"));
        return [.. subjects.SelectMany(subject => _log.AuditOf(subject)).OrderBy(entry => entry.Id)];
    }

    IReadOnlyList<DebtCount> Debts() => new Outcomes(operations).Debts();
}

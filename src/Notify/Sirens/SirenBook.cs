using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Notify.Sirens;

/// <summary>When a siren first said that it has heard a notice.</summary>
public sealed record HeardRow
{
    /// <summary>The siren's id.</summary>
    public required string Siren { get; init; }

    /// <summary>Where it heard it.</summary>
    public required string Topic { get; init; }

    /// <summary>The notice.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, by the engine's clock.</summary>
    public required Instant HeardAt { get; init; }
}

/// <summary>What was stated for sirens, and who heard it, in the operations store.</summary>
/// <param name="operations">The store.</param>
public sealed class SirenBook(Operations operations)
{
    /// <summary>The longest that an episode which is over can still matter: a warning's and an all-clear's validity, at most a week each.</summary>
    static readonly Duration Backwards = Duration.FromDays(15);

    /// <summary>Whether everything here is an exercise.</summary>
    public bool IsDrill => operations.Mode == StoreMode.Drill;

    /// <summary>The newest notice of each topic.</summary>
    public IReadOnlyList<Notice> Notices() => operations.Read(Notices);

    /// <summary>The last notice that each siren has heard on each topic.</summary>
    public IReadOnlyList<HeardRow> Heard() => operations.Read(connection => connection.Query<HeardRow>(
        "SELECT siren, topic, max(sequence) AS sequence, heard_at FROM siren_heard GROUP BY siren, topic").AsList());

    /// <summary>Keeps that a siren has heard a bulletin; false when it was never stated there, or is known already.</summary>
    internal bool Hear(string siren, string topic, HeardMessage heard, Instant now) => operations.Write(connection => connection.Execute(
        Statements.Of("siren-heard"), new { siren, topic, bulletin = heard.BulletinId, sequence = heard.Sequence, now })) > 0;

    /// <summary>Takes over what should stand for the sirens of a site now; returns what changed.</summary>
    internal IReadOnlyList<Notice> Update(Site site, Instant now)
    {
        // Most of the time nothing has changed, and a look costs no write.
        if (operations.Read(connection => Changes(connection, site, now)).Count == 0)
            return [];
        return operations.Write(connection =>
        {
            var changes = Changes(connection, site, now);
            foreach (var notice in changes)
                connection.Execute(Statements.Of("siren-keep"), new
                {
                    notice.Topic,
                    notice.Sequence,
                    notice.WardCode,
                    state = notice.State.ToString().ToLowerInvariant(),
                    notice.BulletinId,
                    notice.Level,
                    notice.StatedAt,
                    notice.ValidUntil,
                    notice.Payload,
                });
            return changes;
        });
    }

    List<Notice> Changes(SqliteConnection connection, Site site, Instant now)
    {
        var last = Notices(connection).ToDictionary(notice => notice.Topic, StringComparer.Ordinal);
        var changes = new List<Notice>();
        if (site.Sirens.Count > 0)
        {
            var standing = new Standing(site, IsDrill);
            var decided = connection.Query<DecidedRow>(Statements.Of("siren-decided"), new { since = now - Backwards }).AsList();
            foreach (var area in site.Areas.Keys.Order(StringComparer.Ordinal))
            {
                var topic = IsDrill ? SirenTopics.Exercise(site.Id, area) : SirenTopics.Warnings(site.Id, area);
                last.Remove(topic, out var before);
                if (standing.For(area, decided, before, now) is { } notice && notice != before)
                    changes.Add(notice);
            }
        }
        // An area or all sirens were taken out of the site: nothing of it may stay retained.
        changes.AddRange(last.Values.Where(notice => notice.State != SirenState.None).Select(notice => notice with
        {
            Sequence = notice.Sequence + 1,
            State = SirenState.None,
            BulletinId = null,
            Level = AlarmLevel.None,
            StatedAt = now,
            ValidUntil = now,
            Payload = "",
        }));
        return changes;
    }

    static List<Notice> Notices(SqliteConnection connection) => connection.Query<Notice>(Statements.Of("siren-notices")).AsList();
}

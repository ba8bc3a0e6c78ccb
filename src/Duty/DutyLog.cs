using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What the duty book says, to be read by anyone at any time; every answer is a snapshot.</summary>
/// <remarks>Lists are newest first. The next page begins before the last number of this one.</remarks>
public sealed class DutyLog(Operations operations)
{
    // What only tries the way is no news of the river: see /api/canary.
    const string NoCanary = $" WHERE rule <> '{Canary.RuleId}'";
    const string Page = " < @Before ORDER BY id DESC LIMIT @Count";

    /// <summary>The last statement heard of every alarm: the memory by which the rules are seeded at start.</summary>
    public ImmutableArray<Alarm> RememberedAlarms() =>
        [.. operations.Read(connection => connection.Query<AlarmRow>(Statements.Alarms + " ORDER BY subject, rule").AsList()).Select(row => row.Statement)];

    /// <summary>The last statement heard of one alarm; null when there was none.</summary>
    public Alarm? Remembered(AlarmKey key) => operations.Read(connection => new DutyBook(connection, Instant.MinValue).Remembered(key));

    /// <summary>The episodes that have not ended.</summary>
    public ImmutableArray<Episode> OpenEpisodes() => Of<Episode>(Statements.Episodes + " WHERE ended_at IS NULL ORDER BY id DESC");

    /// <summary>Episodes, open and ended.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<Episode> Episodes(int count, long before = long.MaxValue) =>
        Of<Episode>(Statements.Episodes + NoCanary + " AND id" + Page, new { Count = count, Before = before });

    /// <summary>The episodes of some rules that stood at a moment or later, in the order in which they began.</summary>
    public ImmutableArray<Episode> EpisodesOf(IReadOnlyCollection<string> rules, Instant since) => Of<Episode>(
        Statements.Episodes + " WHERE rule IN @Rules AND (ended_at IS NULL OR ended_at >= @Since) ORDER BY opened_at, id", new { Rules = rules, Since = since });

    /// <summary>One episode; null when there is none of that number.</summary>
    public Episode? Episode(long id) => Of<Episode>(Statements.Episodes + " WHERE id = @Id", new { Id = id }).FirstOrDefault();

    /// <summary>The proposals that wait for a decision, the most urgent first.</summary>
    public ImmutableArray<Proposal> WaitingProposals() =>
        Of<Proposal>(Statements.Proposals + " WHERE proposals.state = 'waiting' ORDER BY proposals.not_after, proposals.id");

    /// <summary>Proposals, waiting and decided.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<Proposal> Proposals(int count, long before = long.MaxValue) => Of<Proposal>(
        Statements.Proposals + " WHERE proposals.id < @Before ORDER BY proposals.id DESC LIMIT @Count", new { Count = count, Before = before });

    /// <summary>One proposal; null when there is none of that number.</summary>
    public Proposal? Proposal(long id) => Of<Proposal>(Statements.Proposals + " WHERE proposals.id = @Id", new { Id = id }).FirstOrDefault();

    /// <summary>Bulletins, sent or not.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<DecidedBulletin> Bulletins(int count, long before = long.MaxValue) =>
        Of<DecidedBulletin>(Statements.Bulletins + NoCanary + " AND id" + Page, new { Count = count, Before = before });

    /// <summary>The bulletins of one episode.</summary>
    public ImmutableArray<DecidedBulletin> BulletinsOf(long episode) =>
        Of<DecidedBulletin>(Statements.Bulletins + " WHERE episode = @Episode ORDER BY sequence DESC", new { Episode = episode });

    /// <summary>What people have written beside an episode, oldest first.</summary>
    public ImmutableArray<Comment> Comments(long episode) =>
        Of<Comment>("SELECT id, at, who, text FROM comments WHERE episode = @episode ORDER BY id", new { episode });

    /// <summary>The shelf that an alarm is put aside on; null when it is not.</summary>
    /// <param name="key">Which alarm.</param>
    /// <param name="now">Our clock.</param>
    public Shelf? ShelfOf(AlarmKey key, Instant now) => Of<Shelf>(Shelf.On, new { At = now }).FirstOrDefault(shelf => shelf.Key == key);

    /// <summary>Maintenance that is on or to come, the next to end first.</summary>
    /// <param name="now">Our clock.</param>
    public ImmutableArray<Maintenance> Maintenance(Instant now) =>
        Of<Maintenance>(Statements.Maintenance + " WHERE until_at > @Now AND ended_at IS NULL ORDER BY until_at, id", new { Now = now });

    /// <summary>What kept the alarms of a station from telling people at a moment, by rule: something quiet, or a person who was asked first.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="station">The station's id.</param>
    /// <param name="at">The moment, now or before.</param>
    public ImmutableArray<(string Rule, Quiet? Quiet, AskedBecause? Because)> HeldBack(Site site, string station, Instant at) => operations.Read(connection =>
    {
        var book = new DutyBook(connection, at);
        var quietness = new Quietness(book, site);
        var held = ImmutableArray.CreateBuilder<(string, Quiet?, AskedBecause?)>();
        foreach (var episode in book.Standing().Where(episode => episode.Subject == station))
        {
            var quiet = quietness.Of(episode.Key, episode.Cause, episode.Level, episode.ChangedAt, episode.Id);
            var because = book.LastProposal(episode.Id) is { } asked && asked.ProposedAt <= at ? asked.Because : null;
            if (quiet is not null || because is not null)
                held.Add((episode.Rule, quiet, because));
        }
        return held.ToImmutable();
    });

    /// <summary>Who did what.</summary>
    /// <param name="count">How many entries at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<AuditEntry> Audit(int count, long before = long.MaxValue) =>
        Of<AuditEntry>(Statements.Audit + " WHERE id" + Page, new { Count = count, Before = before });

    /// <summary>Who did what to one thing.</summary>
    /// <param name="subject"><c>episode/7</c>, <c>proposal/3</c> or <c>bulletin/12</c>.</param>
    public ImmutableArray<AuditEntry> AuditOf(string subject) =>
        Of<AuditEntry>(Statements.Audit + " WHERE subject = @Subject ORDER BY id DESC", new { Subject = subject });

    /// <summary>Who did what, in the order in which it was done.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many entries at most.</param>
    public ImmutableArray<AuditEntry> AuditFrom(long from, int count) =>
        Of<AuditEntry>(Statements.Audit + " WHERE id >= @From ORDER BY id LIMIT @Count", new { From = from, Count = count });

    /// <summary>The number of the last entry; 0 when there is none.</summary>
    public long LastAudit() => operations.Read(connection => connection.ExecuteScalar<long>("SELECT coalesce(max(id), 0) FROM audit"));

    /// <summary>One bulletin; null when there is none of that number.</summary>
    public DecidedBulletin? Bulletin(long id) => Of<DecidedBulletin>(Statements.Bulletins + " WHERE id = @Id", new { Id = id }).FirstOrDefault();

    /// <summary>The changes of a site that were taken over after a moment, newest first.</summary>
    public ImmutableArray<AuditEntry> SiteChanges(string site, Instant after) =>
        [.. AuditOf($"site/{site}").Where(entry => entry.Action == "took over" && entry.At > after)];

    ImmutableArray<T> Of<T>(string query, object? parameters = null) => [.. operations.Read(connection => connection.Query<T>(query, parameters).AsList())];
}

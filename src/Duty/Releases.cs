using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Reservoirs' notices of releases: entered and ended by people, each with the alarms that follow from it, in one transaction.</summary>
public sealed class Releases(
    Operations operations, Func<Site> site, IClock clock, BulletinSignal bell, ChangeSignal changes, DutyMetrics metrics, ILogger<Releases> logger)
{
    /// <summary>Enters a notice; it takes the place of the one in force for the same reservoir.</summary>
    public ReleaseAnswer Enter(ReleaseEntry entry)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entry.Who);
        var current = site();
        ImmutableArray<string> sources = [.. current.Rules.OfType<Rule.Release>().Select(rule => rule.Source).Distinct()];
        if (!sources.Contains(entry.Source))
            return new ReleaseAnswer.UnknownSource(sources);
        return Write(current, (book, now) =>
        {
            if (entry.EndsAt <= now)
                return new ReleaseAnswer.Past();
            var inForce = book.InForce(entry.Source);
            return entry.Replaces is { } meant && meant != inForce?.Id
                ? new ReleaseAnswer.NotInForce(inForce)
                : new ReleaseAnswer.Done(book.Enter(entry, inForce));
        });
    }

    /// <summary>Ends a notice.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="who">The person.</param>
    /// <param name="reason">Why.</param>
    public ReleaseAnswer End(long id, string who, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return Write(site(), (book, _) =>
        {
            switch (book.Of(id))
            {
                case null:
                    return new ReleaseAnswer.NotFound();
                case { EndedAt: not null } ended:
                    return new ReleaseAnswer.AlreadyEnded(ended);
                case var notice:
                    book.End(notice, who, reason);
                    return new ReleaseAnswer.Done(book.Of(id)!);
            }
        });
    }

    /// <summary>Notices, newest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<ReleaseNotice> Notices(int count, long before = long.MaxValue) => [.. operations.Read(connection => connection
        .Query<ReleaseNotice>(Statements.Releases + " WHERE id < @Before ORDER BY id DESC LIMIT @Count", new { Before = before, Count = count }).AsList())];

    /// <summary>The notices in force.</summary>
    public ImmutableArray<ReleaseNotice> InForce() => [.. operations.Read(connection => connection
        .Query<ReleaseNotice>(Statements.Releases + " WHERE ended_at IS NULL ORDER BY source").AsList())];

    /// <summary>Ends what is over, and states what a changed site or a stop has left unstated.</summary>
    /// <exception cref="SqliteException">The operations store cannot be written.</exception>
    internal void Settle()
    {
        var (current, now) = (site(), clock.GetCurrentInstant());
        if (operations.Read(connection => new ReleaseBook(connection, current, now).IsUnsettled()))
            Tell(operations.Write(connection => new ReleaseBook(connection, current, now).Settle()));
    }

    ReleaseAnswer Write(Site current, Func<ReleaseBook, Instant, ReleaseAnswer> command)
    {
        try
        {
            var (answer, heard) = operations.Write(connection =>
            {
                var now = clock.GetCurrentInstant();
                var book = new ReleaseBook(connection, current, now);
                var said = command(book, now);
                return (said, said is ReleaseAnswer.Done ? book.Settle() : []);
            });
            if (answer is ReleaseAnswer.Done)
                Tell(heard);
            return answer;
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            metrics.WriteFailed();
            return new ReleaseAnswer.NotStored();
        }
    }

    void Tell(List<Heard> heard)
    {
        if (heard.Exists(one => one.Outcome == Outcome.Bulletin))
            bell.Ring();
        changes.Advance();
        foreach (var one in heard)
        {
            metrics.AlarmHeard(one);
            var (alarm, change, outcome, episode) = one;
            Log.EpisodeChanged(logger, episode, change, alarm.Key.Subject, alarm.Key.Rule, alarm.From, alarm.Level, outcome);
        }
    }
}

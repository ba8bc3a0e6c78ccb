using System.Threading.Channels;
using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>The loop that hears alarms and writes what follows from them, and lets proposals expire whose time is up.</summary>
/// <remarks>What waits in the channel goes into one transaction, whole or not at all; an alarm is never passed over while the disk is full.</remarks>
public sealed class DutyDesk(
    ChannelReader<Alarm> alarms, Operations operations, Func<Site> site, IClock clock, TimeProvider time, BulletinSignal bell, ChangeSignal changes,
    Releases releases, DutyMetrics metrics, IOptions<DutyOptions> options, ILogger<DutyDesk> logger) : BackgroundService
{
    // A storm changes tens of alarms at once, and one costs about ten statements: such a transaction stays within some ten milliseconds,
    // which is how long a person's decision waits behind it.
    const int MostAtOnce = 64;

    readonly List<Alarm> _inHand = new(MostAtOnce);
    volatile bool _isTroubled;

    /// <summary>Whether the operations store took the last write; false while alarms are held because it cannot be written.</summary>
    public bool IsStoring => !_isTroubled;

    /// <summary>Stops the loop, then hears what was already said; whoever says it must have stopped before.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        // Here and not at the end of the loop: a loop that is stopped before its first step is never run at all.
        if (ExecuteTask is { IsFaulted: false, IsCompleted: true })
            Drain();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WatchAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync hears the rest.
        }
    }

    async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        var arrival = alarms.WaitToReadAsync(stopping).AsTask();
        var look = timer.WaitForNextTickAsync(stopping).AsTask();
        while (true)
        {
            await Task.WhenAny(arrival, look).ConfigureAwait(false);
            if (arrival.IsCompleted)
            {
                if (!await arrival.ConfigureAwait(false))
                    return;
                while (Take())
                    await PersistAsync(HearInHand, stopping).ConfigureAwait(false);
                arrival = alarms.WaitToReadAsync(stopping).AsTask();
            }
            if (look.IsCompleted)
            {
                await look.ConfigureAwait(false);
                await PersistAsync(ExpireProposals, stopping).ConfigureAwait(false);
                await PersistAsync(StrikeClocks, stopping).ConfigureAwait(false);
                await PersistAsync(LookAgain, stopping).ConfigureAwait(false);
                await PersistAsync(releases.Settle, stopping).ConfigureAwait(false);
                await PersistAsync(Remind, stopping).ConfigureAwait(false);
                look = timer.WaitForNextTickAsync(stopping).AsTask();
            }
        }
    }

    void Drain()
    {
        try
        {
            while (Take())
                HearInHand();
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            Log.LeftUnwritten(logger, exception, _inHand.Count);
        }
    }

    bool Take()
    {
        while (_inHand.Count < MostAtOnce && alarms.TryRead(out var alarm))
            _inHand.Add(alarm);
        return _inHand.Count > 0;
    }

    async Task PersistAsync(Action write, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                write();
                if (_isTroubled)
                    Log.StoreRecovered(logger);
                _isTroubled = false;
                return;
            }
            catch (SqliteException exception) when (Operations.IsTrouble(exception))
            {
                if (!_isTroubled)
                    Log.StoreFailed(logger, exception);
                _isTroubled = true;
                metrics.WriteFailed();
            }
            await Task.Delay(options.Value.RetryAfter, time, stopping).ConfigureAwait(false);
        }
    }

    void HearInHand()
    {
        var began = time.GetTimestamp();
        var current = site();
        var heard = operations.Write(connection =>
        {
            var book = new DutyBook(connection, clock.GetCurrentInstant());
            var (hearing, canary) = (new Hearing(book, current), new CanaryBook(connection, book));
            return _inHand.ConvertAll(alarm => alarm.Key.Rule == Canary.RuleId ? canary.Hear(alarm, current) : hearing.Hear(alarm));
        });
        _inHand.Clear();
        if (heard.Exists(one => one.Outcome == Outcome.Bulletin))
            bell.Ring();
        if (heard.Exists(one => one.Change is not (Change.Nothing or Change.Outdated)))
            changes.Advance();
        metrics.Committed(time.GetElapsedTime(began));
        foreach (var one in heard)
            Say(one);
    }

    void Say(in Heard heard)
    {
        metrics.AlarmHeard(heard);
        var (alarm, change, outcome, episode) = heard;
        if (change is not (Change.Nothing or Change.Outdated))
            Log.EpisodeChanged(logger, episode, change, alarm.Key.Subject, alarm.Key.Rule, alarm.From, alarm.Level, outcome);
        if (outcome is Outcome.OldNews or Outcome.LateProposal)
            Log.OldNews(logger, alarm.Key.Subject, alarm.Level, alarm.Evidence.MeasuredAt);
    }

    /// <summary>What keeps notices quiet begins and ends by the clock, and by other alarms.</summary>
    void LookAgain()
    {
        var (now, current) = (clock.GetCurrentInstant(), site());
        if (!operations.Read(connection => IsAnyOtherwise(new DutyBook(connection, now), current)))
            return;
        var outcomes = operations.Write(connection =>
        {
            var book = new DutyBook(connection, now);
            var hearing = new Hearing(book, current);
            return book.OpenEpisodes().ConvertAll(hearing.LookAgain);
        });
        if (outcomes.Contains(Outcome.Bulletin))
            bell.Ring();
        changes.Advance();
    }

    static bool IsAnyOtherwise(DutyBook book, Site site)
    {
        var quietness = new Quietness(book, site);
        return book.OpenEpisodes()
            .Exists(episode => quietness.Of(episode.Key, episode.Cause, episode.Level, episode.ChangedAt, episode.Id)?.Reason != episode.Quiet);
    }

    void ExpireProposals()
    {
        var now = clock.GetCurrentInstant();
        if (!operations.Read(connection => DutyBook.IsAnyLate(connection, now)))
            return;
        var expired = operations.Write(connection => new DutyBook(connection, now).ExpireWaiting());
        if (expired == 0)
            return;
        changes.Advance();
        metrics.ProposalsDecided(ProposalState.Expired, expired);
        Log.ProposalsExpired(logger, expired);
    }

    void StrikeClocks()
    {
        var now = clock.GetCurrentInstant();
        if (!operations.Read(connection => DecisionBook.IsAnyDue(connection, now)))
            return;
        var struck = operations.Write(connection =>
        {
            var book = new DutyBook(connection, now);
            return new ProposalClock(book, new DecisionBook(connection, book)).Strike();
        });
        var (escalated, sent, dropped) = (Count(TimeUp.Escalate), Count(TimeUp.Send), Count(TimeUp.Drop));
        if (sent > 0)
            bell.Ring();
        changes.Advance();
        metrics.ProposalsDecided(ProposalState.Approved, sent);
        metrics.ProposalsDecided(ProposalState.Expired, dropped);
        Log.TimeWasUp(logger, escalated, sent, dropped);

        int Count(TimeUp what) => struck.Count(one => one == what);
    }

    void Remind()
    {
        var (now, current) = (clock.GetCurrentInstant(), site());
        if (!operations.Read(connection => new Reminders(connection, new DutyBook(connection, now), current).IsAnythingToDo()))
            return;
        var reminded = operations.Write(connection => new Reminders(connection, new DutyBook(connection, now), current).Settle());
        bell.Ring();
        changes.Advance();
        Log.OfficersCalled(logger, reminded);
    }
}

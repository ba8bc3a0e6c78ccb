using System.Threading.Channels;
using DuckDB.NET.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Archive;

/// <summary>The loop that stores readings: gathers what the connections brought, commits it, answers them, and passes the fresh readings on.</summary>
/// <remarks>
/// <code>
/// connections ══ ReadingBatch ══▶ gather ─▶ stage ─▶ commit ─▶ settle ─▶ ══ ReadingPage ══▶ rules
/// </code>
/// Law: a batch is settled with true only when every reading of it is on disk. The page follows the answer, because its channel may be full: then the loop
/// waits there, takes no further batches, and the connections are not answered: the brokers and devices keep the rest. It ends when the batches'
/// channel is completed and empty; only when the engine stops while nothing can be stored does a batch get false.
/// </remarks>
sealed class Archivist(
    Channel<ReadingBatch> batches, ChannelWriter<ReadingPage> pages, Ledger ledger, ArchiveFile file, SeriesBook book, OffsetChanges offsets, Retention retention, Thinning thinning,
    ArchiveState state, IOptions<ArchiveOptions> options, ArchiveMetrics metrics, TimeProvider time, ILogger<Archivist> logger) : BackgroundService
{
    const int IdleShare = 8;

    static readonly TimeSpan IdleTick = TimeSpan.FromSeconds(1);
    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    readonly ArchiveOptions _options = options.Value;
    readonly CancellationTokenSource _stopping = new();
    readonly List<ReadingBatch> _held = [];
    int _readings;
    Task<bool>? _more;
    Task<bool>? _asked;
    TimeSpan _committing;
    long _troubleSince;
    int _attempts;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        ledger.Open();
        book.Load();
        state.Trouble = null;
        state.NextPosition = ledger.NextPosition;
        state.Restatements = ledger.Restatements;
        logger.Opened(file.Path, book.All.Count, ledger.NextPosition, time.GetElapsedTime(started));
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Whoever writes batches has stopped by now; this makes sure of it, and lets the loop run to the end of what is waiting.
        batches.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (ExecuteTask is { } loop)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        state.Trouble = "The archive is closed.";
        if (ExecuteTask is { IsCompleted: false })
        {
            // The disk holds the loop longer than the host waits. Closing the database under it would crash; its log is read at the next start.
            file.Abandon();
            return;
        }
        ledger.Close();
        logger.Closed(file.Path);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await Gather().ConfigureAwait(false))
            {
                var staged = StagedCommit.Of(_held, _readings, ledger.Known, offsets.InForce);
                var started = time.GetTimestamp();
                if (!await Insist(() => ledger.Write(staged)).ConfigureAwait(false))
                    break;
                _committing = time.GetElapsedTime(started);
                state.NextPosition = ledger.NextPosition;
                metrics.Repeated(staged.Repeats);
                Settle(true);
                await Pass(staged, Instant.FromDateTimeOffset(time.GetUtcNow()), stoppingToken).ConfigureAwait(false);
                await Insist(Tidy).ConfigureAwait(false);
                await Restate().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rules did not take the last page in the time that the host gives for stopping: it is on disk, and they read it at the next start.
        }
        finally
        {
            batches.Writer.TryComplete();
            AnswerTheRest();
            offsets.End();
            pages.TryComplete();
        }
    }

    async ValueTask<bool> Gather()
    {
        TakeWaiting();
        while (_held.Count == 0)
        {
            if (!await More().ConfigureAwait(false))
                return false;
            TakeWaiting();
        }
        if (_readings >= _options.CommitCount || _options.CommitDelay == TimeSpan.Zero)
            return true;
        var began = time.GetTimestamp();
        var (before, quiet) = (_held.Count, Quiet());
        while (_readings < _options.CommitCount)
        {
            if (await MoreBefore(quiet).ConfigureAwait(false))
            {
                TakeWaiting();
                continue;
            }
            // Nothing came for a while: then everybody waits for us, and waiting for them gains nothing.
            if (_held.Count == before || time.GetElapsedTime(began) >= _options.CommitDelay)
                break;
            (before, quiet) = (_held.Count, Quiet());
        }
        return true;
    }

    // As long as the last commit took, so that the loop stores at most half of its time however thin the stream is.
    Task Quiet() => Task.Delay(_committing < _options.CommitQuiet ? _options.CommitQuiet : _committing < _options.CommitDelay ? _committing : _options.CommitDelay, time);

    void TakeWaiting()
    {
        while (_readings < _options.CommitLimit && batches.Reader.TryRead(out var batch))
        {
            _held.Add(batch);
            _readings += batch.Count;
        }
    }

    async ValueTask<bool> More()
    {
        _more ??= batches.Reader.WaitToReadAsync().AsTask();
        while (!_more.IsCompleted && await Task.WhenAny(_more, _asked ??= offsets.Asked.WaitToReadAsync().AsTask(), Task.Delay(IdleTick, time)).ConfigureAwait(false) != _more)
        {
            if (_asked.IsCompleted)
                await Restate().ConfigureAwait(false);
            else
                await Insist(TidyIdly).ConfigureAwait(false);
        }
        var more = await _more.ConfigureAwait(false);
        _more = null;
        return more;
    }

    async ValueTask<bool> MoreBefore(Task due)
    {
        _more ??= batches.Reader.WaitToReadAsync().AsTask();
        if (await Task.WhenAny(_more, due).ConfigureAwait(false) != _more)
            return false;
        var more = await _more.ConfigureAwait(false);
        _more = null;
        return more;
    }

    /// <summary>Takes over other offsets, if somebody has asked for them.</summary>
    async ValueTask Restate()
    {
        // A wait that has not ended is kept: with a new one after every commit they would stand in the channel for ever.
        if (_asked is { IsCompleted: true })
            _asked = null;
        if (!offsets.Asked.TryRead(out var change))
            return;
        if (change.Cancellation.IsCancellationRequested)
        {
            change.Done.SetCanceled(change.Cancellation);
            return;
        }
        long restated;
        try
        {
            restated = ledger.Restate(change.Next);
            state.Restatements = ledger.Restatements;
        }
        // Tried once, for readings wait behind it: whoever asked hears of it and asks again.
        catch (Exception trouble) when (IsOutside(trouble))
        {
            change.Done.SetException(new ArchiveNotReadyException($"{file.Path} cannot be restated: {trouble.Message}", trouble));
            return;
        }
        try
        {
            await change.Meanwhile().ConfigureAwait(false);
            change.Done.SetResult(restated);
        }
        // What was to be done meanwhile is the asker's, and the loop goes on: what is stored is right.
        catch (Exception failure)
        {
            change.Done.SetException(failure);
        }
    }

    /// <summary>The disk, or what DuckDB makes of it: the outside says no. Anything else is our mistake and ends the loop.</summary>
    static bool IsOutside(Exception trouble) =>
        trouble is DuckDBException or IOException or UnauthorizedAccessException or ArchiveNotReadyException or ArchiveRefusedException;

    /// <summary>What can wait until the connections have their answer.</summary>
    void Tidy()
    {
        retention.Step();
        thinning.Step();
        ledger.Checkpoint(_options.CheckpointBytes);
    }

    /// <summary>Nobody waits: time to take a short log into the file, and to see that the database is sound still.</summary>
    void TidyIdly()
    {
        ledger.Try();
        retention.Step();
        thinning.Step();
        ledger.Checkpoint(_options.CheckpointBytes / IdleShare);
    }

    /// <summary>Tries until it is done; false when the engine stops before that.</summary>
    async ValueTask<bool> Insist(Action work)
    {
        var wait = FirstRetry;
        while (true)
        {
            try
            {
                work();
                TroubleEnds();
                return true;
            }
            catch (Exception trouble) when (IsOutside(trouble))
            {
                TroubleBegins(trouble);
            }
            if (_stopping.IsCancellationRequested)
                return false;
            await Task.Delay(wait, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        }
    }

    void TroubleBegins(Exception trouble)
    {
        metrics.Failed();
        var reason = trouble is ArchiveNotReadyException or ArchiveRefusedException ? trouble.Message : $"{file.Path} cannot be written: {trouble.Message}";
        if (_attempts++ == 0)
        {
            _troubleSince = time.GetTimestamp();
            logger.StoringStopped(reason);
        }
        state.Trouble = reason;
    }

    void TroubleEnds()
    {
        if (_attempts == 0)
            return;
        state.Trouble = null;
        logger.StoringResumed(time.GetElapsedTime(_troubleSince), _attempts);
        _attempts = 0;
    }

    async ValueTask Pass(StagedCommit staged, Instant storedAt, CancellationToken abandon)
    {
        if (staged.Count == 0)
        {
            staged.Release();
            return;
        }
        await pages.WriteAsync(staged.ToPage(storedAt), abandon).ConfigureAwait(false);
    }

    void Settle(bool stored)
    {
        foreach (var batch in _held)
            batch.Settle(stored);
        _held.Clear();
        _readings = 0;
    }

    void AnswerTheRest()
    {
        var refused = 0;
        do
        {
            refused += _readings;
            Settle(false);
            TakeWaiting();
        }
        while (_held.Count > 0);
        if (refused == 0)
            return;
        metrics.Refused(refused);
        logger.Refused(refused);
    }
}

using System.Runtime.InteropServices;
using CanhLu.Archive;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Backtest.Report;
using CanhLu.Backtest.Scoring;
using CanhLu.Console.Trying;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Host.Backtesting;

/// <summary>Tries the rules in force on the archive of this engine: one run at a time, on a thread of its own that gives way to all others.</summary>
sealed class OwnBacktests(
    Func<Site> site, SeriesBook book, History history, IClock clock, IHostApplicationLifetime lifetime, ILogger<OwnBacktests> logger)
    : IBacktests, IDisposable
{
    /// <summary>What the truth is called where one of its lines is wrong.</summary>
    const string TruthName = "truth.csv";

    readonly Lock _beginning = new();
    volatile BacktestRun? _last;
    volatile CancellationTokenSource? _stop;

    public BacktestRun? Last => _last;

    public BacktestBegun Begin(BacktestQuestion question)
    {
        IReadOnlyList<TruthEvent>? truth;
        try
        {
            truth = question.Truth is { } text ? TruthFile.Of(TruthName, text.Split('\n').Select(line => line.TrimEnd('\r'))) : null;
        }
        catch (RecordRefusedException wrong)
        {
            return new BacktestBegun.Wrong(wrong.Message);
        }
        var current = site();
        if (truth?.FirstOrDefault(one => current.StationOf(one.Station) is null) is { } stranger)
            return new BacktestBegun.Wrong($"{TruthName}: the site has no station {stranger.Station}; it has {string.Join(", ", current.Stations.Select(one => one.Id))}");
        lock (_beginning)
        {
            if (_last is { State: BacktestState.Running } other)
                return new BacktestBegun.Busy(other);
            var run = new BacktestRun((_last?.Id ?? 0) + 1, question, clock.GetCurrentInstant());
            var stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            (_last, _stop) = (run, stop);
            new Thread(() => Run(run, current, truth, stop)) { IsBackground = true, Name = "backtest", Priority = ThreadPriority.Lowest }.Start();
            return new BacktestBegun.Begun(run);
        }
    }

    public bool Stop(long id)
    {
        lock (_beginning)
        {
            if (_last is not { State: BacktestState.Running } run || run.Id != id)
                return false;
            _stop!.Cancel();
            return true;
        }
    }

    public void Dispose() => _stop?.Dispose();

    void Run(BacktestRun run, Site current, IReadOnlyList<TruthEvent>? truth, CancellationTokenSource stop)
    {
        GiveWay();
        try
        {
            var ended = Judged(run, current, truth, stop.Token);
            End(ended);
            if (ended.State == BacktestState.Done)
                Log.Tried(logger, ended.Readings, run.Question.From, run.Question.To);
        }
        catch (OperationCanceledException)
        {
            End(_last! with { State = BacktestState.Stopped });
        }
        catch (ArchiveNotReadyException closed)
        {
            End(_last! with { State = BacktestState.Failed, Wrong = closed.Message });
        }
        // A question about the past never stops the watch over the present.
        catch (Exception failure)
        {
            Log.TryingFailed(logger, failure);
            End(_last! with { State = BacktestState.Failed, Wrong = "The rules could not be tried to the end; the engine's log says why." });
        }
    }

    BacktestRun Judged(BacktestRun run, Site current, IReadOnlyList<TruthEvent>? truth, CancellationToken stop)
    {
        var (from, to) = (run.Question.From, run.Question.To);
        var keys = new SeriesKeys(current);
        var pass = new Pass(keys, withCurves: true, current);
        using var record = ArchiveRecord.Of(book, history, keys, from, to);
        Recall(pass, record, from, stop);
        record.Read(
            (readings, share) =>
            {
                pass.Take(readings);
                stop.ThrowIfCancellationRequested();
                _last = run with { Share = share, Readings = pass.Observed.Readings };
            },
            stop);
        if (pass.Observed.Readings == 0)
            return run with { State = BacktestState.Failed, Share = 1, Wrong = "The archive holds no reading of the site's devices in that time." };
        var verdict = pass.Judged(record.Name, truth, run.Question.Tolerance, one => BacktestOptions.Tariff(one, new Dictionary<string, decimal>(), new Dictionary<string, double>()), [], null);
        return run with
        {
            State = BacktestState.Done,
            Share = 1,
            Readings = pass.Observed.Readings,
            Result = BacktestJson.Whole(verdict, record.Unknown),
            Report = HtmlReport.Of(verdict),
        };
    }

    /// <summary>What the rules would have remembered when the stretch began: without it, half a year of tides would have to pass first.</summary>
    void Recall(Pass pass, ArchiveRecord record, Instant from, CancellationToken stop)
    {
        foreach (var (series, back) in pass.Tried.Memories)
            foreach (var behind in record.Behind(series))
            {
                var past = new List<Reading>();
                history.Past(from - back, from, (readings, _) => past.AddRange(readings), stop, [behind]);
                pass.Tried.Recall(CollectionsMarshal.AsSpan(past.ConvertAll(reading => reading with { Series = series, ReceivedAt = reading.MeasuredAt })), from);
            }
    }

    void End(BacktestRun run)
    {
        lock (_beginning)
        {
            _last = run with { EndedAt = clock.GetCurrentInstant() };
            _stop?.Dispose();
            _stop = null;
        }
    }

    /// <summary>On Linux a thread's priority is its own niceness, which .NET does not set: least of all here.</summary>
    static void GiveWay()
    {
        const int Process = 0, ThisThread = 0, Nicest = 19;
        if (OperatingSystem.IsLinux())
            _ = setpriority(Process, ThisThread, Nicest);
    }

    [DllImport("libc")]
    static extern int setpriority(int which, int who, int priority);
}

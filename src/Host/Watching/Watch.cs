using System.Threading.Channels;
using CanhLu.Console.Live;
using CanhLu.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Host.Watching;

/// <summary>Owns the rules' memory of the site: judges every committed page, ticks for silence, restates what changed to Duty.</summary>
/// <remarks>
/// It starts before the Archive and stops after it, so that a stop drains; until <see cref="Begin"/> has given it its memory, pages wait in their channel.
/// When Duty is slow the write to its channel waits, then the Archive, then the devices.
/// </remarks>
sealed class Watch(ChannelReader<ReadingPage> pages, ChannelWriter<Alarm> alarms, RiverNow river, IClock clock, TimeProvider time, LateLog late,
    WatchMetrics metrics, ILogger<Watch> logger) : BackgroundService
{
    /// <summary>Silence is minutes; a look every second finds it soon enough.</summary>
    static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    /// <summary>Four a second is as often as a page is redrawn.</summary>
    static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250);

    readonly Channel<Change> _asked = Channel.CreateBounded<Change>(1);
    readonly TaskCompletionSource<Judge> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<Alarm> _changes = [];
    readonly List<LateVerdict> _late = [];
    long _shownAt;

    /// <summary>Gives the watch its judge, whose memory is that of the moment before the stop.</summary>
    /// <param name="judge">Belongs to the watch from now on.</param>
    /// <param name="untold">What it has judged and nobody has heard.</param>
    public void Begin(Judge judge, IEnumerable<Alarm> untold)
    {
        _changes.AddRange(untold);
        river.Stations = judge.Now();
        judge.Late = _late;
        _begun.TrySetResult(judge);
    }

    /// <summary>Gives the watch another judge between two pages; completes when what it found is told.</summary>
    /// <param name="make">Makes it, with what it has judged and nobody has heard. Runs on the watch's loop: pages, and behind them the devices, wait so long.</param>
    /// <param name="cancellation">Cancels the wait for the loop, not what it has begun.</param>
    /// <exception cref="Exception">What <paramref name="make"/> threw; the judge of before goes on.</exception>
    public async Task ChangeAsync(Func<Task<(Judge Judge, List<Alarm> Untold)>> make, CancellationToken cancellation)
    {
        var change = new Change(make, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _asked.Writer.WriteAsync(change, cancellation);
        await change.Done.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Judge judge;
        try
        {
            judge = await _begun.Task.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped before it began: nothing was taken in.
            alarms.Complete();
            return;
        }
        await TellAsync();
        using var timer = new PeriodicTimer(TickEvery, time);
        var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        var more = pages.WaitToReadAsync(CancellationToken.None).AsTask();
        var asked = _asked.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (true)
        {
            await Task.WhenAny(more, tick, asked);
            if (asked.IsCompleted)
            {
                judge = await TakeAsync(judge);
                asked = _asked.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            }
            if (more.IsCompleted)
            {
                // The Archive completes the channel when its last batch is settled: what was acknowledged is judged before the stop.
                if (!await more)
                    break;
                while (pages.TryRead(out var page))
                {
                    using (page)
                    {
                        judge.Take(page.Readings, _changes);
                        for (var i = 0; i < _changes.Count; i++)
                            _changes[i] = _changes[i] with { StoredAt = page.StoredAt };
                    }
                    await TellAsync();
                    Show(judge);
                }
                more = pages.WaitToReadAsync(CancellationToken.None).AsTask();
            }
            if (tick.IsCompleted)
            {
                judge.Tick(clock.GetCurrentInstant(), _changes);
                await TellAsync();
                river.Stations = judge.Now();
                tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            }
        }
        alarms.Complete();
    }

    async Task<Judge> TakeAsync(Judge judge)
    {
        if (!_asked.Reader.TryRead(out var change))
            return judge;
        try
        {
            (judge, var untold) = await change.Make();
            _changes.AddRange(untold);
            await TellAsync();
            river.Stations = judge.Now();
            change.Done.SetResult();
        }
        // Whoever asked for the change hears of it; the watch itself goes on with the judge it has.
        catch (Exception failure)
        {
            change.Done.SetException(failure);
        }
        return judge;
    }

    async ValueTask TellAsync()
    {
        foreach (var alarm in _changes)
            await alarms.WriteAsync(alarm);
        _changes.Clear();
        foreach (var verdict in _late)
        {
            late.Add(verdict);
            metrics.CameTooLate(verdict);
            Log.CameTooLate(logger, verdict.Station, verdict.Level, verdict.Reading.MeasuredAt, verdict.Rule, verdict.OnTheWay.TotalMinutes);
        }
        _late.Clear();
    }

    void Show(Judge judge)
    {
        if (time.GetElapsedTime(_shownAt) < ShowEvery)
            return;
        _shownAt = time.GetTimestamp();
        river.Stations = judge.Now();
    }

    sealed record Change(Func<Task<(Judge Judge, List<Alarm> Untold)>> Make, TaskCompletionSource Done);
}

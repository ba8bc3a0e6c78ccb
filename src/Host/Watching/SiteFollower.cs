using System.Collections.Immutable;
using System.Threading.Channels;
using CanhLu.Archive;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.SiteFiles;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CanhLu.Host.Watching;

/// <summary>Follows the site's folder and what people adopt and calibrate beside it: a changed site is checked whole and taken over while the engine runs; a wrong one is refused, and the one
/// before stays.</summary>
/// <remarks>
/// Taking over is a restart of the rules alone: the judge of the new site remembers what was told and the archive's last readings, judges the present stage
/// anew, and takes the old one's place between two pages. Files are looked at, not watched: that works on every file system, and waits by itself
/// until a slow copy is complete. Where there is no folder (demo, drill), only people change the site. Before a calibration is judged the archive has restated what is stored, and it stores nothing
/// until the judge has read that: no rule ever sees the step from the one to the other as water.
/// </remarks>
sealed class SiteFollower(
    EngineOptions options, SiteInForce inForce, Adoptions adoptions, Calibrations calibrations, SiteTakeOver takeOver, OffsetChanges offsets, MemoryRebuild memory, Watch watch,
    Decisions decisions, TimeProvider time, ILogger<SiteFollower> logger)
    : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>An audit entry and a log line stay readable; the rest is counted.</summary>
    const int MostLines = 40;

    /// <summary>People who adopt at the same moment; more wait in their requests.</summary>
    const int MostAsked = 16;

    readonly Broker? _broker = inForce.Files.Broker;
    readonly ImmutableArray<Decoder> _decoders = inForce.Files.Decoders;
    readonly Channel<TaskCompletionSource<bool>> _asked = Channel.CreateBounded<TaskCompletionSource<bool>>(MostAsked);
    readonly Queue<(bool TakenOver, ImmutableArray<string> Lines)> _unwritten = [];
    bool _isOwed;
    bool _isJudgeOwed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        takeOver.Ask = AskAsync;
        // A change that the last run had no time for.
        _isOwed = !memory.OffsetsOf(inForce.Site).IsLike(offsets.InForce);
        var known = Print();
        var before = known;
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            var asked = _asked.Reader.WaitToReadAsync(stoppingToken).AsTask();
            while (true)
            {
                await Task.WhenAny(tick, asked);
                stoppingToken.ThrowIfCancellationRequested();
                if (asked.IsCompleted)
                {
                    while (_asked.Reader.TryRead(out var done))
                        done.SetResult(await TakeAdoptedAsync(stoppingToken));
                    asked = _asked.Reader.WaitToReadAsync(stoppingToken).AsTask();
                }
                if (tick.IsCompleted)
                {
                    var now = Print();
                    // Still being written: looked at again when nothing has moved for a whole look.
                    var isStill = now == before;
                    before = now;
                    if (isStill && now != known && await TakeFilesAsync(stoppingToken))
                        known = now;
                    if (_isOwed)
                        await TakeAdoptedAsync(stoppingToken);
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }
                WriteDown();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine stops: what was adopted is a row, and in force with the next start.
            takeOver.Ask = null;
            _asked.Writer.Complete();
            while (_asked.Reader.TryRead(out var done))
                done.SetResult(false);
        }
    }

    async Task<bool> AskAsync(CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await _asked.Writer.WaitToWriteAsync(cancellation))
            return false;
        return _asked.Writer.TryWrite(done) && await done.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes the folder's site over, or refuses it; false when it must be tried again.</summary>
    Task<bool> TakeFilesAsync(CancellationToken stopping) => TriedAsync(async () =>
    {
        switch (SiteReader.Read(options.SiteFolder!))
        {
            case SiteVerdict.Wrong(var errors):
                Refuse(errors);
                break;
            case SiteVerdict.Right(var site):
                // The way in is opened at start: another broker waits for the next one.
                await TakeOverAsync(site with { Broker = _broker }, site.Broker != _broker, stopping);
                if (inForce.Refused is not null)
                    Log.SiteAgain(logger);
                inForce.Refused = null;
                break;
            default:
                throw new InvalidOperationException("A verdict is right or wrong.");
        }
    });

    /// <summary>Takes over what was adopted and let go beside the files in force; false when it must be tried again, which every look does.</summary>
    async Task<bool> TakeAdoptedAsync(CancellationToken stopping)
    {
        var isDone = await TriedAsync(() => TakeOverAsync(inForce.Files, isBrokerOther: false, stopping));
        _isOwed = !isDone;
        return isDone;
    }

    // The disk, or a device that appears under two numbers: nothing was taken over, and the engine goes on with the site it has.
    async Task<bool> TriedAsync(Func<Task> take)
    {
        try
        {
            await take();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.SiteNotTaken(logger, failure);
            return false;
        }
    }

    async Task TakeOverAsync(Site files, bool isBrokerOther, CancellationToken stopping)
    {
        var site = calibrations.Into(AdoptedDevice.Into(files, adoptions.InForce()));
        var differences = SiteFacets.Differences(inForce.Site, site);
        if (isBrokerOther)
            differences = differences.Add("Broker: changed, and in force from the next start on");
        // What is read is read otherwise at once, but the links asked for their topics when they were made.
        if (!differences.IsEmpty && _broker is not null && !site.Decoders.Select(Heard).ToHashSet().SetEquals(_decoders.Select(Heard)))
            differences = differences.Add("Decoders: other topics are heard from the next start on");
        memory.Know(site);
        var next = memory.OffsetsOf(site);
        var isCalibrated = !next.IsLike(offsets.InForce);
        // Restated and not judged is half a change: whatever ended the judging, it is made up for.
        if (differences.IsEmpty && !isCalibrated && !_isJudgeOwed)
        {
            inForce.Files = files;
            return;
        }
        var lines = Shortened(differences);
        _isJudgeOwed |= isCalibrated;
        if (isCalibrated)
            Log.Restated(logger, await offsets.AdoptAsync(next, ChangeAsync, stopping));
        else
            await ChangeAsync();
        _isJudgeOwed = false;
        _unwritten.Enqueue((true, lines));
        Log.SiteChanged(logger, string.Join("; ", lines));

        Task ChangeAsync() => watch.ChangeAsync(
            async () =>
            {
                var built = await memory.For(site, stopping);
                built.Judge.Rejudge(built.Untold);
                // Before anything is told: who hears an alarm of a new rule must find the rule.
                inForce.Files = files;
                inForce.Site = site;
                return built;
            },
            stopping);
    }

    static (string, bool) Heard(Decoder decoder) => (decoder.Topic, decoder.Format == PayloadFormat.Frigate);

    void Refuse(ImmutableArray<SiteError> errors)
    {
        var lines = Shortened([.. errors.Select(error => $"{error.Place.File}:{error.Place.Line}: {error.Message}; {error.Remedy}")]);
        inForce.Refused = lines[0];
        Log.SiteRefused(logger, string.Join("\n", lines));
        _unwritten.Enqueue((false, lines));
    }

    // A full disk keeps the audit waiting, not the change.
    void WriteDown()
    {
        while (_unwritten.TryPeek(out var note))
        {
            try
            {
                decisions.NoteSite(inForce.Site.Id, note.TakenOver, note.Lines);
            }
            catch (SqliteException trouble) when (Operations.IsTrouble(trouble))
            {
                return;
            }
            _unwritten.Dequeue();
        }
    }

    static ImmutableArray<string> Shortened(ImmutableArray<string> lines) =>
        lines.Length <= MostLines ? lines : [.. lines.Take(MostLines), $"and {lines.Length - MostLines} more"];

    string Print() => options.SiteFolder is not { } folder ? "" : string.Join('|', SiteFolder.Files.Select(file => new FileInfo(Path.Combine(folder, file)))
        .Select(file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : ""));
}

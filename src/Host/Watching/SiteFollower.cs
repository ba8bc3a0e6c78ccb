using System.Collections.Immutable;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.SiteFiles;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CanhLu.Host.Watching;

/// <summary>Follows the site's folder: a changed site is checked whole and taken over while the engine runs; a wrong one is refused, and the one before stays.</summary>
/// <remarks>
/// Taking over is a restart of the rules alone: the judge of the new site remembers what was told and the archive's last readings, judges the present stage
/// anew, and takes the old one's place between two pages. Files are looked at, not watched: that works on every file system, and waits by itself
/// until a slow copy is complete.
/// </remarks>
sealed class SiteFollower(
    string folder, SiteInForce inForce, MemoryRebuild memory, Watch watch, Decisions decisions, TimeProvider time, ILogger<SiteFollower> logger)
    : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>An audit entry and a log line stay readable; the rest is counted.</summary>
    const int MostLines = 40;

    readonly Site _atStart = inForce.Site;
    readonly Queue<(bool TakenOver, ImmutableArray<string> Lines)> _unwritten = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = Print();
        var before = known;
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = Print();
                // Still being written: looked at again when nothing has moved for a whole look.
                var isStill = now == before;
                before = now;
                if (isStill && now != known && await TakeAsync(stoppingToken))
                    known = now;
                WriteDown();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine stops.
        }
    }

    /// <summary>Takes the folder's site over, or refuses it; false when it must be tried again.</summary>
    async Task<bool> TakeAsync(CancellationToken stopping)
    {
        try
        {
            switch (SiteReader.Read(folder))
            {
                case SiteVerdict.Wrong(var errors):
                    Refuse(errors);
                    return true;
                case SiteVerdict.Right(var site):
                    // The way in is opened at start: another broker waits for the next one.
                    await TakeOverAsync(site with { Broker = _atStart.Broker }, site.Broker != _atStart.Broker, stopping);
                    return true;
                default:
                    throw new InvalidOperationException("A verdict is right or wrong.");
            }
        }
        // The disk, or a device that appears under two numbers: nothing was taken over, and the engine goes on with the site it has.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.SiteNotTaken(logger, failure);
            return false;
        }
    }

    async Task TakeOverAsync(Site site, bool isBrokerOther, CancellationToken stopping)
    {
        var differences = SiteFacets.Differences(inForce.Site, site);
        if (isBrokerOther)
            differences = differences.Add("Broker: changed, and in force from the next start on");
        if (inForce.Refused is not null)
            Log.SiteAgain(logger);
        inForce.Refused = null;
        if (differences.IsEmpty)
            return;
        var lines = Shortened(differences);
        memory.Know(site);
        await watch.ChangeAsync(
            async () =>
            {
                var built = await memory.For(site, stopping);
                built.Judge.Rejudge(built.Untold);
                // Before anything is told: who hears an alarm of a new rule must find the rule.
                inForce.Site = site;
                return built;
            },
            stopping);
        _unwritten.Enqueue((true, lines));
        Log.SiteChanged(logger, string.Join("; ", lines));
    }

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

    string Print() => string.Join('|', SiteFolder.Files.Select(file => new FileInfo(Path.Combine(folder, file)))
        .Select(file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : ""));
}

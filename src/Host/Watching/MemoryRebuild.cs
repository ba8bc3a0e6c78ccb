using CanhLu.Archive;
using CanhLu.Duty;
using CanhLu.Ingest;
using CanhLu.Rules;
using CanhLu.Rules.Quality;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Host.Watching;

/// <summary>Gives the watch the memory it had before a stop, or before the site was changed: what was told, then the archive's last readings.</summary>
/// <remarks>Starts after the Archive is open and before any device is let in. A restart inside the hysteresis band neither clears nor repeats.</remarks>
sealed class MemoryRebuild(
    SiteInForce site, SeriesBook book, History history, DutyLog duty, Intake intake, QualityNow quality, Watch watch, TimeProvider time,
    ILogger<MemoryRebuild> logger)
    : IHostedService
{
    /// <summary>A series that is behind the others, yet came in as late as they did, is a backlog that was cut: the watch may not have judged all of it.</summary>
    static readonly Duration CameInWith = Duration.FromHours(1);

    /// <summary>More readings of one series than the channels between the archive and the rules hold of it.</summary>
    const int Backlog = 500;

    static readonly Duration BriefPast = Duration.FromDays(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Know(site.Site);
        var (judge, untold) = await For(site.Site, cancellationToken);
        watch.Begin(judge, untold);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Numbers the series of a site's devices, and lets the devices' messages in.</summary>
    public void Know(Site current)
    {
        // All numbers in one transaction first: one each costs a commit a series.
        book.Ensure([.. current.Devices.Values.SelectMany(SeriesOf)]);
        intake.Adopt(DeviceTable.Of(current, book.Ensure));
    }

    /// <summary>What a site's calibrations add to which series, whose devices are known.</summary>
    public Offsets OffsetsOf(Site current) => Offsets.Of(current.Calibrations
        .Select(one => (Series: book.Find(one.Device, Device.StageQuantity), one.From, Offset: (double)one.OffsetMillimetres))
        .Where(one => one.Series is not null).Select(one => (one.Series!.Id, one.From, one.Offset)));

    /// <summary>A judge of a site that remembers, and what it has judged and nobody was told.</summary>
    public async Task<(Judge Judge, List<Alarm> Untold)> For(Site current, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var judge = Judge.Create(current, book.All);
        var control = QualityControl.Create(current, book.All);

        // What comes of it was not told before the stop: the watch tells it as if it had judged it then.
        var changes = new List<Alarm>();
        var replayed = 0L;
        var latest = history.Latest();
        Instant? begins = latest.Count == 0 ? null : latest.Max(reading => reading.MeasuredAt) - Duration.Max(judge.Lookback, control.Lookback);
        judge.Remember(duty.RememberedAlarms(), from: begins);
        if (begins is { } from)
        {
            await RecallAsync(judge, from, cancellationToken);
            var cameIn = latest.Max(reading => reading.ReceivedAt) - CameInWith;
            foreach (var behind in latest.Where(reading => reading.MeasuredAt < from))
            {
                var last = behind.ReceivedAt >= cameIn ? await history.Last(behind.Series, Backlog, cancellation: cancellationToken) : [behind];
                Array.Reverse(last);
                control.Recall(last);
                judge.Take(last, changes);
                replayed += last.Length;
            }
            await history.Replay([], from, page =>
            {
                control.Recall(page);
                judge.Take(page, changes);
                replayed += page.Length;
            }, cancellationToken);
        }
        judge.EndReplay(changes);
        quality.Adopt(control);
        Log.MemoryRebuilt(logger, current.Stations.Length, replayed, changes.Count, time.GetElapsedTime(began).TotalMilliseconds);
        return (judge, changes);
    }

    // A short past is read in one pass for all, a long one for each series: the pass would go over everything that all others have measured.
    async Task RecallAsync(Judge judge, Instant from, CancellationToken cancellation)
    {
        var brief = judge.Memories.Where(one => one.Back <= BriefPast).ToArray();
        if (brief.Length > 0)
            await history.Replay([.. brief.Select(one => one.Series)], from - brief.Max(one => one.Back), page => judge.Recall(page, before: from), cancellation);
        foreach (var (series, back) in judge.Memories.Where(one => one.Back > BriefPast))
            judge.Recall(await history.Range(series, from - back, from, int.MaxValue, cancellation), before: from);
    }

    static IEnumerable<(string Device, string Quantity, string Unit)> SeriesOf(Device device) =>
        device.Model.Fields.Select(field => (device.Id, field.Quantity, field.Unit)).Append((device.Id, Device.Online, "1"));
}

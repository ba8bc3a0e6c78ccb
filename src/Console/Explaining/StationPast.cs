using CanhLu.Archive;
using CanhLu.Duty;
using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Console.Explaining;

/// <summary>Explains a station by what the archive has of it.</summary>
/// <param name="site">The site.</param>
/// <param name="book">The archive's series.</param>
/// <param name="history">The archive's readings.</param>
/// <param name="duty">What people were asked, and what was kept quiet.</param>
public sealed class StationPast(Site site, SeriesBook book, History history, DutyLog duty)
{
    /// <summary>Why a station's rules stood as they did; null when the site has no such station.</summary>
    /// <exception cref="ArchiveNotReadyException">The archive is closed.</exception>
    public async Task<ExplanationView?> Explain(string station, Instant at, CancellationToken cancellation)
    {
        if (site.StationOf(station) is null)
            return null;
        SeriesId[] stages =
        [
            .. book.All.Where(one => one.Quantity == Device.StageQuantity && site.Devices.GetValueOrDefault(one.Device)?.Station == station).Select(one => one.Id),
        ];
        var readings = new List<Reading>();
        if (stages.Length > 0)
            await history.Replay(stages, at - Explanation.Reach, page => readings.AddRange(page), cancellation);
        return ExplanationView.Of(Explanation.Of(site, book.All, readings, station, at), site, book.All, duty.HeldBack(site, station, at),
            duty.SiteChanges(site.Id, at));
    }
}

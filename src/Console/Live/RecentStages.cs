using System.Collections.Immutable;
using CanhLu.Archive;
using NodaTime;

namespace CanhLu.Console.Live;

/// <summary>The curve of each station over the last two days, read from the archive again only when the station has a newer stage.</summary>
/// <remarks>Belongs to one reader at a time.</remarks>
sealed class RecentStages(History history, SeriesBook series, TimeProvider time)
{
    static readonly Duration Shown = Duration.FromHours(48);
    static readonly Duration Step = Duration.FromMinutes(10);
    static readonly TimeSpan ReadAtMostEvery = TimeSpan.FromSeconds(2);

    readonly Dictionary<string, (Instant Newest, long ReadAt, ImmutableArray<decimal[]> Points)> _known = [];

    /// <summary>[epoch ms, metres] of a station, oldest first.</summary>
    public async ValueTask<ImmutableArray<decimal[]>> Of(Site site, string station, Instant newest, CancellationToken stop)
    {
        if (_known.TryGetValue(station, out var known) && (known.Newest == newest || time.GetElapsedTime(known.ReadAt) < ReadAtMostEvery))
            return known.Points;
        var points = new SortedDictionary<Instant, decimal>();
        foreach (var device in site.Devices.Values)
        {
            if (device.Station != station || series.Find(device.Id, Device.StageQuantity) is not { } stages)
                continue;
            foreach (var bucket in await history.Buckets(stages.Id, newest - Shown, newest + Duration.Epsilon, Step, stop))
                if (bucket.Max is { } stage)
                    points[bucket.From] = (decimal)stage / 1000m;
        }
        var read = points.Select(point => new[] { point.Key.ToUnixTimeMilliseconds(), point.Value }).ToImmutableArray();
        _known[station] = (newest, time.GetTimestamp(), read);
        return read;
    }
}

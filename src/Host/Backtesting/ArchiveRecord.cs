using CanhLu.Archive;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;

namespace CanhLu.Host.Backtesting;

/// <summary>The archive of an engine that is not running, as a record to be judged again.</summary>
sealed class ArchiveRecord(string folder, SeriesKeys keys) : IRecord, IDisposable
{
    readonly PastReadings _past = PastReadings.Open(Path.Combine(folder, new ArchiveOptions().FileName));
    readonly Dictionary<SeriesId, long> _unknown = [];

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    public IReadOnlyList<UnknownSeries> Unknown =>
        [.. _past.Series.Where(series => _unknown.ContainsKey(series.Id)).Select(series => new UnknownSeries(series.Device, series.Quantity, _unknown[series.Id]))];

    public Task ReadAsync(PageTaker page, CancellationToken cancellation)
    {
        var known = _past.Series.ToDictionary(series => series.Id, series => keys.Find(series.Device, series.Quantity));
        Reading[] judged = [];
        _past.Read(
            (readings, share) =>
            {
                if (judged.Length < readings.Length)
                    judged = new Reading[readings.Length];
                var count = 0;
                foreach (ref readonly var reading in readings)
                {
                    var id = known[reading.Series];
                    if (id.Value == 0)
                        _unknown[reading.Series] = _unknown.GetValueOrDefault(reading.Series) + 1;
                    else
                        judged[count++] = reading with { Series = id, ReceivedAt = reading.MeasuredAt };
                }
                page(judged.AsSpan(0, count), share);
            },
            cancellation);
        return Task.CompletedTask;
    }

    public void Dispose() => _past.Dispose();
}

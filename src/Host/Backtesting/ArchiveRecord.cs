using CanhLu.Archive;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using NodaTime;

namespace CanhLu.Host.Backtesting;

/// <summary>An archive as a record to be judged again: a closed one whole, or a stretch of the one that an engine has open.</summary>
sealed class ArchiveRecord : IRecord, IDisposable
{
    delegate void ReadArchive(Action<ReadOnlySpan<Reading>, double> page, CancellationToken cancellation);

    readonly Dictionary<SeriesId, (Series Series, SeriesId Judged)> _series;
    readonly ReadArchive _read;
    readonly IDisposable? _opened;
    readonly Dictionary<SeriesId, long> _unknown = [];

    ArchiveRecord(string name, IEnumerable<Series> series, SeriesKeys keys, ReadArchive read, IDisposable? opened)
    {
        Name = name;
        _series = series.ToDictionary(one => one.Id, one => (one, keys.Find(one.Device, one.Quantity)));
        (_read, _opened) = (read, opened);
    }

    /// <summary>The archive in the folder of an engine that is not running.</summary>
    public static ArchiveRecord Open(string folder, SeriesKeys keys)
    {
        var past = PastReadings.Open(Path.Combine(folder, new ArchiveOptions().FileName));
        return new ArchiveRecord(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), past.Series, keys, past.Read, past);
    }

    /// <summary>A stretch of the archive of the engine that asks.</summary>
    public static ArchiveRecord Of(SeriesBook book, History history, SeriesKeys keys, Instant from, Instant to) => new(
        new ArchiveOptions().FileName, book.All, keys, (page, cancellation) => history.Past(from, to, page, cancellation), null);

    public string Name { get; }

    public IReadOnlyList<UnknownSeries> Unknown =>
        [.. _series.Values.Where(one => _unknown.ContainsKey(one.Series.Id)).Select(one => new UnknownSeries(one.Series.Device, one.Series.Quantity, _unknown[one.Series.Id]))];

    /// <summary>The archive's numbers of a series that is judged.</summary>
    public IEnumerable<SeriesId> Behind(SeriesId judged) => _series.Values.Where(one => one.Judged == judged).Select(one => one.Series.Id);

    public Task ReadAsync(PageTaker page, CancellationToken cancellation)
    {
        Read(page, cancellation);
        return Task.CompletedTask;
    }

    /// <summary>The same on the thread of whoever asks.</summary>
    public void Read(PageTaker page, CancellationToken cancellation)
    {
        Reading[] judged = [];
        _read(
            (readings, share) =>
            {
                if (judged.Length < readings.Length)
                    judged = new Reading[readings.Length];
                var count = 0;
                foreach (ref readonly var reading in readings)
                    if (!_series.TryGetValue(reading.Series, out var known))
                        // Numbered since the record was opened: a device that came in the meantime.
                        continue;
                    else if (known.Judged.Value == 0)
                        _unknown[reading.Series] = _unknown.GetValueOrDefault(reading.Series) + 1;
                    else
                        judged[count++] = reading with { Series = known.Judged, ReceivedAt = reading.MeasuredAt };
                page(judged.AsSpan(0, count), share);
            },
            cancellation);
    }

    public void Dispose() => _opened?.Dispose();
}

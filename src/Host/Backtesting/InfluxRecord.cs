using CanhLu.Archive.Influx;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;

namespace CanhLu.Host.Backtesting;

/// <summary>The copy of an archive in InfluxDB as a record to be judged again.</summary>
/// <param name="history">The copy.</param>
/// <param name="name">What people call it.</param>
/// <param name="keys">What may be read of it.</param>
/// <param name="site">The site whose quantities are asked for.</param>
/// <param name="station">Only this station's devices; null for all.</param>
sealed class InfluxRecord(InfluxHistory history, string name, SeriesKeys keys, Site site, string? station) : IRecord
{
    readonly Dictionary<(string Device, string Quantity), long> _unknown = [];

    public string Name => name;

    public IReadOnlyList<UnknownSeries> Unknown => [.. _unknown.Select(one => new UnknownSeries(one.Key.Device, one.Key.Quantity, one.Value))];

    public Task ReadAsync(PageTaker page, CancellationToken cancellation)
    {
        string[] quantities = [.. site.Devices.Values.SelectMany(device => device.Model.Fields.Select(field => field.Quantity)).Append(Device.Online).Distinct().Order(StringComparer.Ordinal)];
        return history.Read(
            quantities, Number,
            (readings, share) =>
            {
                var judged = readings.ToArray();
                // As everywhere in a backtest: a reading comes in when it was measured.
                foreach (ref var reading in judged.AsSpan())
                    reading = reading with { ReceivedAt = reading.MeasuredAt };
                page(judged, share);
            },
            cancellation);
    }

    SeriesId Number(string quantity, string device, string unit, long readings)
    {
        if (station is not null && site.Devices.GetValueOrDefault(device)?.Station != station)
            return default;
        var id = keys.Find(device, quantity);
        if (id.Value == 0)
            _unknown[(device, quantity)] = _unknown.GetValueOrDefault((device, quantity)) + readings;
        return id;
    }
}

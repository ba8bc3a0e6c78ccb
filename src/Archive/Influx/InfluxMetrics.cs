using System.Diagnostics.Metrics;

namespace CanhLu.Archive.Influx;

/// <summary>What the copy counts, meter <c>CanhLu.Influx</c>.</summary>
public sealed class InfluxMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Influx";

    readonly Meter _meter;
    readonly Counter<long> _written;
    readonly Counter<long> _parked;
    readonly Counter<long> _failures;

    /// <summary>The instruments, on a meter of the factory.</summary>
    public InfluxMetrics(IMeterFactory meters, InfluxState state)
    {
        _meter = meters.Create(MeterName);
        _written = _meter.CreateCounter<long>("canhlu.influx.written", "{line}", "Lines that the server has accepted.");
        _parked = _meter.CreateCounter<long>("canhlu.influx.parked", "{line}", "Lines that the server will never take, parked with their reason.");
        _failures = _meter.CreateCounter<long>("canhlu.influx.failures", "{attempt}", "Attempts to write that have to be made again.");
        _meter.CreateObservableGauge("canhlu.influx.behind", () => state.Behind, "{line}", "Lines not copied yet.");
        _meter.CreateObservableGauge("canhlu.influx.ready", () => state.Trouble is null ? 1 : 0, "1", "1 while the server takes what it is given.");
    }

    internal void Wrote(int lines) => _written.Add(lines);

    internal void Parked(int lines) => _parked.Add(lines);

    internal void Failed() => _failures.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}

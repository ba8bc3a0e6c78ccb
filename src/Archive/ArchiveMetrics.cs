using System.Diagnostics.Metrics;

namespace CanhLu.Archive;

/// <summary>What the archive counts, meter <c>CanhLu.Archive</c>.</summary>
public sealed class ArchiveMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Archive";

    readonly Meter _meter;
    readonly Counter<long> _stored;
    readonly Counter<long> _repeats;
    readonly Counter<long> _asked;
    readonly Counter<long> _deleted;
    readonly Counter<long> _thinned;
    readonly Counter<long> _refused;
    readonly Counter<long> _failures;
    readonly Histogram<double> _commit;
    readonly Histogram<double> _checkpoint;

    /// <summary>The instruments, on a meter of the factory.</summary>
    public ArchiveMetrics(IMeterFactory meters, ArchiveState state)
    {
        _meter = meters.Create(MeterName);
        _stored = _meter.CreateCounter<long>("canhlu.archive.readings", "{reading}", "Readings committed to disk.");
        _repeats = _meter.CreateCounter<long>("canhlu.archive.repeats", "{reading}", "Readings that were stored before, and settled as such.");
        _asked = _meter.CreateCounter<long>("canhlu.archive.asked", "{reading}", "Readings so old that the file was asked whether they are repeats.");
        _deleted = _meter.CreateCounter<long>("canhlu.archive.deleted", "{reading}", "Readings deleted because of their age.");
        _thinned = _meter.CreateCounter<long>("canhlu.archive.thinned", "{reading}", "Readings deleted because others of their minute or hour stay.");
        _refused = _meter.CreateCounter<long>("canhlu.archive.refused", "{reading}", "Readings not stored because the engine stopped; their devices send them again.");
        _failures = _meter.CreateCounter<long>("canhlu.archive.failures", "{attempt}", "Attempts to commit that failed.");
        _commit = _meter.CreateHistogram<double>("canhlu.archive.commit", "s", "From the first statement of a commit until it is on disk.");
        _checkpoint = _meter.CreateHistogram<double>("canhlu.archive.checkpoint", "s", "Taking the write-ahead log into the file.");
        _meter.CreateObservableGauge("canhlu.archive.ready", () => state.Ready ? 1 : 0, "1", "1 while readings are being stored.");
    }

    internal void Committed(int readings, TimeSpan took)
    {
        _stored.Add(readings);
        _commit.Record(took.TotalSeconds);
    }

    internal void Repeated(int readings) => _repeats.Add(readings);

    internal void Asked(int readings) => _asked.Add(readings);

    internal void Deleted(int readings) => _deleted.Add(readings);

    internal void Thinned(int readings) => _thinned.Add(readings);

    internal void Refused(int readings) => _refused.Add(readings);

    internal void Failed() => _failures.Add(1);

    internal void Checkpointed(TimeSpan took) => _checkpoint.Record(took.TotalSeconds);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}

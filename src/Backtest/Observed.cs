using NodaTime;

namespace CanhLu.Backtest;

/// <summary>What a record holds: per station how many stages, from when to when, and their curve.</summary>
public sealed class Observed
{
    readonly SeriesKeys _keys;
    readonly StationRecord?[] _ofSeries;
    readonly Dictionary<string, StationRecord> _stations = [];
    readonly bool _withCurves;

    /// <param name="keys">The series.</param>
    /// <param name="withCurves">Whether curves are kept, for a report; some 600 KB a station.</param>
    public Observed(SeriesKeys keys, bool withCurves)
    {
        _keys = keys;
        _withCurves = withCurves;
        _ofSeries = new StationRecord?[keys.Count];
    }

    /// <summary>How many readings of known series there were.</summary>
    public long Readings { get; private set; }

    /// <summary>The first MeasuredAt; null before any reading.</summary>
    public Instant? First { get; private set; }

    /// <summary>The last one.</summary>
    public Instant? Last { get; private set; }

    /// <summary>Stations that have stages in the record, by id.</summary>
    public IReadOnlyDictionary<string, StationRecord> Stations => _stations;

    /// <summary>The years that all stations together were observed, from the first to the last stage of each; gaps count.</summary>
    public double StationYears => _stations.Values.Sum(station => (station.Last - station.First).TotalDays) / 365.25;

    /// <summary>Takes the next readings.</summary>
    public void Take(ReadOnlySpan<Reading> readings)
    {
        if (readings.Length == 0)
            return;
        Readings += readings.Length;
        First ??= readings[0].MeasuredAt;
        Last = readings[^1].MeasuredAt;
        foreach (ref readonly var reading in readings)
        {
            var station = _ofSeries[reading.Series.Value];
            if (station is null)
            {
                if (_keys[reading.Series] is not { IsStage: true, Station: { } id })
                    continue;
                _ofSeries[reading.Series.Value] = station = Of(id, reading.MeasuredAt);
            }
            station.Take(reading);
        }
    }

    StationRecord Of(string id, Instant first)
    {
        if (!_stations.TryGetValue(id, out var station))
            _stations.Add(id, station = new StationRecord(first, _withCurves ? new Curve() : null));
        return station;
    }
}

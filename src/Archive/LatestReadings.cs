namespace CanhLu.Archive;

/// <summary>The newest reading of every series, by the river's clock.</summary>
sealed class LatestReadings
{
    readonly Lock _lock = new();
    Reading[] _latest = [];

    /// <summary>Takes committed readings.</summary>
    public void Take(ReadOnlySpan<Reading> readings)
    {
        lock (_lock)
        {
            foreach (ref readonly var reading in readings)
            {
                var index = reading.Series.Value;
                if (index >= _latest.Length)
                    Array.Resize(ref _latest, Math.Max(index + 1, Math.Max(64, _latest.Length * 2)));
                if (_latest[index].Series.Value == 0 || reading.MeasuredAt > _latest[index].MeasuredAt)
                    _latest[index] = reading;
            }
        }
    }

    /// <summary>Adds to the newest readings of some series what others would have added.</summary>
    public void Restate(IEnumerable<SeriesId> those, Offsets before, Offsets now)
    {
        lock (_lock)
        {
            foreach (var series in those)
                if (series.Value < _latest.Length && _latest[series.Value] is { Series.Value: not 0 } reading)
                    _latest[series.Value] = reading with { Value = reading.Value - before.At(series, reading.MeasuredAt) + now.At(series, reading.MeasuredAt) };
        }
    }

    /// <summary>The newest reading of a series; null when it has none.</summary>
    public Reading? Of(SeriesId series)
    {
        lock (_lock)
            return series.Value < _latest.Length && _latest[series.Value].Series.Value != 0 ? _latest[series.Value] : null;
    }

    /// <summary>The newest reading of every series that has one, in the order of the series.</summary>
    public Reading[] All()
    {
        lock (_lock)
            return Array.FindAll(_latest, reading => reading.Series.Value != 0);
    }
}

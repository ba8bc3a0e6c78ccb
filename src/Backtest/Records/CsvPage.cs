using System.Buffers;

namespace CanhLu.Backtest.Records;

/// <summary>The readings of one block of a CSV file.</summary>
sealed class CsvPage : IDisposable
{
    Reading[] _readings = ArrayPool<Reading>.Shared.Rent(32_768);
    int _count;

    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, _count);

    /// <summary>How many lines the block has.</summary>
    public int Lines { get; set; }

    /// <summary>MeasuredAt of the first line with a time, ticks since 1970, and of the last; unset when the block has no line.</summary>
    public long First { get; set; } = long.MaxValue;

    public long Last { get; set; } = long.MinValue;

    /// <summary>Where the file is in the block's bytes' end, of the whole.</summary>
    public double Share { get; set; }

    /// <summary>The first line that is wrong, counted from 0; then the block was read so far only.</summary>
    public (int Line, string Wrong, string Remedy)? Fault { get; set; }

    public void Add(in Reading reading)
    {
        if (_count == _readings.Length)
        {
            var larger = ArrayPool<Reading>.Shared.Rent(2 * _count);
            Readings.CopyTo(larger);
            ArrayPool<Reading>.Shared.Return(_readings);
            _readings = larger;
        }
        _readings[_count++] = reading;
    }

    public void Dispose()
    {
        ArrayPool<Reading>.Shared.Return(_readings);
        _readings = [];
        _count = 0;
    }
}

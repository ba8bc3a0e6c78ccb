using System.Buffers;

namespace CanhLu.Archive;

/// <summary>One commit in the making: the readings of some batches without the repeats among them.</summary>
/// <remarks>Fixed once it is staged, however often its writing has to be tried. The file still has to be asked about the ones in <see cref="Old"/>.</remarks>
sealed class StagedCommit
{
    readonly List<int> _old = [];
    readonly HashSet<(SeriesId, long)> _oldTimes = [];
    Reading[] _readings;

    StagedCommit(int capacity) => _readings = ArrayPool<Reading>.Shared.Rent(capacity);

    /// <summary>The fresh readings, in the order in which they came.</summary>
    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Readings that are stored already.</summary>
    public int Repeats { get; private set; }

    /// <summary>Places in <see cref="Readings"/> of those that may be repeats still.</summary>
    public IReadOnlyList<int> Old => _old;

    /// <summary>Takes the readings of the batches; the first value of a time wins.</summary>
    public static StagedCommit Of(List<ReadingBatch> batches, int readings, KnownTimes known)
    {
        var staged = new StagedCommit(Math.Max(readings, 1));
        foreach (var batch in batches)
        {
            foreach (ref readonly var reading in batch.Readings)
                staged.Take(in reading, known);
        }
        return staged;
    }

    /// <summary>Drops those of the old ones that the file turned out to hold.</summary>
    public void Drop(HashSet<(SeriesId, long)> stored)
    {
        if (stored.Count > 0)
        {
            var kept = _old[0];
            var next = 0;
            for (var i = kept; i < Count; i++)
            {
                var isOld = next < _old.Count && _old[next] == i;
                if (isOld)
                    next++;
                if (!isOld || !stored.Contains((_readings[i].Series, Microseconds.Of(_readings[i].MeasuredAt))))
                    _readings[kept++] = _readings[i];
            }
            Repeats += Count - kept;
            Count = kept;
        }
        _old.Clear();
    }

    /// <summary>The readings as a page; the array goes with it.</summary>
    public ReadingPage ToPage()
    {
        var page = new ReadingPage(_readings, Count);
        _readings = [];
        Count = 0;
        return page;
    }

    /// <summary>Gives the array back when there is no page.</summary>
    public void Release()
    {
        if (_readings.Length > 0)
            ArrayPool<Reading>.Shared.Return(_readings);
        _readings = [];
        Count = 0;
    }

    void Take(in Reading reading, KnownTimes known)
    {
        var time = Microseconds.Of(reading.MeasuredAt);
        switch (known.Take(reading.Series, time))
        {
            case Known.New:
                break;
            case Known.Ask when _oldTimes.Add((reading.Series, time)):
                _old.Add(Count);
                break;
            case Known.Ask or Known.Repeat:
                Repeats++;
                return;
        }
        _readings[Count++] = reading;
    }
}

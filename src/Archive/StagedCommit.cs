using System.Buffers;
using NodaTime;

namespace CanhLu.Archive;

/// <summary>One commit in the making: the readings of some batches without the repeats among them.</summary>
/// <remarks>Fixed once it is staged, however often its writing has to be tried. The file still has to be asked about the ones in <see cref="Old"/>.</remarks>
sealed class StagedCommit
{
    readonly List<int> _old = [];
    readonly List<FlagCorrection> _corrections = [];
    Reading[] _readings;
    bool _judged;

    StagedCommit(int capacity) => _readings = ArrayPool<Reading>.Shared.Rent(capacity);

    /// <summary>The fresh readings, in the order in which they came.</summary>
    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Readings that are stored already.</summary>
    public int Repeats { get; private set; }

    /// <summary>Places in <see cref="Readings"/> of those that may be repeats still.</summary>
    public IReadOnlyList<int> Old => _old;

    /// <summary>What the readings have decided of stored ones.</summary>
    public IReadOnlyList<FlagCorrection> Corrections => _corrections;

    /// <summary>Takes the readings of the batches, with what is added to them; the first value of a time wins.</summary>
    public static StagedCommit Of(List<ReadingBatch> batches, int readings, KnownTimes known, Offsets offsets)
    {
        var staged = new StagedCommit(Math.Max(readings, 1));
        foreach (var batch in batches)
        {
            foreach (ref readonly var reading in batch.Readings)
                staged.Take(in reading, known);
        }
        staged.DropDoubles();
        offsets.AddTo(staged._readings.AsSpan(0, staged.Count));
        return staged;
    }

    /// <summary>Drops those of the old ones that the file turned out to hold.</summary>
    public void Drop(HashSet<(SeriesId, long)> stored)
    {
        if (stored.Count > 0)
            Keep((reading, old) => !old || !stored.Contains(Key(reading)));
        _old.Clear();
    }

    /// <summary>Has the flags of the readings decided, once: when no repeat is among them any more, and however often the commit is tried.</summary>
    public void Judge(IQualityControl quality)
    {
        if (_judged)
            return;
        _judged = true;
        quality.Judge(_readings.AsSpan(0, Count), _corrections);
    }

    /// <summary>The readings as a page; the array goes with it.</summary>
    public ReadingPage ToPage(Instant storedAt)
    {
        var page = new ReadingPage(_readings, Count, storedAt);
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

    static (SeriesId, long) Key(in Reading reading) => (reading.Series, Microseconds.Of(reading.MeasuredAt));

    void Take(in Reading reading, KnownTimes known)
    {
        switch (known.Take(reading.Series, Microseconds.Of(reading.MeasuredAt)))
        {
            case Known.New:
                break;
            case Known.Ask:
                _old.Add(Count);
                break;
            case Known.Repeat:
                Repeats++;
                return;
        }
        _readings[Count++] = reading;
    }

    /// <summary>An old one may repeat another of this very commit, which the file cannot know yet: an old one too, or one that newer ones have pushed out of
    /// the kept times meanwhile.</summary>
    void DropDoubles()
    {
        if (_old.Count == 0)
            return;
        var suspects = _old.Select(index => _readings[index].Series).ToHashSet();
        var seen = new HashSet<(SeriesId, long)>();
        Keep((reading, _) => !suspects.Contains(reading.Series) || seen.Add(Key(reading)));
    }

    void Keep(Func<Reading, bool, bool> keep)
    {
        var (kept, old) = (0, 0);
        for (var (i, next) = (0, 0); i < Count; i++)
        {
            var isOld = next < _old.Count && _old[next] == i;
            if (isOld)
                next++;
            if (!keep(_readings[i], isOld))
                continue;
            if (isOld)
                _old[old++] = kept;
            _readings[kept++] = _readings[i];
        }
        _old.RemoveRange(old, _old.Count - old);
        Repeats += Count - kept;
        Count = kept;
    }
}

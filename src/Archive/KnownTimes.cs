namespace CanhLu.Archive;

/// <summary>What is known of a reading's time in its series.</summary>
enum Known
{
    /// <summary>No reading of this time is stored.</summary>
    New,

    /// <summary>One is stored.</summary>
    Repeat,

    /// <summary>Too old to be known here: the file must be asked.</summary>
    Ask,
}

/// <summary>The newest measured times of every series, so that repeats are recognised without an index in the file.</summary>
/// <remarks>
/// Law: every stored time of a series later than its floor is among the kept ones. So a time later than the last kept is new at no cost, one above the
/// floor is decided exactly here, and only an older one needs the file. Belongs to the writer's loop.
/// </remarks>
/// <param name="floor">No stored time later than this is missing here, for series that the file knew when it was opened.</param>
/// <param name="newestSeries">The last of those series; a later one has nothing stored.</param>
sealed class KnownTimes(long floor, int newestSeries)
{
    /// <summary>Times kept a series.</summary>
    public const int Kept = 32;

    long[] _times = [];
    int[] _counts = [];
    long[] _floors = [];

    /// <summary>Says what is known of a time, and keeps it when it is new.</summary>
    public Known Take(SeriesId series, long time)
    {
        var index = series.Value;
        if (index >= _counts.Length)
            Grow(index + 1);
        var count = _counts[index];
        var kept = _times.AsSpan(index * Kept, Kept);
        if (count == 0 || time > kept[count - 1])
        {
            if (time <= _floors[index])
                return Known.Ask;
            Insert(index, kept, count, count, time);
            return Known.New;
        }
        var place = kept[..count].BinarySearch(time);
        if (place >= 0)
            return Known.Repeat;
        if (time <= _floors[index])
            return Known.Ask;
        Insert(index, kept, count, ~place, time);
        return Known.New;
    }

    void Insert(int index, Span<long> kept, int count, int place, long time)
    {
        if (count < Kept)
        {
            kept[place..count].CopyTo(kept[(place + 1)..]);
            kept[place] = time;
            _counts[index] = count + 1;
        }
        else if (place == 0)
        {
            _floors[index] = time;
        }
        else
        {
            _floors[index] = kept[0];
            kept[1..place].CopyTo(kept);
            kept[place - 1] = time;
        }
    }

    void Grow(int needed)
    {
        var old = _counts.Length;
        var size = Math.Max(needed, Math.Max(64, old * 2));
        Array.Resize(ref _times, size * Kept);
        Array.Resize(ref _counts, size);
        Array.Resize(ref _floors, size);
        for (var index = old; index < size; index++)
            _floors[index] = index > newestSeries ? long.MinValue : floor;
    }
}

namespace CanhLu.Rules;

/// <summary>The settled stages of every gauge, in order of MeasuredAt, and the rate of rise that they and the unsettled ones tell.</summary>
/// <remarks>
/// A ring of <see cref="Capacity"/> points a gauge, all rings in flat arrays; times are milliseconds. Time is cut into spans of a gauge's spacing, and the
/// newest reading of each span is kept: so a gauge that reports every second still fills the whole window, and the same readings in any order leave the same ring.
/// </remarks>
sealed class RecentStages
{
    public const int Capacity = 32;
    const int Mask = Capacity - 1;

    // Years before 1970 too: milliseconds are counted from year 1.
    const long YearOne = 621_355_968_000_000_000;

    readonly long[] _base;
    readonly uint[] _after;
    readonly int[] _millimetres;
    readonly byte[] _oldest;
    readonly byte[] _count;

    public RecentStages(int gauges)
    {
        _base = new long[gauges];
        _after = new uint[gauges * Capacity];
        _millimetres = new int[gauges * Capacity];
        _oldest = new byte[gauges];
        _count = new byte[gauges];
    }

    /// <summary>The least spacing, ms, with which a ring holds all of a window of so many ms.</summary>
    public static long Spacing(long window) => Math.Max(1, (window + Capacity - 2) / (Capacity - 1));

    /// <summary>Takes a stage that is settled, or so late that it is nothing but history.</summary>
    public void Take(int gauge, long spacing, long measuredAt, int millimetres)
    {
        var at = Milliseconds(measuredAt);
        if (!Fit(gauge, at))
            return;
        var after = (uint)(at - _base[gauge]);
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        int oldest = _oldest[gauge], count = _count[gauge], place = count;
        while (place > 0 && times[(oldest + place - 1) & Mask] > after)
            place--;
        if (place < count && SameSpan(at, _base[gauge] + times[(oldest + place) & Mask], spacing))
            return;
        if (place > 0)
        {
            var before = (oldest + place - 1) & Mask;
            if (times[before] == after)
                return;
            if (SameSpan(_base[gauge] + times[before], at, spacing))
            {
                times[before] = after;
                stages[before] = millimetres;
                return;
            }
        }
        if (count == Capacity)
        {
            if (place == 0)
                return;
            oldest = (oldest + 1) & Mask;
            _oldest[gauge] = (byte)oldest;
            place--;
            count--;
        }
        for (var i = count; i > place; i--)
        {
            times[(oldest + i) & Mask] = times[(oldest + i - 1) & Mask];
            stages[(oldest + i) & Mask] = stages[(oldest + i - 1) & Mask];
        }
        times[(oldest + place) & Mask] = after;
        stages[(oldest + place) & Mask] = millimetres;
        _count[gauge] = (byte)(count + 1);
    }

    /// <summary>The slope of the window that ends at a gauge's newest stage, by least squares; null when too few points or too short a time tell it.</summary>
    /// <param name="gauge">The gauge's number.</param>
    /// <param name="window">The window.</param>
    /// <param name="spacing">The gauge's spacing, ms.</param>
    /// <param name="open">Unsettled stages of its station, up to the one at which the rate is asked for.</param>
    /// <param name="own">Number of the gauge among the station's.</param>
    public RateOfRise? Rate(int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own)
    {
        // Written out in locals: these two loops are most of what a stage above the gate costs.
        long end = 0, last = 0, dx = 0;
        int height = 0, points = 0;
        double x = 0, y = 0, xx = 0, xy = 0;
        for (var i = open.Length - 1; i >= 0; i--)
        {
            ref readonly var one = ref open[i];
            if (one.Gauge != own || one.Counted == Unsettled.Nothing)
                continue;
            var at = Milliseconds(one.MeasuredAt);
            if (points == 0)
                (end, height) = (at, one.Counted);
            else if (SameSpan(at, last, spacing))
                continue;
            if (at - end < -window.Length)
                break;
            last = at;
            dx = at - end;
            double dy = (double)one.Counted - height;
            x += dx;
            y += dy;
            xx += (double)dx * dx;
            xy += dx * dy;
            points++;
        }
        int oldest = _oldest[gauge], count = _count[gauge];
        if (points + count < window.MinPoints)
            return null;
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var newest = (oldest + count - 1) & Mask;
        if (points == 0 && count > 0)
            (end, height) = (_base[gauge] + times[newest], stages[newest]);
        else if (count > 0 && SameSpan(_base[gauge] + times[newest], last, spacing))
            count--;
        var shift = _base[gauge] - end;
        for (var i = count - 1; i >= 0; i--)
        {
            var place = (oldest + i) & Mask;
            var back = shift + times[place];
            if (back < -window.Length)
                break;
            dx = back;
            double dy = (double)stages[place] - height;
            x += dx;
            y += dy;
            xx += (double)dx * dx;
            xy += dx * dy;
            points++;
        }
        if (points < window.MinPoints || -dx < window.MinSpan)
            return null;
        var spread = points * xx - x * x;
        var slope = spread > 0 ? (points * xy - x * y) / spread * NodaTime.NodaConstants.MillisecondsPerHour : 0;
        return new RateOfRise((int)Math.Clamp(Math.Round(slope, MidpointRounding.AwayFromZero), -1e9, 1e9));
    }

    /// <summary>Whether the points reach back to the window's beginning.</summary>
    public bool Reach(int gauge, in RateWindow window, ReadOnlySpan<Unsettled> open, int own)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count == Capacity)
            return true;
        var first = count > 0 ? _base[gauge] + _after[gauge * Capacity + oldest] : long.MaxValue;
        var last = count > 0 ? _base[gauge] + _after[gauge * Capacity + ((oldest + count - 1) & Mask)] : long.MinValue;
        foreach (ref readonly var one in open)
        {
            if (one.Gauge != own)
                continue;
            last = Milliseconds(one.MeasuredAt);
            first = Math.Min(first, last);
        }
        return first <= last && last - first >= window.Length;
    }

    /// <summary>Makes a time sayable as an offset; what lies too far before it is forgotten.</summary>
    bool Fit(int gauge, long at)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count == 0)
        {
            _base[gauge] = at;
            return true;
        }
        if (at >= _base[gauge] && at - _base[gauge] <= uint.MaxValue)
            return true;
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        if (at < _base[gauge])
        {
            var newest = _base[gauge] + times[(oldest + count - 1) & Mask];
            if (newest - at > uint.MaxValue)
                return false;
            var shift = (uint)(_base[gauge] - at);
            for (var i = 0; i < count; i++)
                times[(oldest + i) & Mask] += shift;
            _base[gauge] = at;
            return true;
        }
        while (count > 0 && at - (_base[gauge] + times[oldest]) > uint.MaxValue)
        {
            oldest = (oldest + 1) & Mask;
            count--;
        }
        var from = count > 0 ? _base[gauge] + times[oldest] : at;
        for (var i = 0; i < count; i++)
            times[(oldest + i) & Mask] -= (uint)(from - _base[gauge]);
        (_base[gauge], _oldest[gauge], _count[gauge]) = (from, (byte)oldest, (byte)count);
        return true;
    }

    static long Milliseconds(long ticks) => (ticks + YearOne) / NodaTime.NodaConstants.TicksPerMillisecond;

    static bool SameSpan(long earlier, long later, long spacing) => later - earlier < spacing && later / spacing == earlier / spacing;
}

namespace CanhLu.Rules;

/// <summary>The last stages of every gauge, in order of MeasuredAt, and the rate of rise that they tell.</summary>
/// <remarks>
/// A ring of <see cref="Capacity"/> points a gauge, all rings in two flat arrays. Time is cut into spans of a gauge's spacing, and the newest reading
/// of each span is kept: so a gauge that reports every second still fills the whole window, and the same readings in any order leave the same ring.
/// </remarks>
sealed class RecentStages
{
    public const int Capacity = 32;
    const int Mask = Capacity - 1;

    // Years before 1970 too: spans are counted from year 1.
    const long YearOne = 621_355_968_000_000_000;

    readonly long[] _at;
    readonly int[] _millimetres;
    readonly byte[] _oldest;
    readonly byte[] _count;

    public RecentStages(int gauges)
    {
        _at = new long[gauges * Capacity];
        _millimetres = new int[gauges * Capacity];
        _oldest = new byte[gauges];
        _count = new byte[gauges];
    }

    /// <summary>The least spacing with which a ring holds all of a window.</summary>
    public static long Spacing(long window) => Math.Max(1, (window + Capacity - 2) / (Capacity - 1));

    public void Take(int gauge, long spacing, long at, int millimetres)
    {
        var times = _at.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        int oldest = _oldest[gauge], count = _count[gauge], place = count;
        while (place > 0 && times[(oldest + place - 1) & Mask] > at)
            place--;
        if (place < count && SameSpan(at, times[(oldest + place) & Mask], spacing))
            return;
        if (place > 0)
        {
            var before = (oldest + place - 1) & Mask;
            if (times[before] == at)
                return;
            if (SameSpan(times[before], at, spacing))
            {
                times[before] = at;
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
        times[(oldest + place) & Mask] = at;
        stages[(oldest + place) & Mask] = millimetres;
        _count[gauge] = (byte)(count + 1);
    }

    /// <summary>The slope of the window that ends at the newest stage, by least squares; null when too few points or too short a time tell it.</summary>
    public RateOfRise? Rate(int gauge, in RateWindow window)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count < window.MinPoints)
            return null;
        var times = _at.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var last = (oldest + count - 1) & Mask;
        long end = times[last], begin = end - window.Length, first = end;
        double x = 0, y = 0, xx = 0, xy = 0;
        var points = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            var place = (oldest + i) & Mask;
            if (times[place] < begin)
                break;
            first = times[place];
            double dx = first - end, dy = stages[place] - stages[last];
            x += dx;
            y += dy;
            xx += dx * dx;
            xy += dx * dy;
            points++;
        }
        if (points < window.MinPoints || end - first < window.MinSpan)
            return null;
        var spread = points * xx - x * x;
        var slope = spread > 0 ? (points * xy - x * y) / spread * NodaTime.NodaConstants.TicksPerHour : 0;
        return new RateOfRise((int)Math.Clamp(Math.Round(slope, MidpointRounding.AwayFromZero), -1e9, 1e9));
    }

    /// <summary>Whether the points reach back to the window's beginning.</summary>
    public bool Reach(int gauge, in RateWindow window)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        var first = gauge * Capacity;
        return count == Capacity || (count > 0 && _at[first + ((oldest + count - 1) & Mask)] - _at[first + oldest] >= window.Length);
    }

    static bool SameSpan(long earlier, long later, long spacing) =>
        later - earlier < spacing && (later + YearOne) / spacing == (earlier + YearOne) / spacing;
}

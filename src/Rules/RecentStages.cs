using CanhLu.Rules.Forecasting;

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

    /// <summary>The slope of the window that ends at the newest stage; null when too few points or too short a time tell it.</summary>
    /// <param name="gauge">The gauge's number.</param>
    /// <param name="window">How much of the past, and which slope.</param>
    /// <param name="tide">What is taken off first; null for nothing.</param>
    public RateOfRise? Rate(int gauge, in RateWindow window, Tide? tide = null)
    {
        Span<double> hours = stackalloc double[Capacity];
        Span<double> millimetres = stackalloc double[Capacity];
        var points = Read(gauge, window, tide, hours, millimetres);
        if (points < window.MinPoints)
            return null;
        hours = hours[..points];
        millimetres = millimetres[..points];
        var slope = window.Slope == Slope.TheilSen ? TheilSen.Slope(hours, millimetres) : LeastSquares(hours, millimetres);
        return new RateOfRise((int)Math.Clamp(Math.Round(slope, MidpointRounding.AwayFromZero), -1e9, 1e9));
    }

    /// <summary>Whether the rate is below another for the plain reason that the stages hardly differ; false says nothing.</summary>
    /// <remarks>Points further apart than two spans are at least as far apart as the spans between them, so that counting them takes no pairs.</remarks>
    public bool IsSurelyBelow(int gauge, in RateWindow window, RateOfRise rate)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (rate.MillimetresPerHour <= 0 || count < 2 || window.Slope != Slope.TheilSen)
            return false;
        var times = _at.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var begin = times[(oldest + count - 1) & Mask] - window.Length;
        int low = 0, high = count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[(oldest + middle) & Mask] < begin)
                low = middle + 1;
            else
                high = middle;
        }
        var points = count - low;
        // While the ring is not full it begins at its first place.
        int least = stages[0], greatest = least;
        foreach (var stage in stages[..count])
        {
            least = Math.Min(least, stage);
            greatest = Math.Max(greatest, stage);
        }
        // A rate is rounded: what is half a millimetre an hour below is below.
        var apart = ((long)greatest - least) / (rate.MillimetresPerHour - 0.5) * NodaTime.NodaConstants.TicksPerHour;
        var spacing = Spacing(window.Length);
        var lag = Math.Min(apart / spacing, Capacity) + 2;
        var far = points - (int)lag;
        return far > 0 && 2L * far * (far + 1) > (long)points * (points - 1);
    }

    /// <summary>Writes the points of the window: hours from the newest, ascending, and the stages less the newest and less the tide.</summary>
    /// <returns>How many there are; 0 when their time is too short.</returns>
    int Read(int gauge, in RateWindow window, Tide? tide, Span<double> hours, Span<double> millimetres)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count < window.MinPoints)
            return 0;
        var times = _at.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var last = (oldest + count - 1) & Mask;
        long end = times[last], begin = end - window.Length;
        var first = 0;
        while (times[(oldest + first) & Mask] < begin)
            first++;
        if (end - times[(oldest + first) & Mask] < window.MinSpan)
            return 0;
        for (var i = first; i < count; i++)
        {
            var place = (oldest + i) & Mask;
            hours[i - first] = (times[place] - end) / (double)NodaTime.NodaConstants.TicksPerHour;
            millimetres[i - first] = (double)stages[place] - stages[last] - (tide is null ? 0 : tide.At(times[place]));
        }
        return count - first;
    }

    static double LeastSquares(ReadOnlySpan<double> hours, ReadOnlySpan<double> millimetres)
    {
        double x = 0, y = 0, xx = 0, xy = 0;
        for (var i = 0; i < hours.Length; i++)
        {
            x += hours[i];
            y += millimetres[i];
            xx += hours[i] * hours[i];
            xy += hours[i] * millimetres[i];
        }
        var spread = hours.Length * xx - x * x;
        return spread > 0 ? (hours.Length * xy - x * y) / spread : 0;
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

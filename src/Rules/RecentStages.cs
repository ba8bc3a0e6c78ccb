using CanhLu.Rules.Forecasting;

namespace CanhLu.Rules;

/// <summary>The settled stages of every gauge, in order of MeasuredAt, and the rate of rise that they and the unsettled ones tell.</summary>
/// <remarks>
/// A ring of <see cref="Capacity"/> points a gauge, all rings in flat arrays; times are milliseconds. Time is cut into spans of a gauge's spacing, and the
/// newest reading of each span is kept: so a gauge that reports every second still fills the whole window.
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

    /// <summary>Takes a stage that is settled, newer than all before it.</summary>
    public void Take(int gauge, long spacing, long measuredAt, int millimetres)
    {
        var at = Milliseconds(measuredAt);
        Fit(gauge, at);
        var after = (uint)(at - _base[gauge]);
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count > 0 && SameSpan(_base[gauge] + times[(oldest + count - 1) & Mask], at, spacing))
            count--;
        else if (count == Capacity)
        {
            _oldest[gauge] = (byte)((oldest + 1) & Mask);
            oldest++;
            count--;
        }
        times[(oldest + count) & Mask] = after;
        _millimetres[gauge * Capacity + ((oldest + count) & Mask)] = millimetres;
        _count[gauge] = (byte)(count + 1);
    }

    /// <summary>The slope of the window that ends at a gauge's newest stage; null when too few points or too short a time tell it.</summary>
    /// <param name="gauge">The gauge's number.</param>
    /// <param name="window">How much of the past, and which slope.</param>
    /// <param name="spacing">The gauge's spacing, ms.</param>
    /// <param name="open">Unsettled stages of its station, up to the one at which the rate is asked for.</param>
    /// <param name="own">Number of the gauge among the station's.</param>
    /// <param name="tide">What is taken off first; null for nothing.</param>
    public RateOfRise? Rate(int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own, Tide? tide = null)
    {
        Span<double> hours = stackalloc double[Capacity];
        Span<double> millimetres = stackalloc double[Capacity];
        var first = Read(gauge, window, spacing, open, own, tide, hours, millimetres);
        if (Capacity - first < window.MinPoints)
            return null;
        hours = hours[first..];
        millimetres = millimetres[first..];
        var slope = window.Slope == Slope.TheilSen ? TheilSen.Slope(hours, millimetres) : LeastSquares(hours, millimetres);
        return new RateOfRise((int)Math.Clamp(Math.Round(slope, MidpointRounding.AwayFromZero), -1e9, 1e9));
    }

    /// <summary>Whether the rate is below another for the plain reason that the stages hardly differ; false says nothing.</summary>
    public bool IsSurelyBelow(int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own, RateOfRise rate)
    {
        if (rate.MillimetresPerHour <= 0 || window.Slope != Slope.TheilSen)
            return false;
        Span<double> hours = stackalloc double[Capacity];
        Span<double> millimetres = stackalloc double[Capacity];
        var first = Read(gauge, window, spacing, open, own, null, hours, millimetres);
        // A rate is rounded: what is half a millimetre an hour below is below.
        return Capacity - first >= 2 && TheilSen.IsSurelyBelow(hours[first..], millimetres[first..], rate.MillimetresPerHour - 0.5);
    }

    /// <summary>Writes the points of the window to the end of the spans: hours from the newest, ascending, and the stages over the newest less the tide.</summary>
    /// <returns>Where they begin; <see cref="Capacity"/> when their time is too short.</returns>
    int Read(
        int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own, Tide? tide, Span<double> hours, Span<double> millimetres)
    {
        long end = 0, last = 0;
        int height = 0, first = Capacity;
        for (var i = open.Length - 1; i >= 0 && first > 0; i--)
        {
            ref readonly var one = ref open[i];
            if (one.Gauge != own || one.Counted == Unsettled.Nothing)
                continue;
            var at = Milliseconds(one.MeasuredAt);
            if (first == Capacity)
                (end, height) = (at, one.Counted);
            else if (SameSpan(at, last, spacing))
                continue;
            if (end - at > window.Length)
                break;
            last = at;
            first--;
            hours[first] = (at - end) / (double)NodaTime.NodaConstants.MillisecondsPerHour;
            millimetres[first] = (double)one.Counted - height - (tide is null ? 0 : tide.At(one.MeasuredAt));
        }
        int oldest = _oldest[gauge], count = _count[gauge];
        if (Capacity - first + count < window.MinPoints)
            return Capacity;
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var newest = (oldest + count - 1) & Mask;
        if (first == Capacity && count > 0)
            (end, height, last) = (_base[gauge] + times[newest], stages[newest], _base[gauge] + times[newest]);
        else if (count > 0 && SameSpan(_base[gauge] + times[newest], last, spacing))
            count--;
        for (var i = count - 1; i >= 0 && first > 0; i--)
        {
            var place = (oldest + i) & Mask;
            var at = _base[gauge] + times[place];
            if (end - at > window.Length)
                break;
            last = at;
            first--;
            hours[first] = (at - end) / (double)NodaTime.NodaConstants.MillisecondsPerHour;
            millimetres[first] = (double)stages[place] - height - (tide is null ? 0 : tide.At(at * NodaTime.NodaConstants.TicksPerMillisecond - YearOne));
        }
        return end - last < window.MinSpan ? Capacity : first;
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
    void Fit(int gauge, long at)
    {
        int oldest = _oldest[gauge], count = _count[gauge];
        if (count > 0 && at - _base[gauge] <= uint.MaxValue)
            return;
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        while (count > 0 && at - (_base[gauge] + times[oldest]) > uint.MaxValue)
        {
            oldest = (oldest + 1) & Mask;
            count--;
        }
        var from = count > 0 ? _base[gauge] + times[oldest] : at;
        for (var i = 0; i < count; i++)
            times[(oldest + i) & Mask] -= (uint)(from - _base[gauge]);
        (_base[gauge], _oldest[gauge], _count[gauge]) = (from, (byte)oldest, (byte)count);
    }

    static long Milliseconds(long ticks) => (ticks + YearOne) / NodaTime.NodaConstants.TicksPerMillisecond;

    static bool SameSpan(long earlier, long later, long spacing) => later - earlier < spacing && later / spacing == earlier / spacing;
}

using System.Runtime.Intrinsics;
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
        Span<int> before = stackalloc int[Capacity];
        Span<int> above = stackalloc int[Capacity];
        var first = Read(gauge, window, spacing, open, own, before, above, out var end);
        var count = Capacity - first;
        if (count < window.MinPoints)
            return null;
        Span<double> hours = stackalloc double[Capacity];
        Span<double> millimetres = stackalloc double[Capacity];
        for (var i = 0; i < count; i++)
        {
            hours[i] = before[first + i] / (double)NodaTime.NodaConstants.MillisecondsPerHour;
            millimetres[i] = above[first + i]
                - (tide is null ? 0 : tide.At((end + before[first + i]) * NodaTime.NodaConstants.TicksPerMillisecond - YearOne));
        }
        hours = hours[..count];
        millimetres = millimetres[..count];
        var slope = window.Slope == Slope.TheilSen ? TheilSen.Slope(hours, millimetres) : LeastSquares(hours, millimetres);
        return new RateOfRise((int)Math.Clamp(Math.Round(slope, MidpointRounding.AwayFromZero), -1e9, 1e9));
    }

    /// <summary>Whether the rate is below another for the plain reason that the range of the stages, over the distance in time of more than half of their
    /// pairs, makes less than it; false says nothing. In order of the points, where the slope takes their square.</summary>
    public bool IsSurelyBelow(int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own, RateOfRise rate)
    {
        if (rate.MillimetresPerHour <= 0 || window.Slope != Slope.TheilSen)
            return false;
        if (IsSurelyBelow(gauge, window.Length, spacing, open, own, rate))
            return true;
        Span<int> before = stackalloc int[Capacity];
        Span<int> above = stackalloc int[Capacity];
        var first = Read(gauge, window, spacing, open, own, before, above, out _);
        var count = Capacity - first;
        if (count < 2)
            return false;
        int least = 0, greatest = 0;
        foreach (var one in above[first..])
        {
            least = one < least ? one : least;
            greatest = one > greatest ? one : greatest;
        }
        // A rate is rounded: what is half a millimetre an hour below is below.
        var apart = ((long)greatest - least) * NodaTime.NodaConstants.MillisecondsPerHour / (rate.MillimetresPerHour - 0.5);
        if (apart > window.Length)
            return false;
        var gap = (int)apart + 1;
        int far = 0, near = first;
        for (var i = first; i < Capacity; i++)
        {
            while (before[i] - before[near] > gap)
                near++;
            far += near - first;
        }
        return 4 * far > count * (count - 1);
    }

    /// <summary>The same without a look at the single times: no span holds two points, so that within any length of time there are few.</summary>
    bool IsSurelyBelow(int gauge, long window, long spacing, ReadOnlySpan<Unsettled> open, int own, RateOfRise rate)
    {
        // Of very many unsettled ones the look at their spans is shorter than the look at all.
        if (_count[gauge] < Capacity || open.Length > 4 * Capacity)
            return false;
        var (least, greatest) = Range(_millimetres.AsSpan(gauge * Capacity, Capacity));
        var end = Ticks.Never;
        foreach (ref readonly var one in open)
            if (one.Gauge == own && one.Counted != Unsettled.Nothing)
            {
                least = one.Counted < least ? one.Counted : least;
                greatest = one.Counted > greatest ? one.Counted : greatest;
                end = one.MeasuredAt;
            }
        if (end == Ticks.Never)
            return false;
        // Of the ring's points those in the window; for the one that may share its span with an unsettled one, that one.
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        var farthest = Milliseconds(end) - window - _base[gauge];
        int low = 0, high = Capacity;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[(_oldest[gauge] + middle) & Mask] < farthest)
                low = middle + 1;
            else
                high = middle;
        }
        // How many points may lie within the time in which the whole range would make the rate.
        var near = ((long)greatest - least) * NodaTime.NodaConstants.MillisecondsPerHour / (rate.MillimetresPerHour - 0.5) / spacing + 1;
        return Capacity - low - 1 > 4 * near;
    }

    static (int Least, int Greatest) Range(ReadOnlySpan<int> stages)
    {
        var least = Vector256.Create(stages);
        var greatest = least;
        for (var i = Vector256<int>.Count; i < Capacity; i += Vector256<int>.Count)
        {
            var some = Vector256.Create(stages[i..]);
            least = Vector256.Min(least, some);
            greatest = Vector256.Max(greatest, some);
        }
        int low = least[0], high = greatest[0];
        for (var i = 1; i < Vector256<int>.Count; i++)
        {
            low = least[i] < low ? least[i] : low;
            high = greatest[i] > high ? greatest[i] : high;
        }
        return (low, high);
    }

    /// <summary>Writes the points of the window to the end of the spans: milliseconds before the newest (0 or less), ascending, and stages over the newest.</summary>
    /// <returns>Where they begin; <see cref="Capacity"/> when their time is too short.</returns>
    int Read(
        int gauge, in RateWindow window, long spacing, ReadOnlySpan<Unsettled> open, int own, Span<int> before, Span<int> above, out long end)
    {
        long last = 0;
        int height = 0, first = Capacity;
        end = 0;
        for (var i = open.Length - 1; i >= 0 && first > 0; i--)
        {
            ref readonly var one = ref open[i];
            if (one.Gauge != own || one.Counted == Unsettled.Nothing)
                continue;
            var at = Milliseconds(one.MeasuredAt);
            if (first == Capacity)
                (end, height) = (at, one.Counted);
            else if (SameSpan(at, last, spacing))
            {
                // A gauge that reports often has many in a span: over the rest of them at once.
                i = Before(open[..i], last / spacing * spacing);
                continue;
            }
            if (end - at > window.Length)
                break;
            last = at;
            first--;
            before[first] = (int)(at - end);
            above[first] = one.Counted - height;
        }
        int oldest = _oldest[gauge], count = _count[gauge];
        if (Capacity - first + count < window.MinPoints)
            return Capacity;
        var times = _after.AsSpan(gauge * Capacity, Capacity);
        var stages = _millimetres.AsSpan(gauge * Capacity, Capacity);
        var from = _base[gauge];
        var newest = (oldest + count - 1) & Mask;
        if (first == Capacity && count > 0)
            (end, height, last) = (from + times[newest], stages[newest], from + times[newest]);
        else if (count > 0 && SameSpan(from + times[newest], last, spacing))
            count--;
        var since = end - from;
        var farthest = since - window.Length;
        for (var i = count - 1; i >= 0 && first > 0; i--)
        {
            var place = (oldest + i) & Mask;
            var after = (long)times[place];
            if (after < farthest)
                break;
            first--;
            before[first] = (int)(after - since);
            above[first] = stages[place] - height;
        }
        return first < Capacity && -before[first] >= window.MinSpan ? first : Capacity;
    }

    /// <summary>How many stages were measured before a time.</summary>
    static int Before(ReadOnlySpan<Unsettled> open, long milliseconds)
    {
        var time = milliseconds * NodaTime.NodaConstants.TicksPerMillisecond - YearOne;
        int low = 0, high = open.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (open[middle].MeasuredAt < time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
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

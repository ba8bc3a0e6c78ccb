using System.Runtime.CompilerServices;

namespace CanhLu.Rules.Quality;

/// <summary>For every series with an attenuated-signal test: how much it has moved in a period.</summary>
/// <remarks>The period is cut into 15 spans of time, and of each its sums and extremes are kept: so the window reaches back the period, and up to a fifteenth more.</remarks>
sealed class Attenuations(int series)
{
    /// <summary>As many spans as a period touches.</summary>
    public const int Spans = 16;

    const int Mask = Spans - 1;

    readonly Window[] _windows = new Window[series];

    /// <summary>Takes the next value of a series.</summary>
    /// <returns>How many values the window holds, and their movement.</returns>
    public (int Count, double Movement) Take(int number, double value, long at, long period, AttenuationMeasure measure)
    {
        ref var window = ref _windows[number];
        if (!window.Begun)
        {
            window.Begun = true;
            window.Origin = value;
        }
        // Counted from the origin, so that squares of great values do not swallow small movements.
        window.Take(value - window.Origin, at, Math.Max(1, period / (Spans - 1)));
        return window.Look(at - period, measure);
    }

    struct Window
    {
        Sums _sums;
        public double Origin;
        public bool Begun;

        public void Take(double value, long at, long width)
        {
            // Times before 1970 are floored like those after.
            var slot = at >= 0 ? at / width : (at - width + 1) / width;
            ref var sum = ref _sums[(int)(slot & Mask)];
            if (sum.Count == 0 || sum.Slot != slot)
                sum = new Sum { Slot = slot, Least = value, Most = value };
            sum.Newest = at;
            sum.Count++;
            sum.Total += value;
            sum.Squares += value * value;
            sum.Least = Math.Min(sum.Least, value);
            sum.Most = Math.Max(sum.Most, value);
        }

        public readonly (int Count, double Movement) Look(long after, AttenuationMeasure measure)
        {
            var count = 0;
            double total = 0, squares = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
            foreach (ref readonly var sum in (ReadOnlySpan<Sum>)_sums)
            {
                if (sum.Count == 0 || sum.Newest <= after)
                    continue;
                count += sum.Count;
                total += sum.Total;
                squares += sum.Squares;
                least = Math.Min(least, sum.Least);
                most = Math.Max(most, sum.Most);
            }
            return (count, measure == AttenuationMeasure.Range ? most - least
                : count < 2 ? 0
                : Math.Sqrt(Math.Max(0, (squares - total * total / count) / (count - 1))));
        }
    }

    struct Sum
    {
        public long Slot;
        public long Newest;
        public double Total;
        public double Squares;
        public double Least;
        public double Most;
        public int Count;
    }

    [InlineArray(Spans)]
    struct Sums
    {
        Sum _i;
    }
}

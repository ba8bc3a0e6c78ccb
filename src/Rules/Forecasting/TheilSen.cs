namespace CanhLu.Rules.Forecasting;

/// <summary>The slope of points as the median of the slopes of all their pairs: up to 29 % of the points may be wild and do not move it.</summary>
/// <remarks>H. Theil, <em>A rank-invariant method of linear and polynomial regression analysis</em>, 1950; P. K. Sen, <em>Estimates of the regression
/// coefficient based on Kendall's tau</em>, J. Am. Stat. Assoc. 63 (1968) 1379–1389, whence the band too. Times are hours in ascending order, no two of
/// them equal; values are millimetres.</remarks>
static class TheilSen
{
    /// <summary>The most points it takes.</summary>
    public const int MostPoints = 32;

    const int MostPairs = MostPoints * (MostPoints - 1) / 2;

    /// <summary>The slope, mm/h.</summary>
    /// <param name="hours">Two at least.</param>
    /// <param name="millimetres">As many.</param>
    public static double Slope(ReadOnlySpan<double> hours, ReadOnlySpan<double> millimetres)
    {
        Span<double> slopes = stackalloc double[MostPairs];
        return Middle.Of(slopes[..Pairs(hours, millimetres, slopes)]);
    }

    /// <summary>The slope with its distribution-free confidence band (Sen 1968, section 6).</summary>
    /// <param name="hours">Three at least.</param>
    /// <param name="millimetres">As many.</param>
    /// <param name="deviations">How many standard deviations of Kendall's S the band is wide to either side: 1.96 for 95 %.</param>
    public static SlopeBand Band(ReadOnlySpan<double> hours, ReadOnlySpan<double> millimetres, double deviations)
    {
        Span<double> room = stackalloc double[MostPairs];
        var slopes = room[..Pairs(hours, millimetres, room)];
        slopes.Sort();
        var n = hours.Length;
        var spread = deviations * Math.Sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
        var low = Math.Clamp((int)Math.Round((slopes.Length - spread) / 2, MidpointRounding.AwayFromZero) - 1, 0, slopes.Length - 1);
        var high = Math.Clamp((int)Math.Round((slopes.Length + spread) / 2, MidpointRounding.AwayFromZero), 0, slopes.Length - 1);
        return new SlopeBand(slopes[low], Middle.Of(slopes), slopes[high]);
    }

    /// <summary>Whether the slope is below a rate for the plain reason that the range of all values, spread over the distance of more than half of
    /// the pairs, makes less than it. In order of the points, where the slope takes their square; false says nothing.</summary>
    public static bool IsSurelyBelow(ReadOnlySpan<double> hours, ReadOnlySpan<double> millimetres, double rate)
    {
        if (rate <= 0)
            return false;
        double least = millimetres[0], greatest = millimetres[0];
        foreach (var value in millimetres)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        var apart = (greatest - least) / rate;
        int far = 0, near = 0;
        for (var i = 0; i < hours.Length; i++)
        {
            while (hours[i] - hours[near] > apart)
                near++;
            far += near;
        }
        return 4 * far > hours.Length * (hours.Length - 1);
    }

    static int Pairs(ReadOnlySpan<double> hours, ReadOnlySpan<double> millimetres, Span<double> slopes)
    {
        var count = 0;
        for (var j = 1; j < hours.Length; j++)
            for (var i = 0; i < j; i++)
                slopes[count++] = (millimetres[j] - millimetres[i]) / (hours[j] - hours[i]);
        return count;
    }
}

/// <summary>A slope and how low and how high it may be, mm/h.</summary>
readonly record struct SlopeBand(double Low, double Slope, double High);

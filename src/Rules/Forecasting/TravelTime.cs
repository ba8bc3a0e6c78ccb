using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>How long a rise takes from an upper station to a lower one, and how much of it arrives.</summary>
/// <param name="Lag">The time.</param>
/// <param name="Correlation">How alike the two rates are at that lag, −1 to 1.</param>
/// <param name="Gain">The lower rate that goes with an upper rate of 1.</param>
/// <remarks>The lag at which the rates of rise of both correlate best (Pearson), refined between the hours by the parabola through the best and its
/// neighbours (the usual way of time-delay estimation: Jacovitti and Scarano 1993). A rate is the difference of two hours' means, so that a constant
/// or slow difference of the two gauges says nothing.</remarks>
readonly record struct TravelTime(Duration Lag, double Correlation, double Gain)
{
    /// <summary>No lag is looked for beyond a day.</summary>
    public const int MostHours = 24;

    // Two days of hours at least, and a likeness that chance does not make of them.
    const int LeastPairs = 48;
    const double LeastCorrelation = 0.6;

    /// <summary>Learns the travel time; null when nothing that moves both tells it.</summary>
    /// <param name="upper">Mean stages of the upper station, hour by hour, mm; <see cref="double.NaN"/> where unknown.</param>
    /// <param name="lower">Those of the lower one, the same hours.</param>
    public static TravelTime? Learn(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower)
    {
        Span<double> correlations = stackalloc double[MostHours + 1];
        var best = -1;
        for (var lag = 0; lag <= MostHours; lag++)
        {
            correlations[lag] = At(upper, lower, lag).Correlation;
            if (correlations[lag] >= LeastCorrelation && (best < 0 || correlations[lag] > correlations[best]))
                best = lag;
        }
        if (best < 0)
            return null;
        var between = 0.0;
        if (best is > 0 and < MostHours && correlations[best - 1] > -1 && correlations[best + 1] > -1)
        {
            var bend = correlations[best - 1] - 2 * correlations[best] + correlations[best + 1];
            between = bend < 0 ? (correlations[best - 1] - correlations[best + 1]) / (2 * bend) : 0;
        }
        return new TravelTime(Duration.FromHours(best + between), correlations[best], At(upper, lower, best).Gain);
    }

    /// <summary>Correlation and gain at a lag that is known; −1 and 0 when too few hours tell them.</summary>
    public static (double Correlation, double Gain) At(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, int lag)
    {
        double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        var pairs = 0;
        for (var i = lag + 1; i < lower.Length; i++)
        {
            double above = upper[i - lag] - upper[i - lag - 1], below = lower[i] - lower[i - 1];
            if (double.IsNaN(above) || double.IsNaN(below))
                continue;
            x += above;
            y += below;
            xx += above * above;
            yy += below * below;
            xy += above * below;
            pairs++;
        }
        double varianceAbove = pairs * xx - x * x, varianceBelow = pairs * yy - y * y, both = pairs * xy - x * y;
        return pairs < LeastPairs || varianceAbove <= 0 || varianceBelow <= 0
            ? (-1, 0)
            : (both / Math.Sqrt(varianceAbove * varianceBelow), both / varianceAbove);
    }
}

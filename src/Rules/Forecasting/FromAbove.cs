using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>What an upper station's water tells of a lower one's: its change comes down after the travel time, by the gain.</summary>
/// <remarks>
/// With u the upper water, T the travel time and g the gain, the lower line (whose slope already holds what arrives now) gets
/// <c>g ( u(t − T + h) − u(t − T) − h (u(t − T) − u(t − T − W)) / W )</c> at h hours ahead. Beyond what the upper gauge has measured its last slope goes on.
/// Travel time and gain are learned once a day from thirty days of hours; of a given travel time only the gain.
/// </remarks>
sealed class FromAbove(ForecastStation upper, Duration? given)
{
    /// <summary>The hours from which it learns, and the day since it did.</summary>
    public const int Hours = Window + 24;

    const int Window = 30 * 24;
    const double LeastCorrelation = 0.6;

    readonly double[] _above = new double[Window];
    readonly double[] _below = new double[Window];

    /// <summary>The travel time in use; null when nothing tells it, or the gain.</summary>
    public TravelTime? Travel { get; private set; }

    /// <summary>Learns anew from the hours before <paramref name="end"/>.</summary>
    public void Learn(ForecastStation lower, TideBook tides, long end)
    {
        for (var i = 0; i < Window; i++)
        {
            _above[i] = upper.MeanOf(end - Window + i, tides);
            _below[i] = lower.MeanOf(end - Window + i, tides);
        }
        if (given is not { } travel)
        {
            Travel = TravelTime.Learn(_above, _below);
            return;
        }
        var (correlation, gain) = TravelTime.At(_above, _below, (int)Math.Round(travel.TotalHours, MidpointRounding.AwayFromZero));
        Travel = correlation >= LeastCorrelation ? new TravelTime(travel, correlation, gain) : null;
    }

    /// <summary>Adds what comes down to what lies ahead.</summary>
    /// <param name="at">Now, ticks.</param>
    /// <param name="window">Over how long the lower slope was averaged, ticks.</param>
    /// <param name="tides">What is taken off the upper water.</param>
    /// <param name="ahead">The stage besides the line, now and at every step, mm.</param>
    public void Add(long at, long window, TideBook tides, Span<double> ahead)
    {
        if (Travel is not { } travel)
            return;
        var arriving = at - Ticks.Of(travel.Lag);
        var now = upper.WaterAt(arriving, tides);
        var slope = (now - upper.WaterAt(arriving - window, tides)) / window;
        if (double.IsNaN(slope))
            return;
        for (var i = 1; i < ahead.Length; i++)
        {
            var later = upper.WaterAt(arriving + i * Outlook.Step, tides);
            if (double.IsNaN(later))
                return;
            ahead[i] += travel.Gain * (later - now - slope * i * Outlook.Step);
        }
    }
}

using NodaTime;

namespace CanhLu.Rules;

/// <summary>How much of the past tells a rate of rise, in milliseconds.</summary>
readonly struct RateWindow(Duration length, int minPoints, Duration minSpan, Slope slope = Slope.TheilSen)
{
    /// <summary>For the rate that is shown where no rule names another: an hour, three points, half an hour.</summary>
    public static readonly RateWindow Shown = new(Duration.FromHours(1), 3, Duration.FromMinutes(30));

    public readonly long Length = Ticks.Of(length) / NodaConstants.TicksPerMillisecond;

    // A slope needs two points, and a ring has no more than its capacity less the one that may straddle the window's beginning.
    public readonly int MinPoints = Math.Clamp(minPoints, 2, RecentStages.Capacity - 1);
    public readonly long MinSpan = Math.Max(1, Ticks.Of(minSpan) / NodaConstants.TicksPerMillisecond);
    public readonly Slope Slope = slope;
}

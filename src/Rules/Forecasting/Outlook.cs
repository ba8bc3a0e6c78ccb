using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>Where a station's water is going, the tide taken off: a line, and how far the water may stray from it.</summary>
/// <remarks>
/// The slope is a random walk about its present value, so the stage is an integrated one (the local linear trend of structural time series: Harvey 1989;
/// for floods Young, <em>Advances in real-time flood forecasting</em>, 2002). After h hours the line's variance is
/// <c>v + h² (u² + s² W/3) + s² h³/3</c>: v of the present stage, u of the slope (from Sen's band), s of the slope's change in an hour, W the window
/// over which the slope was averaged.
/// </remarks>
/// <param name="At">Now, ticks.</param>
/// <param name="Stage">The stage now less the tide, mm.</param>
/// <param name="Slope">Its slope, mm/h.</param>
/// <param name="StageVariance">v, mm².</param>
/// <param name="SlopeVariance">u² + s² W/3, mm²/h².</param>
/// <param name="Wander">s², mm²/h³.</param>
/// <param name="Width">How many deviations to either side the band is wide.</param>
readonly record struct Outlook(long At, double Stage, double Slope, double StageVariance, double SlopeVariance, double Wander, double Width)
{
    /// <summary>Steps of the scan: a quarter of an hour, between which it goes straight.</summary>
    public static readonly long Step = Ticks.Of(Duration.FromMinutes(15));

    /// <summary>The longest horizon.</summary>
    public const int MostSteps = 48 * 4;

    /// <summary>When the water reaches a height; null when it does not within the horizon, as likely as not.</summary>
    /// <param name="level">The level.</param>
    /// <param name="raise">Where it begins, mm.</param>
    /// <param name="tide">The tide now and at every step after.</param>
    public Forecast? Reach(AlarmLevel level, double raise, ReadOnlySpan<double> tide)
    {
        long from = Ticks.Never, middle = Ticks.Never, to = Ticks.Never;
        double earlyBefore = 0, lineBefore = 0, lateBefore = 0, best = double.MinValue;
        for (var i = 0; i < tide.Length && to == Ticks.Never; i++)
        {
            var hours = i * (Step / (double)NodaConstants.TicksPerHour);
            var line = Stage + Slope * hours + tide[i] - raise;
            var deviation = Math.Sqrt(Math.Max(1, StageVariance + hours * hours * (SlopeVariance + Wander * hours / 3)));
            double early = line + Width * deviation, late = line - Width * deviation;
            best = Math.Max(best, line / deviation);
            if (from == Ticks.Never && early >= 0)
                from = Between(i, earlyBefore, early);
            if (middle == Ticks.Never && line >= 0)
                middle = Between(i, lineBefore, line);
            if (late >= 0)
                to = Between(i, lateBefore, late);
            (earlyBefore, lineBefore, lateBefore) = (early, line, late);
        }
        return middle == Ticks.Never
            ? null
            : new Forecast(level, Ticks.ToInstant(At), Ticks.ToInstant(from), Ticks.ToInstant(middle), to == Ticks.Never ? null : Ticks.ToInstant(to), Deviations.Below(best));
    }

    long Between(int step, double before, double after) =>
        step == 0 ? At : At + (step - 1) * Step + (long)(Step * (-before / (after - before)));
}

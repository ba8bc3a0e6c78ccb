using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>How a station's forecasts of its next level have turned out since the judge began: one every half hour is kept until its level is reached, or
/// its horizon has passed.</summary>
/// <param name="Came">Forecasts whose level was reached.</param>
/// <param name="Held">Those of them whose band held the time.</param>
/// <param name="OpenEnded">Those of <paramref name="Held"/> whose band had no end.</param>
/// <param name="Stayed">Forecasts whose level was not reached within the horizon.</param>
/// <param name="Surprises">Levels that were reached without a forecast.</param>
/// <param name="MeanAbsoluteError">Of the middle, over those that came.</param>
/// <param name="MeanLead">From the making until the level was reached, over those that came.</param>
/// <param name="Brier">The mean square of probability less outcome, over all that turned out; 0 is perfect (Brier 1950).</param>
public sealed record ForecastSkill(
    int Came, int Held, int OpenEnded, int Stayed, int Surprises, Duration MeanAbsoluteError, Duration MeanLead, double Brier)
{
    /// <summary>The share of bands that held; null before any forecast has come.</summary>
    public double? Coverage => Came == 0 ? null : (double)Held / Came;
}

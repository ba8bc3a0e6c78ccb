using CanhLu.Rules.Forecasting;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>A station as it stands now, for those who look at it.</summary>
/// <param name="Station">Its id.</param>
/// <param name="Level">The level of its ladder.</param>
/// <param name="Stage">Its newest believable stage by the river's clock; null when none was read.</param>
/// <param name="MeasuredAt">When that was measured.</param>
/// <param name="ReceivedAt">When a believable stage of it last came in, by our clock.</param>
/// <param name="Rate">Its rate of rise; null when too few points tell it.</param>
public sealed record StationNow(
    string Station, AlarmLevel Level, Stage? Stage, Instant? MeasuredAt, Instant? ReceivedAt, RateOfRise? Rate)
{
    /// <summary>When the next level is expected; null when it is not, or no forecast is made here.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Its predictable tide; null while none is known, or none is felt.</summary>
    public Tide? Tide { get; init; }

    /// <summary>How its forecasts have turned out; null before the first.</summary>
    public ForecastSkill? Skill { get; init; }
}

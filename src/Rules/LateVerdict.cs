using NodaTime;

namespace CanhLu.Rules;

/// <summary>A level that a station would have been at, had a reading not come too late. It changes no alarm: it is for the report on the link.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Level">The level that it would have reached.</param>
/// <param name="Then">The level that was held to be so at that time.</param>
/// <param name="Reading">The reading that shows it: its series is the gauge, its MeasuredAt is when the level would have been reached.</param>
public sealed record LateVerdict(string Station, string Rule, AlarmLevel Level, AlarmLevel Then, Reading Reading)
{
    /// <summary>How long the reading was on its way.</summary>
    public Duration OnTheWay => Reading.ReceivedAt - Reading.MeasuredAt;
}

using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Notify.Cap;

/// <summary>What programs read in an alert: how soon, how bad, how sure, and what to do (CAP 1.2, 3.2.2).</summary>
/// <param name="Urgency">Immediate, Expected, Future, Past or Unknown.</param>
/// <param name="Severity">Extreme, Severe, Moderate, Minor or Unknown.</param>
/// <param name="Certainty">Observed, Likely, Possible, Unlikely or Unknown.</param>
/// <param name="Responses">What people are asked to do, in order.</param>
/// <param name="Categories">Met and Safety for water, Infra for what is ours.</param>
public sealed record CapCodes(
    string Urgency, string Severity, string Certainty, ImmutableArray<string> Responses, ImmutableArray<string> Categories)
{
    /// <summary>So far above báo động III the flood is Extreme: a metre, from where Vietnamese law counts the next risk level (Decision 18/2021/QĐ-TTg).</summary>
    public const int ExtremeAbove = 1_000;

    /// <summary>A release that begins within this time is Immediate.</summary>
    static readonly Duration Soon = Duration.FromHours(1);

    static readonly ImmutableArray<string> Water = ["Met", "Safety"];
    static readonly ImmutableArray<string> Ours = ["Infra"];

    /// <summary>The codes of a bulletin.</summary>
    /// <remarks>
    /// There is no Vietnamese profile of the protocol; this is our table.
    /// <code>
    /// what                              urgency              severity   certainty  response
    /// all-clear                         Past                 Minor      Observed   AllClear
    /// forecast of I, II, III            Future               by level   Likely     Monitor (I), Prepare
    /// báo động I                        Expected             Minor      Observed   Monitor
    /// báo động II                       Expected             Moderate   Observed   Prepare
    /// báo động III                      Immediate            Severe     Observed   Evacuate, Avoid
    /// a metre above báo động III        Immediate            Extreme    Observed   Evacuate, Avoid
    /// rise too fast                     Expected             Moderate   Observed   Avoid, Monitor
    /// release of a reservoir            Expected, Immediate  by level   Likely     Prepare, Avoid
    ///                                   within the hour
    /// several alarms together           Expected             by level   Observed   Monitor
    /// a person's own words              Expected             by level   Likely     Monitor
    /// silence, a limit, a fault         Unknown              Unknown    Observed   Monitor
    /// by level                                               I Minor, II Moderate, III Severe
    /// </code>
    /// </remarks>
    /// <param name="bulletin">What people are told.</param>
    /// <param name="ladder">The thresholds in force at its station; null where there are none.</param>
    public static CapCodes Of(Bulletin bulletin, ThresholdSet? ladder) => (bulletin.Kind, bulletin.Cause, bulletin.Level) switch
    {
        (BulletinKind.AllClear, var cause, _) => new("Past", "Minor", "Observed", ["AllClear"], CategoriesOf(cause)),
        (_, Cause.Threshold, AlarmLevel.III) when ladder is not null && bulletin.Stage is { } stage && stage - ladder.III.Raise >= ExtremeAbove =>
            new("Immediate", "Extreme", "Observed", ["Evacuate", "Avoid"], Water),
        (_, Cause.Threshold, AlarmLevel.III) => new("Immediate", "Severe", "Observed", ["Evacuate", "Avoid"], Water),
        (_, Cause.Threshold, AlarmLevel.II) => new("Expected", "Moderate", "Observed", ["Prepare"], Water),
        (_, Cause.Threshold, _) => new("Expected", "Minor", "Observed", ["Monitor"], Water),
        (_, Cause.Rate, _) => new("Expected", "Moderate", "Observed", ["Avoid", "Monitor"], Water),
        (_, Cause.Forecast, AlarmLevel.II or AlarmLevel.III) => new("Future", ByLevel(bulletin.Level), "Likely", ["Prepare"], Water),
        (_, Cause.Forecast, _) => new("Future", "Minor", "Likely", ["Monitor"], Water),
        (_, Cause.Release, _) => new(
            bulletin.Outflow is { } outflow && outflow.StartsAt - bulletin.DecidedAt <= Soon ? "Immediate" : "Expected", ByLevel(bulletin.Level), "Likely",
            ["Prepare", "Avoid"], Water),
        (_, Cause.Announcement, _) => new("Expected", ByLevel(bulletin.Level), "Likely", ["Monitor"], Water),
        (_, Cause.Combination, _) => new("Expected", ByLevel(bulletin.Level), "Observed", ["Monitor"], Water),
        (_, var cause, _) => new("Unknown", "Unknown", "Observed", ["Monitor"], CategoriesOf(cause)),
    };

    static string ByLevel(AlarmLevel level) => level switch
    {
        AlarmLevel.III => "Severe",
        AlarmLevel.II => "Moderate",
        _ => "Minor",
    };

    static ImmutableArray<string> CategoriesOf(Cause cause) => cause is Cause.Silence or Cause.Limit or Cause.Fault ? Ours : Water;
}

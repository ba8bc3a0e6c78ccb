using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Backtest.Scoring;

/// <summary>What became of an event: the warning that came, and how long before it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Lead">From the warning's beginning to the event's; negative when it came late, null when none came.</param>
public sealed record Outcome(TruthEvent Event, Duration? Lead);

/// <summary>How well the warnings of one level met what really was.</summary>
/// <remarks>Measures of a yes-or-no forecast without "correct negatives": Wilks, Statistical Methods in the Atmospheric Sciences, chapter on forecast verification (hit
/// rate, false-alarm ratio, threat score); the same in WMO's guidance on forecast verification (POD, FAR, CSI).</remarks>
/// <param name="Level">The level.</param>
/// <param name="Outcomes">Every event of the level, in the order of time.</param>
/// <param name="FalseAlarms">How many warnings met no event.</param>
/// <param name="Outside">How many events lie outside the record and are not scored.</param>
public sealed record Score(AlarmLevel Level, ImmutableArray<Outcome> Outcomes, int FalseAlarms, int Outside)
{
    /// <summary>Events that were warned of.</summary>
    public int Hits => Outcomes.Count(outcome => outcome.Lead is not null);

    /// <summary>Events that were not.</summary>
    public int Misses => Outcomes.Length - Hits;

    /// <summary>Probability of detection, hits / (hits + misses); null when there was no event.</summary>
    public double? Pod => Outcomes.Length == 0 ? null : (double)Hits / Outcomes.Length;

    /// <summary>False alarm ratio, false alarms / (hits + false alarms); null when there was no warning.</summary>
    public double? Far => Hits + FalseAlarms == 0 ? null : (double)FalseAlarms / (Hits + FalseAlarms);

    /// <summary>Critical success index, hits / (hits + misses + false alarms); null when there was nothing.</summary>
    public double? Csi => Outcomes.Length + FalseAlarms == 0 ? null : (double)Hits / (Outcomes.Length + FalseAlarms);

    /// <summary>The median lead time of the hits; null without any.</summary>
    public Duration? MedianLead => Median(Leads);

    /// <summary>The least lead time of the hits.</summary>
    public Duration? WorstLead => Leads is { Length: > 0 } leads ? leads[0] : null;

    Duration[] Leads => [.. Outcomes.Where(outcome => outcome.Lead is not null).Select(outcome => outcome.Lead!.Value).Order()];

    /// <summary>The middle of some sorted durations, the mean of the two middle ones when their number is even; null for none.</summary>
    internal static Duration? Median(Duration[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

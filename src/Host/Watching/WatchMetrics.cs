using System.Diagnostics.Metrics;
using CanhLu.Rules;

namespace CanhLu.Host.Watching;

/// <summary>What the watch counts, meter <c>CanhLu.Rules</c>.</summary>
sealed class WatchMetrics
{
    readonly Counter<long> _late;

    public WatchMetrics(IMeterFactory meters) => _late = meters.Create("CanhLu.Rules")
        .CreateCounter<long>("canhlu.rules.late_verdicts", "{verdict}", "Levels that a station would have been at, had a reading not come too late.");

    public void CameTooLate(LateVerdict verdict) => _late.Add(1, new KeyValuePair<string, object?>("level", verdict.Level.ToString()));
}

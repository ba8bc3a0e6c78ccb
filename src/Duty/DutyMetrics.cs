using System.Diagnostics.Metrics;

namespace CanhLu.Duty;

/// <summary>What the part counts, meter <c>CanhLu.Duty</c>.</summary>
public sealed class DutyMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Duty";

    readonly Counter<long> _alarms;
    readonly Counter<long> _outcomes;
    readonly Counter<long> _decisions;
    readonly Counter<long> _failures;
    readonly Histogram<double> _commits;

    /// <summary>Makes the instruments.</summary>
    public DutyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _alarms = meter.CreateCounter<long>("canhlu.duty.alarms", "{alarm}", "Statements heard, by what they changed.");
        _outcomes = meter.CreateCounter<long>("canhlu.duty.outcomes", "{outcome}", "What residents got of changes, by level.");
        _decisions = meter.CreateCounter<long>("canhlu.duty.decisions", "{decision}", "What became of proposals.");
        _failures = meter.CreateCounter<long>("canhlu.duty.failed_writes", "{write}", "Writes that the store could not take and that were repeated.");
        _commits = meter.CreateHistogram<double>("canhlu.duty.commit.duration", "s", "From the alarms in hand to their decisions on disk.");
    }

    internal void AlarmHeard(in Heard heard)
    {
        _alarms.Add(1, new KeyValuePair<string, object?>("change", Words.Of(heard.Change)));
        if (heard.Outcome != Outcome.Desk)
            _outcomes.Add(
                1,
                new KeyValuePair<string, object?>("outcome", Words.Of(heard.Outcome)),
                new KeyValuePair<string, object?>("level", heard.Alarm.Level.ToString()));
    }

    internal void ProposalsDecided(ProposalState state, int count = 1) =>
        _decisions.Add(count, new KeyValuePair<string, object?>("state", Words.Of(state)));

    internal void WriteFailed() => _failures.Add(1);

    internal void Committed(TimeSpan took) => _commits.Record(took.TotalSeconds);
}

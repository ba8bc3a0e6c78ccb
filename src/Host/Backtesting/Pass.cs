using CanhLu.Backtest;
using CanhLu.Backtest.Scoring;
using NodaTime;

namespace CanhLu.Host.Backtesting;

/// <summary>One pass over a record: what it holds, and what the rules tried say of it beside those that they are compared with.</summary>
/// <param name="keys">The series of both.</param>
/// <param name="withCurves">Whether curves are kept, for a report.</param>
/// <param name="tried">The site whose rules are tried.</param>
/// <param name="inForce">The site whose rules they are compared with; null for none.</param>
sealed class Pass(SeriesKeys keys, bool withCurves, Site tried, Site? inForce = null)
{
    readonly Rehearsal[] _rehearsals = inForce is null ? [new(tried, keys)] : [new(tried, keys), new(inForce, keys)];

    public Observed Observed { get; } = new(keys, withCurves);

    /// <summary>The rules that are tried.</summary>
    public Rehearsal Tried => _rehearsals[0];

    public void Take(ReadOnlySpan<Reading> readings)
    {
        Observed.Take(readings);
        foreach (var rehearsal in _rehearsals)
            rehearsal.Take(readings);
    }

    /// <summary>What it comes to, at the record's end.</summary>
    public Verdict Judged(
        string record, IReadOnlyList<TruthEvent>? truth, Duration tolerance, Func<Site, Tariff> tariff, IReadOnlyCollection<string> counted, int? people)
    {
        var scorer = truth is null ? null : new Scorer(truth, Observed, tolerance);
        Trial[] trials = [.. _rehearsals.Select(one => Trial.Of(one, Observed, scorer, tariff(one.Site), counted))];
        return new Verdict(record, Observed, trials[0], trials.Length > 1 ? trials[1] : null, scorer, tolerance, people);
    }
}

using System.Collections.Immutable;
using CanhLu.Backtest.Scoring;
using NodaTime;

namespace CanhLu.Backtest;

/// <summary>How the rules of one site did on a record.</summary>
/// <param name="Site">Whose rules.</param>
/// <param name="Alarms">Every change of an alarm, in the order in which it was judged.</param>
/// <param name="Warnings">The warnings of the rules that count, together.</param>
/// <param name="Scores">Their scores by level; empty without truth.</param>
/// <param name="Rules">Every rule that has an alarm or a score of its own.</param>
/// <param name="Postage">What residents would have been told.</param>
public sealed record Trial(
    Site Site, IReadOnlyList<Alarm> Alarms, IReadOnlyList<Warning> Warnings, ImmutableArray<Score> Scores, ImmutableArray<RuleTrial> Rules, Postage Postage)
{
    /// <summary>Sums up a rehearsal.</summary>
    /// <param name="rehearsal">The rehearsal, at its end.</param>
    /// <param name="observed">The record.</param>
    /// <param name="scorer">Knows what really was; null when nobody does.</param>
    /// <param name="tariff">What messages cost.</param>
    /// <param name="counted">The rules that count together; none means those that tell residents.</param>
    public static Trial Of(Rehearsal rehearsal, Observed observed, Scorer? scorer, Tariff tariff, IReadOnlyCollection<string> counted)
    {
        var (site, alarms) = (rehearsal.Site, rehearsal.Alarms);
        var end = observed.Last ?? Instant.MinValue;
        var telling = site.Rules.Where(rule => rule.Policy != Policy.Desk).Select(rule => rule.Id).ToHashSet();
        var warnings = Warning.Of(alarms, counted.Count > 0 ? counted.Contains : telling.Contains, end);
        var years = observed.StationYears;
        var rules = ImmutableArray.CreateBuilder<RuleTrial>();
        foreach (var rule in site.Rules)
        {
            var begun = alarms.Count(alarm => alarm.Key.Rule == rule.Id && alarm.From == AlarmLevel.None && alarm.Level != AlarmLevel.None);
            var own = rule is Rule.Silence or Rule.Limit || scorer is null ? [] : scorer.Of(Warning.Of(alarms, id => id == rule.Id, end));
            rules.Add(new RuleTrial(rule, begun, years > 0 ? begun / years : null, own));
        }
        return new Trial(site, alarms, warnings, scorer?.Of(warnings) ?? [], rules.ToImmutable(), Postage.Of(site, alarms, tariff));
    }
}

/// <summary>How one rule did.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alarms">How many alarms it raised.</param>
/// <param name="AlarmsPerStationYear">The same a year of one station; null when the record has no length.</param>
/// <param name="Scores">Its scores by level, alone; empty without truth and for silence and limits.</param>
public sealed record RuleTrial(Rule Rule, int Alarms, double? AlarmsPerStationYear, ImmutableArray<Score> Scores);

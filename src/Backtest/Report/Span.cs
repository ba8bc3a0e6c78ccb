using NodaTime;

namespace CanhLu.Backtest.Report;

/// <summary>A time in which one rule's alarm was at one level.</summary>
readonly record struct Span(Instant From, Instant To, AlarmLevel Level)
{
    /// <summary>The spans of every rule at a station, in the order of the site's rules.</summary>
    public static IReadOnlyList<(Rule Rule, List<Span> Spans)> Of(Trial trial, string station, Instant end)
    {
        var spans = trial.Site.Rules.Where(rule => rule is not Rule.Limit).Select(rule => (Rule: rule, Spans: new List<Span>())).ToList();
        foreach (var (rule, list) in spans)
        {
            Span? open = null;
            foreach (var alarm in trial.Alarms.Where(alarm => alarm.Key.Rule == rule.Id && alarm.Key.Subject == station))
            {
                if (open is { } before)
                    list.Add(before with { To = alarm.Since });
                open = alarm.Level == AlarmLevel.None ? null : new Span(alarm.Since, end, alarm.Level);
            }
            if (open is { } last)
                list.Add(last with { To = Instant.Max(end, last.From) });
        }
        return [.. spans.Where(one => one.Spans.Count > 0)];
    }
}

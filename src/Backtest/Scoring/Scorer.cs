using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Backtest.Scoring;

/// <summary>Matches warnings with what really was, level by level and station by station. The definition is in this part's README.</summary>
/// <param name="truth">What really was.</param>
/// <param name="observed">The record; events outside it are not scored.</param>
/// <param name="tolerance">How far apart an event and its warning may lie.</param>
public sealed class Scorer(IReadOnlyList<TruthEvent> truth, Observed observed, Duration tolerance)
{
    static readonly AlarmLevel[] Levels = [AlarmLevel.I, AlarmLevel.II, AlarmLevel.III];

    /// <summary>The scores of the levels I, II and III.</summary>
    public ImmutableArray<Score> Of(IReadOnlyList<Warning> warnings) =>
        [.. Levels.Select(level => Of(level, [.. warnings.Where(warning => warning.Level == level)]))];

    /// <summary>The events of a level: what was at this level or a higher one, joined where it overlaps.</summary>
    public ImmutableArray<TruthEvent> Events(AlarmLevel level)
    {
        var events = ImmutableArray.CreateBuilder<TruthEvent>();
        foreach (var one in truth.Where(one => one.Level >= level).OrderBy(one => one.Station, StringComparer.Ordinal).ThenBy(one => one.Begins))
            if (events.Count > 0 && events[^1] is var last && last.Station == one.Station && one.Begins <= last.Ends)
                events[^1] = last with { Ends = Instant.Max(last.Ends, one.Ends) };
            else
                events.Add(one with { Level = level });
        return events.ToImmutable();
    }

    Score Of(AlarmLevel level, Warning[] warnings)
    {
        var outcomes = ImmutableArray.CreateBuilder<Outcome>();
        var matched = new HashSet<Warning>(ReferenceEqualityComparer.Instance);
        // The end of the last event that a warning has met: from there on it is news for the next one.
        var servedUntil = new Dictionary<Warning, Instant>(ReferenceEqualityComparer.Instance);
        var outside = 0;
        var byStation = warnings.ToLookup(warning => warning.Station);
        foreach (var one in Events(level))
        {
            if (!observed.Stations.TryGetValue(one.Station, out var record) || one.Ends < record.First || one.Begins > record.Last)
            {
                outside++;
                continue;
            }
            Instant? begins = null;
            foreach (var warning in byStation[one.Station])
            {
                if (warning.Begins > one.Ends + tolerance || warning.Ends < one.Begins - tolerance)
                    continue;
                matched.Add(warning);
                var from = servedUntil.TryGetValue(warning, out var served) ? Instant.Max(served, warning.Begins) : warning.Begins;
                begins = begins is { } earlier ? Instant.Min(earlier, from) : from;
                servedUntil[warning] = one.Ends;
            }
            outcomes.Add(new Outcome(one, begins is { } came ? one.Begins - came : null));
        }
        return new Score(level, outcomes.ToImmutable(), warnings.Length - matched.Count, outside);
    }
}

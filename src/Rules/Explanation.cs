using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Why a station's rules stood as they did at one instant, by what was known then.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="At">The instant, by our clock.</param>
/// <param name="Readings">The station's stages that the judgement rests on, with their flags, in order of MeasuredAt; the newest <see cref="MostReadings"/> at most.</param>
/// <param name="CameLater">How many stages had been measured by then and had not come in.</param>
/// <param name="Rules">Its rules in the order in which they are judged.</param>
public sealed record Explanation(
    string Station, Instant At, ImmutableArray<Reading> Readings, int CameLater, ImmutableArray<RuleExplanation> Rules)
{
    /// <summary>How many readings are given at most.</summary>
    public const int MostReadings = 60;

    /// <summary>How far back the readings should reach for a level inside its band to be known. Levels that began before are not.</summary>
    public static readonly Duration Reach = Duration.FromDays(7);

    /// <summary>Runs the judge over a station's readings up to an instant, and asks it.</summary>
    /// <param name="site">The site.</param>
    /// <param name="series">The series that the Archive knows.</param>
    /// <param name="readings">The station's stages in the order in which they came in, also those that came later.</param>
    /// <param name="station">The station's id.</param>
    /// <param name="at">The instant.</param>
    /// <exception cref="ArgumentException">The site has no such station.</exception>
    public static Explanation Of(Site site, IReadOnlyCollection<Series> series, IEnumerable<Reading> readings, string station, Instant at)
    {
        var only = site with
        {
            Stations = [site.StationOf(station) ?? throw new ArgumentException($"There is no station {station}.", nameof(station))],
            Rules = [.. site.Rules.Where(rule => rule is not Rule.Limit)],
        };
        var judge = Judge.Create(only, series);
        var known = new List<Reading>();
        var changes = new List<Alarm>();
        var later = 0;
        foreach (var reading in readings)
            if (reading.ReceivedAt <= at)
            {
                judge.Take([reading], changes);
                known.Add(reading);
                changes.Clear();
            }
            else if (reading.MeasuredAt <= at)
                later++;
        // A silence began when it began, and not when somebody asked.
        for (var tick = known.Count == 0 ? at : known[^1].ReceivedAt; tick < at; tick += Duration.FromMinutes(1))
            judge.Tick(tick, changes);
        judge.Tick(at, changes);
        known.Sort((a, b) => a.MeasuredAt.CompareTo(b.MeasuredAt));
        var used = known.Count == 0 ? known : known.FindAll(reading => reading.MeasuredAt >= known[^1].MeasuredAt - judge.Lookback);
        return new Explanation(
            station, at, [.. used.Skip(used.Count - MostReadings)], later, judge.Explain(station, known.Count == 0 ? null : known[^1]));
    }
}

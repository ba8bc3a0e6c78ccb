using NodaTime;

namespace CanhLu.Backtest.Report;

/// <summary>The times of a record that are worth a closer look.</summary>
static class Floods
{
    static readonly Duration Margin = Duration.FromHours(6);

    /// <summary>The floods of a station: where it was warned of or something really was, with a margin, joined where they overlap; the highest ones, in the order of time.</summary>
    public static IReadOnlyList<(Instant From, Instant To)> Of(Verdict verdict, string station, StationRecord record, int most)
    {
        var times = verdict.Tried.Warnings.Concat(verdict.InForce?.Warnings ?? []).Where(warning => warning.Station == station)
            .Select(warning => (warning.Begins, warning.Ends))
            .Concat((verdict.Scorer?.Events(AlarmLevel.I) ?? []).Where(one => one.Station == station).Select(one => (one.Begins, one.Ends)))
            .Where(one => one.Begins <= record.Last && one.Ends >= record.First)
            .OrderBy(one => one.Begins);
        var floods = new List<(Instant From, Instant To)>();
        foreach (var (begins, ends) in times)
        {
            var margin = Duration.Max(Margin, (ends - begins) / 4);
            var (from, to) = (Instant.Max(begins - margin, record.First), Instant.Min(ends + margin, record.Last));
            if (floods.Count > 0 && from <= floods[^1].To)
                floods[^1] = (Instant.Min(floods[^1].From, from), Instant.Max(floods[^1].To, to));
            else
                floods.Add((from, to));
        }
        return
        [
            .. floods.Where(flood => flood.To > flood.From)
                .OrderByDescending(flood => record.Curve!.Between(flood.From, flood.To, 200).Select(point => point.Max).DefaultIfEmpty(int.MinValue).Max())
                .Take(most).OrderBy(flood => flood.From),
        ];
    }
}

using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The stations of <c>site.yaml</c>, with their ladders of thresholds.</summary>
static class StationList
{
    static readonly string[] Levels = ["I", "II", "III"];

    /// <summary>Reads the entries under <c>stations</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        var later = new List<Action>();
        foreach (var section in site.Sections("stations", "station"))
        {
            var id = draft.StationIds.Take(section);
            var name = section.Text("name");
            var river = section.Text("river");
            var datum = section.Text("datum");
            var latitude = section.Number("latitude", -90, 90);
            var longitude = section.Number("longitude", -180, 180);
            var areas = draft.AreaCodes.ReferAll(section, "areas", required: true);
            var every = section.Length("report_every", Duration.FromSeconds(1), Duration.FromDays(1));
            var lateness = section.LengthOrNone("lateness", Duration.Zero, Duration.FromDays(1));
            var ladders = Ladders(section, id, draft);
            var feelsTide = section.YesOrNothing("feels_tide");
            var upstream = UpstreamSection.Read(section);
            section.Done();
            // A station may speak of one that is written below it.
            later.Add(() => UpstreamSection.Check(section, id, draft));
            if (section.Sound)
            {
                var station = new Station(id!, name!, river!, datum!, (double)latitude!.Value, (double)longitude!.Value,
                    [.. areas.Select(area => area.Id)], every!.Value, ladders)
                {
                    FeelsTide = feelsTide!.Value,
                    Upstream = upstream,
                };
                draft.Stations.Add(lateness is { } given ? station with { Lateness = given } : station);
            }
        }
        draft.StationIds.Listed = site.Optional("stations") is Yaml.Node.List;
        later.ForEach(check => check());
    }

    static ImmutableArray<ThresholdSet> Ladders(Section station, string? id, Draft draft)
    {
        var ladders = ImmutableArray.CreateBuilder<ThresholdSet>();
        Instant? before = null;
        foreach (var ladder in station.Sections("ladders", $"{station.What}, ladder from", "from"))
        {
            var from = ladder.Moment("from");
            if (from <= before)
                ladder.WrongAt("from", "it is not in force later than the ladder before it", "put the ladders in order, the oldest first");
            before = from ?? before;
            var thresholds = new Threshold?[Levels.Length];
            for (var i = 0; i < Levels.Length; i++)
            {
                if (ladder.Within(Levels[i], $"{station.What}, threshold {Levels[i]}") is not { } section)
                    continue;
                thresholds[i] = Threshold(section);
                if (id is not null && thresholds[i] is { } threshold)
                    draft.Raises.Add((id, threshold.Raise, section));
                if (i > 0 && thresholds[i - 1] is { } lower && thresholds[i] is { } upper)
                    Ascending(section, Levels[i - 1], lower, upper);
            }
            ladder.Done();
            if (ladder.Sound)
                ladders.Add(new(from!.Value, thresholds[0]!, thresholds[1]!, thresholds[2]!));
        }
        return ladders.DrainToImmutable();
    }

    static Threshold? Threshold(Section section)
    {
        var raise = section.Metres("raise_m");
        var clear = section.Metres("clear_m");
        var raiseHold = section.Length("raise_hold", Duration.Zero, Duration.FromDays(1));
        var clearHold = section.Length("clear_hold", Duration.Zero, Duration.FromDays(7));
        if (clear > raise)
            section.WrongAt("clear_m", "it would end above where it begins", $"write at most raise_m, {Values.Written(raise.Value.Metres)}");
        section.Done();
        return raise is null || clear is null ? null : new(raise.Value, clear.Value, raiseHold.GetValueOrDefault(), clearHold.GetValueOrDefault());
    }

    static void Ascending(Section upperSection, string lowerLevel, Threshold lower, Threshold upper)
    {
        if (upper.Raise <= lower.Raise)
            upperSection.WrongAt("raise_m", $"it does not begin above {lowerLevel}", $"write more than {Values.Written(lower.Raise.Metres)}");
        else if (upper.Clear < lower.Clear && upper.Clear <= upper.Raise)
            upperSection.WrongAt("clear_m", $"it would last longer than {lowerLevel}", $"write at least {Values.Written(lower.Clear.Metres)}");
    }
}

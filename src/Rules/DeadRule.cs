namespace CanhLu.Rules;

/// <summary>A rule that can never speak at a station, as the site is written.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Reason">Why, in one English clause.</param>
public sealed record DeadRule(string Station, string Rule, string Reason)
{
    /// <summary>Those of a site that its check lets pass, because a gauge may be on its way.</summary>
    public static IEnumerable<DeadRule> Of(Site site)
    {
        foreach (var station in site.Stations)
        {
            var ceilings = site.Devices.Values.Where(device => device.Station == station.Id)
                .SelectMany(device => device.Model.Fields.Where(field => field.Quantity == Device.StageQuantity)).Select(field => field.Max * field.Scale).ToArray();
            foreach (var rule in site.Rules)
                if (Why(rule, station, ceilings) is { } reason)
                    yield return new DeadRule(station.Id, rule.Id, reason);
        }
    }

    static string? Why(Rule rule, Station station, double[] ceilings)
    {
        return rule switch
        {
            Rule.StageLadder ladder when Is(ladder.Stations) && !station.Ladders.IsEmpty && ceilings.Length == 0 => "no gauge measures a stage there",
            Rule.RateOfRiseRule rate when Is(rate.Stations) && ceilings.Length == 0 => "no gauge measures a stage there",
            Rule.RateOfRiseRule { Gate: { } gate } rate when Is(rate.Stations) && ceilings.Max() < gate.Millimetres => $"its gate of {gate} is above what a gauge there can measure",
            Rule.Silence silence when Is(silence.Stations) && ceilings.Length == 0 => "no gauge there can fall silent",
            _ => null,
        };

        bool Is(System.Collections.Immutable.ImmutableArray<string> stations) => stations.IsDefaultOrEmpty || stations.Contains(station.Id);
    }
}

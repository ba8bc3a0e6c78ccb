namespace CanhLu.Rules;

/// <summary>Why a rule can never speak at a station.</summary>
public enum DeadBecause
{
    /// <summary>No gauge measures a stage there.</summary>
    NoGauge,

    /// <summary>No gauge there can fall silent.</summary>
    NothingToFallSilent,

    /// <summary>Its gate is above what a gauge there can measure.</summary>
    GateTooHigh,
}

/// <summary>A rule that can never speak at a station, as the site is written.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Reason">Why, in one English clause.</param>
public sealed record DeadRule(string Station, string Rule, string Reason)
{
    /// <summary>Why, for those who say it in words of their own.</summary>
    public required DeadBecause Because { get; init; }

    /// <summary>The gate that is too high; null where it is not that.</summary>
    public Stage? Gate { get; init; }

    /// <summary>The highest stage that a gauge there can measure; null where there is none.</summary>
    public Stage? Ceiling { get; init; }

    /// <summary>Those of a site that its check lets pass, because a gauge may be on its way.</summary>
    public static IEnumerable<DeadRule> Of(Site site)
    {
        foreach (var station in site.Stations)
        {
            var ceilings = site.Devices.Values.Where(device => device.Station == station.Id)
                .SelectMany(device => device.Model.Fields.Where(field => field.Quantity == Device.StageQuantity)).Select(field => field.Max * field.Scale).ToArray();
            foreach (var rule in site.Rules)
                if (Why(rule, station, ceilings) is { } because)
                {
                    Stage? gate = because == DeadBecause.GateTooHigh && rule is Rule.RateOfRiseRule rate ? rate.Gate : null;
                    yield return new DeadRule(station.Id, rule.Id, ReasonOf(because, gate))
                    {
                        Because = because,
                        Gate = gate,
                        Ceiling = ceilings.Length == 0 ? null : new Stage((int)ceilings.Max()),
                    };
                }
        }
    }

    static string ReasonOf(DeadBecause because, Stage? gate) => because switch
    {
        DeadBecause.NoGauge => "no gauge measures a stage there",
        DeadBecause.NothingToFallSilent => "no gauge there can fall silent",
        _ => $"its gate of {gate} is above what a gauge there can measure",
    };

    static DeadBecause? Why(Rule rule, Station station, double[] ceilings)
    {
        return rule switch
        {
            Rule.StageLadder ladder when Is(ladder.Stations) && !station.Ladders.IsEmpty && ceilings.Length == 0 => DeadBecause.NoGauge,
            Rule.RateOfRiseRule rate when Is(rate.Stations) && ceilings.Length == 0 => DeadBecause.NoGauge,
            Rule.RateOfRiseRule { Gate: { } gate } rate when Is(rate.Stations) && ceilings.Max() < gate.Millimetres => DeadBecause.GateTooHigh,
            Rule.Silence silence when Is(silence.Stations) && ceilings.Length == 0 => DeadBecause.NothingToFallSilent,
            _ => null,
        };

        bool Is(System.Collections.Immutable.ImmutableArray<string> stations) => stations.IsDefaultOrEmpty || stations.Contains(station.Id);
    }
}

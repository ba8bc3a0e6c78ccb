using CanhLu.Tests.Console;
using NodaTime;

namespace CanhLu.Tests.Page;

/// <summary>The whole engine as it is when first started: everybody signs in, and nobody has an account. A flood is told when so many persons have approved it.</summary>
public sealed class StoryEngine(int persons, bool drill = false) : RunningEngine
{
    protected override bool IsDrill => drill;

    protected override Dictionary<string, string?> Own => new() { ["Accounts:Mode"] = "required", ["Accounts:SignInsPerMinute"] = "100000" };

    protected override Site Change(Site site) => site with
    {
        Deciding = [new Deciding(null, [], OfficerRole.Officer, persons, Duration.FromMinutes(15), [TimeUp.Escalate])],
        Rules = [.. site.Rules.Select(rule => rule is Rule.StageLadder ladder ? ladder with { Policy = Policy.Ask, PolicyByGrade = [] } : rule)],
        Stations = [.. site.Stations.Select(station => station with { Ladders = [.. station.Ladders.Select(Brief)] })],
    };

    /// <summary>An alarm is over as soon as the water is below it: a story has no half hour to wait.</summary>
    static ThresholdSet Brief(ThresholdSet set) => set with
    {
        I = set.I with { ClearHold = Duration.Zero },
        II = set.II with { ClearHold = Duration.Zero },
        III = set.III with { ClearHold = Duration.Zero },
    };
}

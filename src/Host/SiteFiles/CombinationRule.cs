using System.Collections.Immutable;

namespace CanhLu.Host.SiteFiles;

/// <summary>A rule of the type <c>combination</c>; what it combines is checked when every rule is known.</summary>
static class CombinationRule
{
    const int Most = 10_000;

    /// <summary>Reads the keys of a combination; null when something is wrong.</summary>
    public static Rule.Combination? Read(Section section, Head head, Draft draft)
    {
        var station = draft.StationIds.Refer(section, "station", section.Required("station"));
        var least = section.Whole("at_least", 1, Most);
        var of = Members(section, "of", section.Sections("of", $"{section.What}, of", "rule"), draft);
        var without = section.Has("without") ? Members(section, "without", section.Sections("without", $"{section.What}, without", "rule"), draft) : [];
        return section.Sound ? new(head.Id, head.Name, head.Policy, station!, least!.Value, of, without) : null;
    }

    /// <summary>Checks that every member can ever stand, and that enough of them can.</summary>
    public static void Check(Section section, Rule.Combination combination, Draft draft)
    {
        if (!draft.RulesSound || !draft.SiteSound)
            return;
        var rules = draft.Rules.ToDictionary(rule => rule.Id);
        foreach (var member in combination.Of.Concat(combination.Without))
        {
            if (!rules.TryGetValue(member.Rule, out var rule))
                continue;
            var key = combination.Of.Contains(member) ? "of" : "without";
            if (rule is Rule.Combination)
                section.WrongAt(key, $"{member.Rule} is a combination itself", "name the alarms that it combines");
            else if (rule is not Rule.StageLadder && member.Level > AlarmLevel.I)
                section.WrongAt(key, $"rule {member.Rule} has no level above I", "write level: I, or leave it out");
            else if (member.Subject is { } subject && !Subjects(rule, draft).Contains(subject))
                section.WrongAt(key, $"rule {member.Rule} says nothing about {subject}", Nearest.Remedy(subject, Subjects(rule, draft), "it speaks of"));
        }
        var possible = combination.Of.Where(member => rules.ContainsKey(member.Rule))
            .SelectMany(member => (member.Subject is { } one ? [one] : Subjects(rules[member.Rule], draft)).Select(subject => (member.Rule, subject))).Distinct().Count();
        if (possible < combination.AtLeast)
            section.WrongAt("at_least", $"only {possible} alarms can stand at once", $"write at most {possible}, or name more of them");
    }

    static ImmutableArray<Member> Members(Section within, string key, IEnumerable<Section> sections, Draft draft)
    {
        var members = ImmutableArray.CreateBuilder<Member>();
        foreach (var section in sections)
        {
            var rule = draft.RuleIds.Refer(section, "rule", section.Required("rule"));
            var subject = section.TextOrNone("subject");
            var level = section.WordOrNone("level", Words.Levels) ?? AlarmLevel.I;
            section.Done();
            if (section.Sound)
                members.Add(new Member(rule!, subject, level));
        }
        if (members.Count == 0 && within.Sound)
            within.WrongAt(key, $"{key} names no alarm", "add - { rule: … }");
        return members.ToImmutable();
    }

    static List<string> Subjects(Rule rule, Draft draft) => rule switch
    {
        Rule.Limit limit => [.. draft.Devices
            .Where(device => (limit.Kind is null || limit.Kind == device.Model.Kind) && (limit.Devices.IsEmpty || limit.Devices.Contains(device.Id)))
            .Select(device => device.Id)],
        Rule.StageLadder ladder => Stations(ladder.Stations, draft.Stations.Where(station => !station.Ladders.IsEmpty)),
        Rule.Forecast forecast => Stations(forecast.Stations, draft.Stations.Where(station => !station.Ladders.IsEmpty)),
        Rule.RateOfRiseRule rate => Stations(rate.Stations, draft.Stations),
        Rule.Silence silence => Stations(silence.Stations, draft.Stations),
        Rule.Fault fault => [.. draft.Devices
            .Where(device => device.Model.Kind == DeviceKind.Gauge && device.Station is { } at && (fault.Stations.IsEmpty || fault.Stations.Contains(at)))
            .Select(device => device.Id)],
        _ => [],
    };

    static List<string> Stations(ImmutableArray<string> named, IEnumerable<Station> all) =>
        named.IsEmpty ? [.. all.Select(station => station.Id)] : [.. named];
}

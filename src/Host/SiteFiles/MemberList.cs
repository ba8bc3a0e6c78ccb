using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>Alarms that a rule names, each by its rule, its subject and its least level.</summary>
static class MemberList
{
    /// <summary>Reads them; what they name is checked when every rule is known.</summary>
    public static ImmutableArray<Member> Read(Section within, string key, Draft draft)
    {
        var members = ImmutableArray.CreateBuilder<Member>();
        foreach (var section in within.Sections(key, $"{within.What}, {key}", "rule"))
        {
            var rule = draft.RuleIds.Refer(section, "rule", section.Required("rule"));
            var subject = section.TextOrNone("subject");
            var level = section.WordOrNone("level", Words.Levels) ?? AlarmLevel.I;
            section.Done();
            if (section.Sound)
                members.Add(new Member(rule!, subject, level));
        }
        if (within.Optional(key) is Node.List { Items: [] })
            within.WrongAt(key, $"{key} names no alarm", "add - { rule: … }");
        return members.ToImmutable();
    }

    /// <summary>Checks that every one of them can ever stand.</summary>
    public static void Check(Section section, string key, ImmutableArray<Member> members, Draft draft, bool mayCombine = true)
    {
        if (!draft.RulesSound || !draft.SiteSound)
            return;
        foreach (var member in members)
        {
            if (draft.Rules.Find(rule => rule.Id == member.Rule) is not { } rule)
                continue;
            if (rule is Rule.Combination && !mayCombine)
                section.WrongAt(key, $"{member.Rule} is a combination itself", "name the alarms that it combines");
            else if (rule is not Rule.StageLadder && member.Level > AlarmLevel.I)
                section.WrongAt(key, $"rule {member.Rule} has no level above I", "write level: I, or leave it out");
            else if (member.Subject is { } subject && !Subjects(rule, draft).Contains(subject))
                section.WrongAt(key, $"rule {member.Rule} says nothing about {subject}", Nearest.Remedy(subject, Subjects(rule, draft), "it speaks of"));
        }
    }

    /// <summary>Whom a rule can speak of.</summary>
    public static List<string> Subjects(Rule rule, Draft draft) => rule switch
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
        Rule.Combination combination => [combination.Station],
        _ => [],
    };

    static List<string> Stations(ImmutableArray<string> named, IEnumerable<Station> all) =>
        named.IsEmpty ? [.. all.Select(station => station.Id)] : [.. named];
}

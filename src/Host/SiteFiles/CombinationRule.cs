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
        var of = MemberList.Read(section, "of", draft);
        var without = section.Has("without") ? MemberList.Read(section, "without", draft) : [];
        return section.Sound ? new(head.Id, head.Name, head.Policy, station!, least!.Value, of, without) : null;
    }

    /// <summary>Checks that every member can ever stand, and that enough of them can.</summary>
    public static void Check(Section section, Rule.Combination combination, Draft draft)
    {
        if (!draft.RulesSound || !draft.SiteSound)
            return;
        MemberList.Check(section, "of", combination.Of, draft, mayCombine: false);
        MemberList.Check(section, "without", combination.Without, draft, mayCombine: false);
        var rules = draft.Rules.ToDictionary(rule => rule.Id);
        var possible = combination.Of.Where(member => rules.ContainsKey(member.Rule))
            .SelectMany(member => (member.Subject is { } one ? [one] : MemberList.Subjects(rules[member.Rule], draft)).Select(subject => (member.Rule, subject))).Distinct().Count();
        if (possible < combination.AtLeast)
            section.WrongAt("at_least", $"only {possible} alarms can stand at once", $"write at most {possible}, or name more of them");
    }
}

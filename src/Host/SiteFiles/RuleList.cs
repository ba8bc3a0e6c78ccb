using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The rules of <c>rules.yaml</c>.</summary>
static class RuleList
{
    static readonly Dictionary<string, Func<Section, Head, Draft, Rule?>> Types = new(StringComparer.Ordinal)
    {
        ["stage-ladder"] = StageLadder,
        ["rate-of-rise"] = RateOfRise,
        ["silence"] = Silence,
        ["limit"] = LimitRule.Read,
        ["combination"] = CombinationRule.Read,
        ["fault"] = FaultRule.Read,
        ["forecast"] = ForecastRule.Read,
        ["release"] = ReleaseRule.Read,
    };

    static readonly Duration Shortest = Duration.FromSeconds(1);
    static readonly Duration Longest = Duration.FromDays(7);

    /// <summary>Reads the file.</summary>
    public static void Read(Section file, Draft draft)
    {
        var later = new List<Action>();
        draft.RuleIds.Listed = file.Optional("rules") is Node.List;
        foreach (var section in file.Sections("rules", "rule"))
            Read(section, draft, later);
        file.Done();
        draft.RulesSound = file.Sound;
        // A rule may speak of one that is written below it.
        later.ForEach(check => check());
    }

    static void Read(Section section, Draft draft, List<Action> later)
    {
        var id = draft.RuleIds.Take(section);
        var type = section.Single("type");
        var name = section.Text("name");
        var (policy, byGrade) = PolicyOf(section);
        if (type is null)
            return;
        if (!Types.TryGetValue(type.Text, out var read))
        {
            section.Wrong(type, "unknown type", Nearest.Remedy(type.Text, Types.Keys, "write one of"));
            return;
        }
        var isShadow = section.Has("shadow") && section.YesNo("shadow") == true;
        var head = new Head(id ?? "", name ?? "", isShadow ? Policy.Desk : policy ?? Policy.Desk);
        var rule = read(section, head, draft);
        var isReleased = type.Text is "release";
        var quieting = isReleased ? Quieting.None : QuietingKeys.Read(section, isFlood: type.Text is "stage-ladder" or "rate-of-rise" or "forecast");
        var isBorneOut = type.Text is "stage-ladder" or "rate-of-rise" && section.Has("witnesses");
        var isInhibited = !isReleased && section.Has("inhibited_by");
        if (rule is not null)
            rule = rule with { IsShadow = isShadow, PolicyByGrade = isShadow ? [] : byGrade, Quieting = quieting };
        var alarm = type.Text == "limit" ? section.WithinOrNone("while", $"{section.What}, while") : null;
        section.Done();
        if (alarm is not null)
            later.Add(() => While(alarm, rule as Rule.Limit, draft));
        if (rule is Rule.Combination combination)
            later.Add(() => CombinationRule.Check(section, combination, draft));
        if (isBorneOut)
            later.Add(() => Name(section, "witnesses", draft, rule, (one, members) => one with { Witnesses = members }));
        if (isInhibited)
            later.Add(() => Name(section, "inhibited_by", draft, rule, (one, members) => one with { Quieting = one.Quieting with { Inhibitors = members } }));
        if (rule is null || !section.Sound)
            return;
        draft.Rules.Add(rule);
    }

    static (Policy? Policy, ImmutableArray<Policy> ByGrade) PolicyOf(Section section)
    {
        if (section.Optional("policy") is not Node.Map || section.Within("policy", $"{section.What}, policy") is not { } grades)
            return (section.Word("policy", Words.Policies), []);
        Policy?[] policies = [grades.Word("A", Words.Policies), grades.Word("B", Words.Policies), grades.Word("C", Words.Policies)];
        grades.Done();
        if (!grades.Sound)
            return (null, []);
        if (policies[0] > policies[1] || policies[1] > policies[2])
            grades.WrongAt("A", "weaker evidence would tell sooner", "let A tell at least as soon as B, and B as C: auto, ask, desk");
        return (policies[0], [.. policies.Select(policy => policy!.Value)]);
    }

    static void Name(Section section, string key, Draft draft, Rule? rule, Func<Rule, ImmutableArray<Member>, Rule> with)
    {
        var members = MemberList.Read(section, key, draft);
        MemberList.Check(section, key, members, draft);
        if (rule is not null && draft.Rules.FindIndex(one => one.Id == rule.Id) is >= 0 and var at)
            draft.Rules[at] = with(draft.Rules[at], members);
    }

    static void While(Section alarm, Rule.Limit? limit, Draft draft)
    {
        var standing = WhileSection.Read(alarm, draft);
        if (limit is not null && draft.Rules.IndexOf(limit) is var at and >= 0)
            draft.Rules[at] = limit with { While = standing };
    }

    static Rule.StageLadder? StageLadder(Section section, Head head, Draft draft)
    {
        var stations = draft.StationIds.ReferAll(section, "stations", required: false);
        foreach (var (id, written) in stations)
            if (draft.StationOf(id) is { Ladders.IsEmpty: true })
                section.Wrong(written, $"station {id} has no alarm levels", $"take it out, or give it ladders in {SiteFolder.SiteFile}");
        return section.Sound ? new(head.Id, head.Name, head.Policy, Ids(stations)) : null;
    }

    static Rule.RateOfRiseRule? RateOfRise(Section section, Head head, Draft draft)
    {
        var stations = Gauged(section, draft);
        var window = section.Length("window", Shortest, Longest);
        var points = section.Whole("min_points", 2, 10_000);
        var span = section.Length("min_span", Shortest, Longest);
        var raise = section.MetresPerHour("raise_m_per_h");
        var clear = section.MetresPerHour("clear_m_per_h");
        var gate = section.MetresOrNone("gate_m");
        var slope = section.WordOrNone("slope", Words.Slopes);
        var more = section.Lengths("more_windows", Shortest, Longest);
        var withoutTide = section.YesOrNothing("without_tide");
        if (raise is { MillimetresPerHour: <= 0 })
            section.WrongAt("raise_m_per_h", "water that rises has a rate above 0", "write the rate at which the alarm begins: 0.30");
        if (clear > raise)
            section.WrongAt("clear_m_per_h", "it would end above where it begins",
                $"write at most raise_m_per_h, {Values.Written(raise.Value.MetresPerHour)}");
        if (span > window)
            section.WrongAt("min_span", "min_span is longer than the window", $"write at most {Values.Written(window.Value)}");
        else if (more.Exists(other => span > other))
            section.WrongAt("min_span", "min_span is longer than one of more_windows", $"write at most {Values.Written(more.Min())}");
        if (withoutTide == true && draft.SiteSound && !Meant(stations, draft).Any(station => station.FeelsTide))
            section.WrongAt("without_tide", "none of its stations feels the tide", $"take it out, or write feels_tide: true at a station in {SiteFolder.SiteFile}");
        if (window is { } back && Seldomest(stations, draft) is { } station && Math.Floor(back / station.ReportEvery) + 1 is var most && points > most)
            section.WrongAt("min_points", $"it can never speak at {station.Id}, which reports every {Values.Written(station.ReportEvery)}",
                $"write at most {most}, or a longer window");
        return section.Sound
            ? new(head.Id, head.Name, head.Policy, Ids(stations), window!.Value, points!.Value, span!.Value, raise!.Value, clear!.Value, gate)
            {
                Slope = slope ?? Slope.TheilSen,
                MoreWindows = [.. more],
                WithoutTide = withoutTide!.Value,
            }
            : null;
    }

    static Rule.Silence? Silence(Section section, Head head, Draft draft)
    {
        var stations = Gauged(section, draft);
        var after = section.Length("after", Shortest, Longest);
        if (Seldomest(stations, draft) is { } station && after <= station.ReportEvery)
            section.WrongAt("after", $"{station.Id} reports every {Values.Written(station.ReportEvery)} and would always be silent",
                $"write more than {Values.Written(station.ReportEvery)}");
        return section.Sound ? new(head.Id, head.Name, head.Policy, Ids(stations), after!.Value) : null;
    }

    /// <summary>The stations that a rule about gauges names, each checked to have one.</summary>
    public static List<(string Id, Node.Scalar Written)> Gauged(Section section, Draft draft)
    {
        var stations = draft.StationIds.ReferAll(section, "stations", required: false);
        foreach (var (id, written) in stations)
            if (draft.SiteSound && !draft.Devices.Exists(device => device.Station == id && device.Model.Kind == DeviceKind.Gauge))
                section.Wrong(written, $"no gauge measures at station {id}", $"take it out, or give it a gauge in {SiteFolder.SiteFile}");
        return stations;
    }

    static IEnumerable<Station> Meant(List<(string Id, Node.Scalar)> named, Draft draft) =>
        draft.Stations.Where(station => named.Count == 0 || named.Exists(name => name.Id == station.Id));

    static Station? Seldomest(List<(string Id, Node.Scalar)> named, Draft draft) => Meant(named, draft).MaxBy(station => station.ReportEvery);

    static ImmutableArray<string> Ids(List<(string Id, Node.Scalar)> named) => [.. named.Select(name => name.Id)];
}

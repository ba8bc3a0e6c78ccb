namespace CanhLu.Host.SiteFiles;

/// <summary>The section <c>while</c> of a limit: the other alarm that must stand.</summary>
static class WhileSection
{
    /// <summary>Reads the section; null when something is wrong.</summary>
    public static WhileAlarm? Read(Section section, Draft draft)
    {
        var stationId = draft.StationIds.Refer(section, "station", section.Required("station"));
        var ruleId = draft.RuleIds.Refer(section, "rule", section.Required("rule"));
        var level = section.Word("level", Words.Levels);
        if (ruleId is not null && stationId is not null && draft.Rules.Find(rule => rule.Id == ruleId) is { } rule)
            Possible(section, rule, stationId, level, draft);
        section.Done();
        return section.Sound ? new(stationId!, ruleId!, level!.Value) : null;
    }

    static void Possible(Section section, Rule rule, string station, AlarmLevel? level, Draft draft)
    {
        var stations = rule switch
        {
            Rule.StageLadder ladder => ladder.Stations,
            Rule.RateOfRiseRule rate => rate.Stations,
            Rule.Silence silence => silence.Stations,
            _ => default,
        };
        if (rule is Rule.Forecast or Rule.Release)
            section.WrongAt("rule", $"a limit cannot depend on a {(rule is Rule.Forecast ? "forecast" : "release")}", "name a rule of another type");
        else if (stations.IsDefault)
            section.WrongAt("rule", "this rule is about devices, not about a station", "name a rule of another type than limit");
        else if (!stations.IsEmpty && !stations.Contains(station))
            section.WrongAt("station", $"rule {rule.Id} does not judge this station", $"write one of: {string.Join(", ", stations)}");
        else if (rule is Rule.StageLadder && draft.StationOf(station) is { Ladders.IsEmpty: true })
            section.WrongAt("station", "this station has no alarm levels", "name a station with ladders");
        else if (rule is not Rule.StageLadder && level > AlarmLevel.I)
            section.WrongAt("level", $"rule {rule.Id} has no level above I", "write I");
    }
}

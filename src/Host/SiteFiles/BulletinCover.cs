using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>Whether there is a wording for everything that the rules may have told.</summary>
static class BulletinCover
{
    static readonly AlarmLevel[] Ladder = [AlarmLevel.I, AlarmLevel.II, AlarmLevel.III];

    /// <summary>Notes every wording that is missing at the list of bulletins.</summary>
    public static void Check(Node.List list, Draft draft)
    {
        foreach (var rule in draft.Rules.Where(rule => rule.Policy != Policy.Desk).DistinctBy(rule => rule.GetType()))
        {
            var cause = rule switch
            {
                Rule.StageLadder => Cause.Threshold,
                Rule.RateOfRiseRule => Cause.Rate,
                Rule.Silence => Cause.Silence,
                Rule.Combination => Cause.Combination,
                Rule.Forecast => Cause.Forecast,
                Rule.Release => Cause.Release,
                _ => Cause.Limit,
            };
            foreach (var level in cause == Cause.Threshold ? Ladder : [AlarmLevel.I])
                Check(list, draft, rule, BulletinKind.Warning, cause, level);
            Check(list, draft, rule, BulletinKind.AllClear, cause, AlarmLevel.None);
        }
    }

    static void Check(Node.List list, Draft draft, Rule rule, BulletinKind kind, Cause cause, AlarmLevel level)
    {
        var keys = $"kind: {Words.Of(Words.BulletinKinds, kind)}, cause: {Words.Of(Words.Causes, cause)}" +
            (kind == BulletinKind.Warning && cause == Cause.Threshold ? $", level: {level}" : "");
        var templates = draft.Templates.Where(template => template.Kind == kind && template.Cause == cause).ToList();
        var own = templates.FindAll(template => template.Level == level && level != AlarmLevel.None);
        var used = own.Count > 0 ? own : templates.FindAll(template => template.Level is null);
        if (used.Count == 0)
            draft.Findings.Add(list.Place, "", $"there is no wording for {keys}, which rule {rule.Id} needs", $"add an entry with {keys}");
        else if (draft.Tellings.First(telling => telling.Level == level).Carriers is ["zalo"] && used.Exists(template => template.ZaloTemplate is null))
            draft.Findings.Add(list.Place, "", $"the wording for {keys} goes by Zalo only and has no zalo_template",
                "add zalo_template in every language, or let esms tell this level too");
    }
}

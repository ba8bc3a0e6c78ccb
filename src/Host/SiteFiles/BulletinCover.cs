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
                _ => Cause.Limit,
            };
            foreach (var level in cause == Cause.Threshold ? Ladder : [AlarmLevel.I])
                Check(list, draft, rule, BulletinKind.Warning, cause, level);
            Check(list, draft, rule, BulletinKind.AllClear, cause, AlarmLevel.None);
        }
    }

    static void Check(Node.List list, Draft draft, Rule rule, BulletinKind kind, Cause cause, AlarmLevel level)
    {
        var (kindWord, causeWord) = (Words.Of(Words.BulletinKinds, kind), Words.Of(Words.Causes, cause));
        var levelWords = kind == BulletinKind.Warning && cause == Cause.Threshold ? $", level: {level}" : "";
        foreach (var language in Words.Languages)
        {
            var template = draft.Templates.Where(template => template.Kind == kind && template.Cause == cause && template.Language == language)
                .OrderByDescending(template => template.Level is not null).FirstOrDefault(template => template.Level is null || template.Level == level);
            if (template is null)
                draft.Findings.Add(list.Place, "", $"no wording for kind: {kindWord}, cause: {causeWord}{levelWords} in {language}, which rule {rule.Id} needs",
                    $"add an entry with kind: {kindWord}, cause: {causeWord}{levelWords}");
            else if (template.ZaloTemplate is null && draft.Tellings.First(telling => telling.Level == level).Carriers is ["zalo"])
                draft.Findings.Add(list.Place, "", $"kind: {kindWord}, cause: {causeWord}{levelWords} in {language} goes by Zalo only and has no zalo_template",
                    "add zalo_template, or let esms tell this level too");
        }
    }
}

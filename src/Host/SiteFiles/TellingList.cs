using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>The tellings of <c>site.yaml</c>: which carriers tell which level.</summary>
static class TellingList
{
    /// <summary>Reads the entries under <c>tellings</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        if (site.List("tellings") is not { } list)
            return;
        var before = draft.Findings.Count;
        var told = new Dictionary<AlarmLevel, Place>();
        var tellings = ImmutableArray.CreateBuilder<Telling>();
        foreach (var section in Section.Entries(draft.Findings, list, "telling of", "level"))
        {
            var level = section.Word("level", Words.Told);
            if (level is { } once && !told.TryAdd(once, section.Node.Place))
                section.WrongAt("level", "another entry tells this level", $"keep one: the first is on line {told[once].Line}");
            var carriers = Carriers(section);
            var together = section.YesNo("together");
            section.Done();
            if (section.Sound)
                tellings.Add(new(level!.Value, carriers, together!.Value));
        }
        if (draft.Findings.Count == before)
            foreach (var (word, _) in Words.Told.Where(word => !told.ContainsKey(word.Value)))
                draft.Findings.Add(list.Place, "", $"tellings: nobody tells {word}", $"add {{ level: {word}, carriers: [zalo, esms], together: false }}");
        draft.Tellings = tellings.DrainToImmutable();
    }

    static ImmutableArray<string> Carriers(Section section)
    {
        var carriers = ImmutableArray.CreateBuilder<string>();
        if (section.List("carriers") is not { } list)
            return [];
        if (list.Items.Length == 0)
            section.Wrong(list, "no carrier tells it", $"name at least one of {string.Join(", ", Words.Carriers.Order(StringComparer.Ordinal))}");
        foreach (var item in list.Items)
        {
            if (item is Node.Unreadable)
                continue;
            var id = (item as Node.Scalar)?.Text ?? "";
            if (!Words.Carriers.Contains(id))
                section.Wrong(item, "there is no such carrier", Nearest.Remedy(id, [.. Words.Carriers.Order(StringComparer.Ordinal)], "write one of"));
            else if (carriers.Contains(id))
                section.Wrong(item, $"carriers names {id} twice", "keep one");
            else
                carriers.Add(id);
        }
        return carriers.DrainToImmutable();
    }
}

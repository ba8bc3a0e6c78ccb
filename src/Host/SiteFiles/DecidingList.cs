using System.Collections.Frozen;
using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The optional list <c>deciding</c> of <c>site.yaml</c>: who decides on what an officer is asked, and by when.</summary>
static class DecidingList
{
    const int MostSteps = 9;
    static readonly Duration _shortest = Duration.FromMinutes(1);
    static readonly Duration _longest = Duration.FromHours(24);

    /// <summary>Reads the entries under <c>deciding</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        var deciding = ImmutableArray.CreateBuilder<Deciding>();
        foreach (var section in Section.Entries(draft.Findings, site.ListOrNone("deciding"), "deciding on", "level"))
        {
            var level = section.WordOrNone("level", Words.Told);
            var grades = Listed(section, "grades", Words.Grades);
            var by = section.WordOrNone("by", Words.Roles) ?? OfficerRole.Officer;
            var persons = section.WholeOrNone("persons", 1, 2) ?? 1;
            var within = section.LengthOrNone("within", _shortest, _longest);
            var then = Listed(section, "then", Words.TimeUps);
            if (then.Length > 0 && within is null && !section.Has("within"))
                section.WrongAt("then", "nothing says when the time is up", "add within: 10m");
            if (then.Length > MostSteps)
                section.WrongAt("then", "it has too many steps", $"keep {MostSteps}");
            for (var i = 0; i < then.Length - 1; i++)
                if (then[i] != TimeUp.Escalate)
                {
                    section.WrongAt("then", $"nothing comes after {Words.Of(Words.TimeUps, then[i])}", "make it the last one");
                    break;
                }
            section.Done();
            if (section.Sound)
                deciding.Add(new Deciding(level, grades, by, persons, within, then));
        }
        draft.Deciding = deciding.DrainToImmutable();
    }

    static ImmutableArray<T> Listed<T>(Section section, string key, FrozenDictionary<string, T> words) where T : struct
    {
        var listed = ImmutableArray.CreateBuilder<T>();
        foreach (var item in section.ListOrNone(key)?.Items ?? [])
        {
            if (item is Node.Unreadable)
                continue;
            var word = (item as Node.Scalar)?.Text ?? "";
            if (words.TryGetValue(word, out var value))
                listed.Add(value);
            else
                section.Wrong(item, $"{key} knows no {Shown.Of(word)}", Nearest.Remedy(word, [.. words.Keys.Order(StringComparer.Ordinal)], "write one of"));
        }
        return listed.DrainToImmutable();
    }
}

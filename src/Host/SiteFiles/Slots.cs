using System.Text.RegularExpressions;

namespace CanhLu.Host.SiteFiles;

/// <summary>The slots in braces of a wording.</summary>
static partial class Slots
{
    /// <summary>What two SMS of the seven-bit alphabet hold.</summary>
    public const int MostSmsLetters = 306;

    // How long each may become; the names are as long as the site's longest.
    static readonly Dictionary<string, string> Longest = new(StringComparer.Ordinal)
    {
        ["river"] = "",
        ["station"] = "",
        ["hour"] = "21 giờ 30 phút",
        ["date"] = "29 September 2025",
        ["time"] = "21 giờ 30 phút ngày 29/10/2025",
        ["stage"] = "12,684 m",
        ["relation"] = "0.123 m above alarm level III",
        ["level"] = "III",
        ["rate"] = "1234 cm/giờ",
        ["reservoir"] = "",
        ["discharge"] = "1000–10000 m³/s",
        ["start"] = "21 giờ 30 phút ngày 29/10/2025",
    };

    /// <summary>Notes every slot of a text that is not known, or has nothing to hold in this kind of bulletin.</summary>
    public static void Check(Section section, string key, string text, BulletinKind? kind, Cause? cause, Draft draft)
    {
        var written = section.Single(key)!;
        foreach (var slot in Slot().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
        {
            if (!Longest.ContainsKey(slot))
                Wrong($"unknown slot {{{Shown.Of(slot)}}}", Nearest.Remedy(slot, Longest.Keys, "slots"));
            else if (slot == "level" && (kind != BulletinKind.Warning || cause != Cause.Threshold))
                Wrong("{level} is empty in this bulletin", "take it out: only warnings about a threshold have a level");
            else if (slot == "rate" && (kind != BulletinKind.Warning || cause != Cause.Rate))
                Wrong("{rate} may be empty in this bulletin", "take it out: only warnings about the rate always have one");
            else if (slot is "stage" or "relation" && cause is Cause.Silence or Cause.Limit or Cause.Combination or Cause.Release)
                Wrong($"{{{slot}}} is empty in this bulletin", "take it out: only bulletins about a threshold or the rate have a stage");
            else if (slot == "reservoir" && cause != Cause.Release)
                Wrong("{reservoir} is empty in this bulletin", "take it out: only bulletins about a release name one");
            else if (slot is "discharge" or "start" && (kind != BulletinKind.Warning || cause != Cause.Release))
                Wrong($"{{{slot}}} is empty in this bulletin", "take it out: only warnings about a release have one");
            else if (slot == "relation" && cause == Cause.Rate && WithoutLevels(draft) is { } station)
                Wrong($"{{relation}} is empty for station {station}, which has no alarm levels", "take it out, or name other stations in the rule");
        }
        if (Slot().Replace(text, "").AsSpan().ContainsAny('{', '}'))
            Wrong("a brace is open", "write each slot as {name}; a text has no other braces");

        void Wrong(string message, string remedy) =>
            draft.Findings.Add(written.Place, Around(text, message), $"{section.What}: {key}: {message}", remedy);
    }

    /// <summary>How many letters an SMS of a text has when its slots are filled, marks taken off.</summary>
    public static int SmsLetters(string text, Draft draft)
    {
        var filled = Slot().Replace(text, match => match.Groups[1].Value switch
        {
            "station" => draft.Stations.Select(station => station.Name).MaxBy(name => name.Length) ?? "",
            "river" => draft.Stations.Select(station => station.River).MaxBy(name => name.Length) ?? "",
            "reservoir" => draft.Rules.OfType<Rule.Release>().Select(rule => rule.Reservoir).MaxBy(name => name.Length) ?? "",
            var slot => Longest.GetValueOrDefault(slot, ""),
        });
        // Marks that are letters of their own go; the signs of the seven-bit alphabet's second table count twice.
        return filled.Trim().Sum(letter => letter is >= '\u0300' and <= '\u036f' ? 0 : letter is '^' or '[' or ']' or '~' or '|' or '\\' or '€' ? 2 : 1);
    }

    static string? WithoutLevels(Draft draft) => draft.Rules.OfType<Rule.RateOfRiseRule>().Where(rule => rule.Policy != Policy.Desk)
        .SelectMany(rule => rule.Stations.IsEmpty ? draft.Stations : draft.Stations.Where(station => rule.Stations.Contains(station.Id)))
        .FirstOrDefault(station => station.Ladders.IsEmpty)?.Id;

    // The text from where the trouble is, so that the value shown holds it.
    static string Around(string text, string message)
    {
        var slot = Slot().Match(message).Value;
        var at = slot.Length > 0 ? text.IndexOf(slot, StringComparison.Ordinal) : text.IndexOfAny(['{', '}']);
        return Shown.Of(at > 20 ? "…" + text[(at - 20)..] : text);
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Slot();
}

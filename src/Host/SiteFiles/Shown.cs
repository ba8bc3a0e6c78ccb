using System.Globalization;
using System.Text;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>Text out of a site's file as an error shows it: one short line that cannot command a terminal.</summary>
static class Shown
{
    const int LongestValue = 60;
    const int LongestReason = 160;

    /// <summary>What stands at a node.</summary>
    public static string Of(Node node) => node switch
    {
        Node.Scalar scalar => Of(scalar.Text),
        Node.List list => Counted(list.Items.Length, "a list of {0} entry", "a list of {0} entries"),
        Node.Map map => Counted(map.Entries.Length, "a mapping of {0} key", "a mapping of {0} keys"),
        _ => "",
    };

    /// <summary>A text, shortened, its control characters written out.</summary>
    public static string Of(string text) => Of(text, LongestValue);

    /// <summary>A reason that a library gave.</summary>
    public static string Reason(string text) => Of(text, LongestReason);

    /// <summary>A line of ours, which may hold words out of a file.</summary>
    public static string Line(string text) => Of(text, int.MaxValue);

    static string Of(string text, int longest)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest)
                return shown.Append('…').ToString();
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or
                UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune);
        }
        return shown.ToString();
    }

    static string Counted(int count, string one, string many) => string.Format(CultureInfo.InvariantCulture, count == 1 ? one : many, count);
}

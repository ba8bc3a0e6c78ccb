using System.Globalization;
using System.Net;
using System.Text;

namespace CanhLu.Backtest.Report;

/// <summary>HTML as it grows. Every text is in Vietnamese and English, and the page shows one of them.</summary>
sealed class Html
{
    readonly StringBuilder _text = new();

    /// <summary>Markup as it is; numbers in it are written for machines.</summary>
    public Html Raw(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>A text in both languages.</summary>
    public Html Both(string vi, string en) => Raw($"{Pair(vi, en)}");

    /// <summary>A table cell in both languages.</summary>
    /// <param name="vi">In Vietnamese.</param>
    /// <param name="en">In English.</param>
    /// <param name="kind">Its class; <c>n</c> for a number.</param>
    public Html CellBoth(string vi, string en, string kind = "") => Raw($"<td class=\"{kind}\">{Pair(vi, en)}</td>");

    /// <summary>A table cell whose text is the same in both languages.</summary>
    public Html Cell(string text, string kind = "") => Raw($"<td class=\"{kind}\">{Escape(text)}</td>");

    /// <summary>A row of table heads.</summary>
    public Html Heads(params ReadOnlySpan<(string Vi, string En, string Kind)> heads)
    {
        Raw($"<tr>");
        foreach (var (vi, en, kind) in heads)
            Raw($"<th class=\"{kind}\">{Pair(vi, en)}</th>");
        return Raw($"</tr>");
    }

    /// <summary>Text as markup.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A text in both languages, as markup; once when they agree.</summary>
    public static string Pair(string vi, string en) =>
        vi == en ? Escape(vi) : $"<span class=\"vi\" lang=\"vi\">{Escape(vi)}</span><span class=\"en\" lang=\"en\">{Escape(en)}</span>";

    public override string ToString() => _text.ToString();
}

using System.Globalization;
using System.Text.RegularExpressions;
using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.SiteFiles;

/// <summary>The sorts of value that a site's files hold.</summary>
static partial class Values
{
    const int LongestText = 1_000;

    /// <summary>Text of people.</summary>
    public static string? Text(this Section section, string key) => section.Text(key, section.Single(key));

    /// <summary>Text of people that may be left out.</summary>
    public static string? TextOrNone(this Section section, string key) => section.Text(key, section.SingleOrNone(key));

    /// <summary>A word of a closed list.</summary>
    public static T? Word<T>(this Section section, string key, IReadOnlyDictionary<string, T> words) where T : struct =>
        section.Word(key, section.Single(key), words);

    /// <summary>A word of a closed list that may be left out.</summary>
    public static T? WordOrNone<T>(this Section section, string key, IReadOnlyDictionary<string, T> words) where T : struct =>
        section.Word(key, section.SingleOrNone(key), words);

    /// <summary>True or false.</summary>
    public static bool? YesNo(this Section section, string key)
    {
        var written = section.Single(key);
        if (written is null or { Plain: true, Text: "true" or "false" })
            return written is null ? null : written.Text == "true";
        section.Wrong(written, $"{key} must be true or false", "write true or false, without quotes");
        return null;
    }

    /// <summary>True or false; false when it is left out.</summary>
    public static bool? YesOrNothing(this Section section, string key) => section.Has(key) ? section.YesNo(key) : false;

    /// <summary>A whole number within bounds.</summary>
    public static int? Whole(this Section section, string key, int least, int most) => Whole(section, key, section.Single(key), least, most);

    /// <summary>A whole number within bounds that may be left out.</summary>
    public static int? WholeOrNone(this Section section, string key, int least, int most) =>
        Whole(section, key, section.SingleOrNone(key), least, most);

    /// <summary>A number within bounds.</summary>
    public static decimal? Number(this Section section, string key, decimal least, decimal most) =>
        section.Number(key, section.Single(key), least, most);

    /// <summary>A height in metres, to the millimetre.</summary>
    public static Stage? Metres(this Section section, string key) => Millimetres(section, key, section.Single(key)) is { } mm ? new Stage(mm) : null;

    /// <summary>A height in metres that may be left out.</summary>
    public static Stage? MetresOrNone(this Section section, string key) =>
        Millimetres(section, key, section.SingleOrNone(key)) is { } mm ? new Stage(mm) : null;

    /// <summary>A rate in metres an hour, to the millimetre.</summary>
    public static RateOfRise? MetresPerHour(this Section section, string key) =>
        Millimetres(section, key, section.Single(key)) is { } mm ? new RateOfRise(mm) : null;

    /// <summary>A length of time within bounds: <c>30m</c>, <c>1h30m</c>.</summary>
    public static Duration? Length(this Section section, string key, Duration least, Duration most) =>
        section.Single(key) is { } written ? Length(section, key, written, least, most) : null;

    /// <summary>A length of time within bounds that may be left out.</summary>
    public static Duration? LengthOrNone(this Section section, string key, Duration least, Duration most) =>
        section.SingleOrNone(key) is { } written ? Length(section, key, written, least, most) : null;

    /// <summary>A list of lengths of time within bounds; empty when it is left out.</summary>
    public static List<Duration> Lengths(this Section section, string key, Duration least, Duration most)
    {
        var lengths = new List<Duration>();
        foreach (var item in section.ListOrNone(key)?.Items ?? [])
            if (item is not Node.Scalar written)
                section.Wrong(item, $"{key} must hold lengths of time", "write it like [30m, 3h]");
            else if (Length(section, key, written, least, most) is { } length)
                lengths.Add(length);
        return lengths;
    }

    /// <summary>An instant: ISO 8601 with its offset.</summary>
    public static Instant? Moment(this Section section, string key)
    {
        if (section.Single(key) is not { } written)
            return null;
        if (OffsetDateTimePattern.ExtendedIso.Parse(written.Text) is { Success: true, Value: var moment })
        {
            if (moment.Year is >= 1900 and <= 2200)
                return moment.ToInstant();
            section.Wrong(written, $"{key} is out of range", "write a year from 1900 to 2200");
            return null;
        }
        if (LocalDatePattern.Iso.Parse(written.Text).Success)
            section.Wrong(written, $"{key} has no offset from UTC", $"write {written.Text}T00:00:00+07:00");
        else if (LocalDateTimePattern.ExtendedIso.Parse(written.Text).Success)
            section.Wrong(written, $"{key} has no offset from UTC", $"write {written.Text}+07:00");
        else
            section.Wrong(written, $"{key} must be a date with time and offset", "write it like 2020-03-15T00:00:00+07:00");
        return null;
    }

    /// <summary>A length of time as a site's file writes it.</summary>
    public static string Written(Duration length)
    {
        var text = (length.Days > 0 ? $"{length.Days}d" : "") + (length.Hours > 0 ? $"{length.Hours}h" : "") +
            (length.Minutes > 0 ? $"{length.Minutes}m" : "") + (length.Seconds > 0 ? $"{length.Seconds}s" : "");
        return text.Length > 0 ? text : "0s";
    }

    /// <summary>A number as a site's file writes it.</summary>
    public static string Written(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>A word of a closed list at a node.</summary>
    public static T? Word<T>(this Section section, string key, Node.Scalar? written, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (written is null)
            return null;
        if (words.TryGetValue(written.Text, out var value))
            return value;
        section.Wrong(written, $"unknown {key}", Nearest.Remedy(written.Text, [.. words.Keys], "write one of"));
        return null;
    }

    static string? Text(this Section section, string key, Node.Scalar? written)
    {
        if (written is null)
            return null;
        if (string.IsNullOrWhiteSpace(written.Text))
            section.Wrong(written, $"{key} is empty", "write what people read there");
        else if (written.Text.Length > LongestText)
            section.Wrong(written, $"{key} has {written.Text.Length} letters", $"keep it within {LongestText}");
        else if (written.Text.Any(letter => char.IsControl(letter) && letter != '\n'))
            section.Wrong(written, $"{key} holds a control character", "take it out");
        else
            return written.Text;
        return null;
    }

    static Duration? Length(Section section, string key, Node.Scalar written, Duration least, Duration most)
    {
        var match = LengthForm().Match(written.Text);
        if (!match.Success || match.Length == 0)
        {
            section.Wrong(written, $"{key} must be a length of time", LengthRemedy(written.Text, least));
            return null;
        }
        var length = Duration.FromDays(Part(match, "d")) + Duration.FromHours(Part(match, "h")) + Duration.FromMinutes(Part(match, "m")) +
            Duration.FromSeconds(Part(match, "s"));
        if (length >= least && length <= most)
            return length;
        section.Wrong(written, $"{key} is out of range", $"write {Written(least)} to {Written(most)}");
        return null;
    }

    static int? Whole(Section section, string key, Node.Scalar? written, int least, int most)
    {
        if (section.Number(key, written, least, most) is not { } number)
            return null;
        if (decimal.IsInteger(number))
            return (int)number;
        section.Wrong(written!, $"{key} must be a whole number", $"write {Written(decimal.Floor(number))} or {Written(decimal.Ceiling(number))}");
        return null;
    }

    static int? Millimetres(Section section, string key, Node.Scalar? written)
    {
        if (section.Number(key, written, -100, 9_000) is not { } metres)
            return null;
        var millimetres = metres * 1000;
        if (decimal.IsInteger(millimetres))
            return (int)millimetres;
        section.Wrong(written!, $"{key} is finer than a millimetre", $"write {Written(decimal.Round(metres, 3, MidpointRounding.AwayFromZero))}");
        return null;
    }

    static decimal? Number(this Section section, string key, Node.Scalar? written, decimal least, decimal most)
    {
        if (written is null)
            return null;
        if (!written.Plain || !NumberForm().IsMatch(written.Text))
        {
            var shown = Shown.Of(written.Plain ? written.Text : $"\"{written.Text}\"");
            section.Findings.Add(written.Place, shown, $"{section.What}: {key} must be a number", NumberRemedy(key, written));
            return null;
        }
        var number = decimal.Parse(written.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (number >= least && number <= most)
            return number;
        section.Wrong(written, $"{key} is out of range", $"write {Written(least)} to {Written(most)}");
        return null;
    }

    static string LengthRemedy(string text, Duration least)
    {
        if (text.StartsWith('-'))
            return least == Duration.Zero ? "it cannot be negative: write 0s for none" : $"it cannot be negative: write at least {Written(least)}";
        return text.Length is > 0 and < 7 && text.All(char.IsAsciiDigit)
            ? $"add the unit: {text}s, {text}m, {text}h or {text}d"
            : "write whole numbers with their units: 10s, 30m, 1h30m, 2d";
    }

    static string NumberRemedy(string key, Node.Scalar written)
    {
        var text = written.Text.Trim();
        if (NumberForm().IsMatch(text))
            return $"write {text} without quotes";
        if (NumberForm().IsMatch(text.Replace(',', '.')))
            return $"write {text.Replace(',', '.')}, with a point";
        if (LeadingNumber().Match(text.Replace(',', '.')) is { Success: true } leading)
            return $"write {leading.Groups[1].Value} alone{Unit(key)}";
        return $"write digits, with a point for decimals{Unit(key)}";
    }

    static string Unit(string key) =>
        key.EndsWith("_m_per_h", StringComparison.Ordinal) ? ": the key says metres an hour"
        : key.EndsWith("_m", StringComparison.Ordinal) ? ": the key says metres"
        : "";

    static long Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } part ? long.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,6})d)?(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?\z")]
    private static partial Regex LengthForm();

    [GeneratedRegex(@"\A[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"\A([+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?)\s*[A-Za-zµ%][A-Za-z/%]*\z")]
    private static partial Regex LeadingNumber();
}

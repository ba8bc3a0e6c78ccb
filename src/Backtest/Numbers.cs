using System.Globalization;
using NodaTime;

namespace CanhLu.Backtest;

/// <summary>Numbers as people read them: Vietnamese with decimal commas, English with points.</summary>
public static class Numbers
{
    static readonly NumberFormatInfo Vietnamese = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
    static readonly NumberFormatInfo English = new() { NumberDecimalSeparator = ".", NumberGroupSeparator = "," };

    /// <summary>A whole number in groups of three.</summary>
    public static string Whole(long number, string language) => number.ToString("#,0", Of(language));

    /// <summary>A number by a format of .NET; nothing for null.</summary>
    public static string Decimal(double? number, string format, string language) => number?.ToString(format, Of(language)) ?? "–";

    /// <summary>A change with its sign and one decimal.</summary>
    public static string Signed(double change, string language) => change.ToString("+0.0;−0.0;±0.0", Of(language));

    /// <summary>A change with its sign in whole numbers.</summary>
    public static string SignedWhole(decimal change, string language) => change.ToString("+#,0;−#,0;±0", Of(language));

    /// <summary>A change of time with its sign: <c>+35 min</c>, <c>−1 h 05 min</c>.</summary>
    public static string Signed(Duration change, string language) =>
        (change >= Duration.FromMinutes(1) ? "+" : change <= Duration.FromMinutes(-1) ? "−" : "±") + Length(change < Duration.Zero ? -change : change, language);

    /// <summary>A lead time: <c>35 min</c>, <c>1 h 05 min</c>; with a minus when the warning came late; nothing for null.</summary>
    public static string Lead(Duration? lead, string language) => lead switch
    {
        null => "–",
        { } late when late <= Duration.FromMinutes(-1) => "−" + Length(-late, language),
        { } early => Length(early, language),
    };

    static string Length(Duration length, string language)
    {
        var minutes = (long)length.TotalMinutes;
        var (hour, minute) = language == "vi" ? ("giờ", "phút") : ("h", "min");
        return minutes < 60 ? $"{minutes} {minute}"
            : minutes < 48 * 60 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} {hour} {minutes % 60:00} {minute}")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440} {(language == "vi" ? "ngày" : "d")} {minutes / 60 % 24} {hour}");
    }

    static NumberFormatInfo Of(string language) => language == "vi" ? Vietnamese : English;
}

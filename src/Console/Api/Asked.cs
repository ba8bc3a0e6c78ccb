using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.Api;

/// <summary>Reads what a request asks for.</summary>
static class Asked
{
    /// <summary>Nothing of ours was measured or decided outside them; and beyond, sums of times leave what can be counted.</summary>
    const int FirstYear = 1800, LastYear = 2200;

    const int LongestCount = 1_000_000;

    /// <summary>An ISO 8601 time with its offset, of the years 1800 to 2200; null text gives null and is right.</summary>
    public static bool Instant(string? text, out Instant? instant)
    {
        instant = null;
        if (text is null)
            return true;
        // "+07:00" arrives as " 07:00" when the plus sign was not escaped.
        var read = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        if (read is not { Success: true, Value: { Year: >= FirstYear and <= LastYear } time })
            return false;
        instant = time.ToInstant();
        return true;
    }

    /// <summary>A stretch of time as 30s, 10m, 1h or 1d; null when it is none.</summary>
    public static Duration? Duration(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > LongestCount)
            return null;
        return text[^1] switch
        {
            's' => NodaTime.Duration.FromSeconds(count),
            'm' => NodaTime.Duration.FromMinutes(count),
            'h' => NodaTime.Duration.FromHours(count),
            'd' => NodaTime.Duration.FromDays(count),
            _ => null,
        };
    }
}

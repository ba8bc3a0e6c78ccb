using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.Api;

/// <summary>Reads what a request asks for.</summary>
static class Asked
{
    /// <summary>An ISO 8601 time with its offset; null text gives null and is right.</summary>
    public static bool Instant(string? text, out Instant? instant)
    {
        instant = null;
        if (text is null)
            return true;
        // "+07:00" arrives as " 07:00" when the plus sign was not escaped.
        var read = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        if (read.Success)
            instant = read.Value.ToInstant();
        return read.Success;
    }

    /// <summary>A stretch of time as 30s, 10m, 1h or 1d; null when it is none.</summary>
    public static Duration? Duration(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
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

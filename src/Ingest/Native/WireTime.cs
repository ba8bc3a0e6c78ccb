using System.Buffers;
using NodaTime;

namespace CanhLu.Ingest.Native;

/// <summary>The time of a payload: ISO 8601 with an offset (the profile of RFC 3339, seconds optional), or milliseconds since 1970. Kept to the microsecond.</summary>
static class WireTime
{
    static readonly SearchValues<byte> _ofTimes = SearchValues.Create("0123456789.:+-Z"u8);

    const long MicrosecondsASecond = 1_000_000;
    const long SecondsADay = 86_400;

    // 2000-01-01 and 2100-01-01: nothing of ours was measured before or will be after. A clock that has lost its battery starts in 1970 or 2099 and later.
    const long First = 946_684_800 * MicrosecondsASecond;
    const long End = 4_102_444_800 * MicrosecondsASecond;

    static ReadOnlySpan<byte> DaysInMonth => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Reads milliseconds since 1970; the fault says in a few words what is wrong.</summary>
    public static bool TryParseEpoch(ReadOnlySpan<byte> number, out Instant at, out string fault)
    {
        fault = "outside the years 2000 to 2100";
        at = default;
        if (!WireNumber.TryParse(number, out var parsed) || !parsed.TryToWhole(3, out var microseconds))
            return false;
        if (IsPlausible(microseconds))
        {
            at = OfMicroseconds(microseconds);
            return true;
        }
        if (IsPlausible(microseconds / 1000))
            fault += "; microseconds, where milliseconds are meant?";
        else if (microseconds is > First / 1000 and < End / 1000)
            fault += "; seconds, where milliseconds are meant?";
        return false;
    }

    /// <summary>Reads seconds since 1970, with or without a fraction.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<byte> number, out Instant at, out string fault)
    {
        at = default;
        fault = "outside the years 2000 to 2100";
        return TryMicroseconds(number, out var microseconds) && TryOf(microseconds, out at);
    }

    /// <summary>A number of seconds as whole microseconds, cut; false when it does not fit.</summary>
    public static bool TryMicroseconds(ReadOnlySpan<byte> number, out long microseconds)
    {
        const int Kept = 6;
        microseconds = 0;
        // With nanoseconds a time of today has more digits than are read.
        var point = number.IndexOf((byte)'.');
        if (point >= 0 && number.Length - point - 1 > Kept && !number.ContainsAny((byte)'e', (byte)'E'))
            number = number[..(point + 1 + Kept)];
        return WireNumber.TryParse(number, out var seconds) && seconds.TryToWhole(Kept, out microseconds);
    }

    /// <summary>The instant of so many microseconds since 1970; false outside the years 2000 to 2100.</summary>
    public static bool TryOf(long microseconds, out Instant at)
    {
        at = IsPlausible(microseconds) ? OfMicroseconds(microseconds) : default;
        return IsPlausible(microseconds);
    }

    /// <summary>Whether a text is written as a day, or a day and an hour of it, is; there need be no such day. No address and no name is written so.</summary>
    public static bool LooksLikeIso(ReadOnlySpan<byte> text)
    {
        var shape = "0000-00-00T00:00:00"u8;
        for (var i = 0; i < Math.Min(text.Length, shape.Length); i++)
            if (shape[i] == '0' ? !char.IsAsciiDigit((char)text[i]) : text[i] != shape[i])
                return false;
        return text.Length == "0000-00-00".Length || (text.Length >= "0000-00-00T00:00".Length && text.Length <= "0000-00-00T00:00:00.000000000+00:00".Length
            && !text[Math.Min(text.Length, shape.Length)..].ContainsAnyExcept(_ofTimes));
    }

    /// <summary>Reads <c>2025-10-29T21:00:00.123+07:00</c>; the fault says in a few words what is wrong.</summary>
    public static bool TryParseIso(ReadOnlySpan<byte> text, out Instant at, out string fault)
    {
        at = default;
        fault = "not ISO 8601";
        if (text.Length < 16 || !TryNumber(text, 0, 4, out var year) || text[4] != '-' || !TryNumber(text, 5, 2, out var month) || text[7] != '-'
            || !TryNumber(text, 8, 2, out var day) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryNumber(text, 11, 2, out var hour) || text[13] != ':' || !TryNumber(text, 14, 2, out var minute))
            return false;
        var second = 0;
        var microsecond = 0;
        text = text[16..];
        if (text is [(byte)':', ..])
        {
            if (text.Length < 3 || !TryNumber(text, 1, 2, out second))
                return false;
            text = text[3..];
            if (text is [(byte)'.' or (byte)',', ..] && !TryFraction(ref text, out microsecond))
                return false;
        }
        if (text.IsEmpty)
        {
            fault = "no offset from UTC";
            return false;
        }
        if (!TryOffset(text, out var offset))
            return false;
        fault = "no such day or time";
        if (month is < 1 or > 12 || day < 1 || day > LengthOf(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var seconds = DaysSince1970(year, month, day) * SecondsADay + hour * 3600 + minute * 60 + second - offset;
        var microseconds = seconds * MicrosecondsASecond + microsecond;
        fault = "outside the years 2000 to 2100";
        if (!IsPlausible(microseconds))
            return false;
        at = OfMicroseconds(microseconds);
        return true;
    }

    /// <summary>The instant, cut to the microsecond: finer is not kept, and a repeat is recognised by it.</summary>
    public static Instant Cut(Instant at) => Instant.FromUnixTimeTicks(at.ToUnixTimeTicks() / 10 * 10);

    static Instant OfMicroseconds(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);

    static bool IsPlausible(long microseconds) => microseconds is >= First and < End;

    static bool TryNumber(ReadOnlySpan<byte> text, int from, int count, out int number)
    {
        number = 0;
        foreach (var letter in text.Slice(from, count))
        {
            if (letter is < (byte)'0' or > (byte)'9')
                return false;
            number = number * 10 + (letter - '0');
        }
        return true;
    }

    static bool TryFraction(ref ReadOnlySpan<byte> text, out int microsecond)
    {
        microsecond = 0;
        var i = 1;
        var unit = 100_000;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++, unit /= 10)
            microsecond += (text[i] - '0') * unit;
        text = text[i..];
        return i > 1;
    }

    static bool TryOffset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text is [(byte)'Z' or (byte)'z'])
            return true;
        var minutes = 0;
        var isOffset = text[0] is (byte)'+' or (byte)'-' && text.Length switch
        {
            3 => TryNumber(text, 1, 2, out seconds),
            5 => TryNumber(text, 1, 2, out seconds) && TryNumber(text, 3, 2, out minutes),
            6 => TryNumber(text, 1, 2, out seconds) && text[3] == ':' && TryNumber(text, 4, 2, out minutes),
            _ => false,
        };
        if (!isOffset || seconds > 18 || minutes > 59)
            return false;
        seconds = seconds * 3600 + minutes * 60;
        if (text[0] == '-')
            seconds = -seconds;
        return true;
    }

    static int LengthOf(int year, int month) =>
        month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : DaysInMonth[month - 1];

    // Days from the civil calendar, counted in years that begin in March so that the leap day is the last.
    static long DaysSince1970(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }
}

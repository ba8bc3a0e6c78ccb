using System.Buffers.Binary;
using NodaTime;

namespace CanhLu.Backtest.Records;

/// <summary>Reads ISO 8601 times with their offset out of bytes: <c>2025-10-29T21:00:00+07:00</c>; seconds and their fraction may be left out.</summary>
/// <remarks>Times of one day follow one another in a record, so the day that was read last is remembered.</remarks>
struct TimeText
{
    public const string NotATime = "is no time";
    public const string NoOffset = "has no offset from UTC";

    const int DayLength = 10;

    ulong _dayHead;
    ushort _dayTail;
    long _day;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The bytes, and no others.</param>
    /// <param name="ticks">Ticks of 100 ns since 1970.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 16 || !ReadDay(text) || text[DayLength] is not ((byte)'T' or (byte)' ' or (byte)'t') || text[13] != ':')
            return NotATime;
        if (!Two(text[11..], out var hours) || !Two(text[14..], out var minutes) || hours > 23 || minutes > 59)
            return NotATime;
        ticks = _day + hours * NodaConstants.TicksPerHour + minutes * NodaConstants.TicksPerMinute;
        var rest = text[16..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            if (!Two(rest[1..], out var seconds) || seconds > 59)
                return NotATime;
            ticks += seconds * NodaConstants.TicksPerSecond;
            rest = rest[3..];
            if (rest.Length > 0 && rest[0] is (byte)'.' or (byte)',')
            {
                rest = rest[1..];
                ticks += Fraction(ref rest);
            }
        }
        return Offset(rest, ref ticks);
    }

    /// <summary>Takes the digits after the point off a text; those beyond a tick are passed over.</summary>
    static long Fraction(ref ReadOnlySpan<byte> rest)
    {
        var (ticks, worth) = (0L, NodaConstants.TicksPerSecond / 10);
        while (rest.Length > 0 && (uint)(rest[0] - '0') <= 9)
        {
            ticks += (rest[0] - '0') * worth;
            worth /= 10;
            rest = rest[1..];
        }
        return ticks;
    }

    static string? Offset(ReadOnlySpan<byte> rest, ref long ticks)
    {
        if (rest.Length == 0)
            return NoOffset;
        if (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z')
            return null;
        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (3 or 5 or 6) || !Two(rest[1..], out var hours))
            return NotATime;
        var minutes = 0;
        if (rest.Length == 6 && rest[3] != ':' || rest.Length > 3 && !Two(rest[^2..], out minutes) || hours > 18 || minutes > 59)
            return NotATime;
        var offset = hours * NodaConstants.TicksPerHour + minutes * NodaConstants.TicksPerMinute;
        ticks -= rest[0] == '+' ? offset : -offset;
        return null;
    }

    static bool Two(ReadOnlySpan<byte> text, out int number)
    {
        uint tens = (uint)(text[0] - '0'), ones = (uint)(text[1] - '0');
        number = (int)(tens * 10 + ones);
        return tens <= 9 && ones <= 9;
    }

    bool ReadDay(ReadOnlySpan<byte> text)
    {
        var head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var tail = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        if (head == _dayHead && tail == _dayTail)
            return true;
        if (!Two(text, out var century) || !Two(text[2..], out var year) || text[4] != '-' || !Two(text[5..], out var month) || text[7] != '-'
            || !Two(text[8..], out var day))
            return false;
        year += century * 100;
        if (year is < 1800 or > 2200 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return false;
        _day = new LocalDate(year, month, day).AtMidnight().InUtc().ToInstant().ToUnixTimeTicks();
        (_dayHead, _dayTail) = (head, tail);
        return true;
    }
}

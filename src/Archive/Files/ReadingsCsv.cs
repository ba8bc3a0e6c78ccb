using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.TimeZones;

namespace CanhLu.Archive.Files;

/// <summary>Writes readings as a file of readings, the form that <c>canhlu import</c>, <c>backtest</c> and <c>qc</c> read: UTF-8, comma, line feed.</summary>
/// <remarks>
/// <code>
/// measured_at,station,series,value,received_at,flag,unit
/// 2025-10-29T21:00:00+07:00,tam-ky,stage,2.680,2025-10-29T21:00:01.25+07:00,1,m
/// </code>
/// Times are of the site's zone, to the microsecond; a stage is in metres, every other value has as many digits as tell it from its neighbours. Nothing is allocated for a reading. Not for two threads.
/// </remarks>
public sealed class ReadingsCsv
{
    /// <summary>The first line, without its end.</summary>
    public const string Header = "measured_at,station,series,value,received_at,flag,unit";

    /// <summary>The header of an answer that tells how many readings are to come.</summary>
    public const string CountHeader = "Canhlu-Readings";

    // Two times, a value and a flag; names come on top.
    const int Longest = 128;

    readonly Dictionary<SeriesId, (byte[] Name, byte[] Unit, bool IsStage)> _cells;
    readonly DateTimeZone _zone;
    ZoneInterval? _interval;

    /// <summary>A writer of some series; readings of others are passed over.</summary>
    public ReadingsCsv(IEnumerable<NamedSeries> series, DateTimeZone zone)
    {
        _zone = zone;
        _cells = series.ToDictionary(one => one.Series.Id, one => (
            Encoding.UTF8.GetBytes($",{Cell(one.Name)},{Cell(one.Series.Quantity)},"), Encoding.UTF8.GetBytes($",{Cell(one.Unit)}\n"), one.IsStage));
    }

    /// <summary>Writes the first line.</summary>
    public static void WriteHeader(IBufferWriter<byte> to) => to.Write(Encoding.UTF8.GetBytes(Header + "\n"));

    /// <summary>Writes a line for each reading.</summary>
    public void Write(ReadOnlySpan<Reading> readings, IBufferWriter<byte> to)
    {
        foreach (ref readonly var reading in readings)
        {
            if (!_cells.TryGetValue(reading.Series, out var cells))
                continue;
            var line = to.GetSpan(Longest + cells.Name.Length + cells.Unit.Length);
            var length = Time(reading.MeasuredAt, line);
            length += Put(cells.Name, line[length..]);
            length += cells.IsStage ? Metres(reading.Value, line[length..]) : Number(reading.Value, line[length..]);
            line[length++] = (byte)',';
            length += Time(reading.ReceivedAt, line[length..]);
            line[length++] = (byte)',';
            length += Number((byte)reading.Flag, line[length..]);
            length += Put(cells.Unit, line[length..]);
            to.Advance(length);
        }
    }

    int Time(Instant at, Span<byte> to)
    {
        if (_interval?.Contains(at) is not true)
            _interval = _zone.GetZoneInterval(at);
        var offset = _interval.WallOffset.Seconds;
        // Before there were zones, local time was off by seconds, which ISO 8601 cannot write.
        if (offset % 60 != 0)
            offset = 0;
        var local = at.ToDateTimeUtc().AddSeconds(offset);
        local.TryFormat(to, out var length, "s", CultureInfo.InvariantCulture);
        var fraction = (int)(local.Ticks % TimeSpan.TicksPerSecond / 10);
        if (fraction > 0)
        {
            to[length] = (byte)'.';
            fraction.TryFormat(to[(length + 1)..], out var digits, "000000", CultureInfo.InvariantCulture);
            length += 1 + digits;
            while (to[length - 1] == '0')
                length--;
        }
        if (offset == 0)
        {
            to[length++] = (byte)'Z';
            return length;
        }
        var minutes = Math.Abs(offset) / 60;
        to[length++] = offset < 0 ? (byte)'-' : (byte)'+';
        Two(minutes / 60, to[length..]);
        to[length + 2] = (byte)':';
        Two(minutes % 60, to[(length + 3)..]);
        return length + 5;
    }

    static void Two(int number, Span<byte> to) => (to[0], to[1]) = ((byte)('0' + number / 10), (byte)('0' + number % 10));

    static int Metres(double millimetres, Span<byte> to)
    {
        if (millimetres != Math.Floor(millimetres) || Math.Abs(millimetres) > int.MaxValue)
            return Number(millimetres / 1000, to);
        var (whole, rest) = Math.DivRem((long)Math.Abs(millimetres), 1000);
        var length = 0;
        if (millimetres < 0)
            to[length++] = (byte)'-';
        Utf8Formatter.TryFormat(whole, to[length..], out var digits);
        length += digits;
        to[length] = (byte)'.';
        Utf8Formatter.TryFormat(rest, to[(length + 1)..], out digits, new StandardFormat('D', 3));
        return length + 1 + digits;
    }

    static int Number(double value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out var length);
        return length;
    }

    static int Put(byte[] bytes, Span<byte> to)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using NodaTime;

namespace CanhLu.Archive.Influx;

/// <summary>Lines of InfluxDB's line protocol, one after the other in rented memory, and where each of them ends: any stretch of lines is a stretch of bytes.</summary>
/// <remarks>
/// A line is begun with <see cref="Key(ReadOnlySpan{byte})"/>, gets its fields, and stands with <see cref="End"/>; one without any field is not written, for it would be none.
/// Not for two threads. Source: InfluxData, "Line protocol".
/// </remarks>
/// <param name="precision">The unit of times.</param>
public sealed class LineBuffer(InfluxPrecision precision) : IDisposable
{
    // The longest number: 17 digits, sign, point, exponent; and the digits of an Int128.
    const int Longest = 48;

    readonly List<int> _ends = [];
    byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 << 10);
    int _length;
    int _fields;

    /// <summary>How many lines stand.</summary>
    public int Count => _ends.Count;

    /// <summary>How many bytes they are.</summary>
    public int Length => Count == 0 ? 0 : _ends[^1];

    /// <summary>The key of a line, ready for <see cref="Key(ReadOnlySpan{byte})"/>: a measurement and its tags. A tag with an empty value is left out, as line protocol wants it.</summary>
    public static byte[] KeyOf(string measurement, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var key = new ArrayBufferWriter<byte>();
        key.Write(LineName.Escaped(measurement));
        foreach (var (name, value) in tags)
        {
            if (value.Length == 0)
                continue;
            key.Write(","u8);
            key.Write(LineName.Escaped(name));
            key.Write("="u8);
            key.Write(LineName.Escaped(value));
        }
        return key.WrittenSpan.ToArray();
    }

    /// <summary>Lines as bytes.</summary>
    public ReadOnlyMemory<byte> Bytes(int first, int count)
    {
        var from = first == 0 ? 0 : _ends[first - 1];
        return _bytes.AsMemory(from, _ends[first + count - 1] - from);
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        _ends.Clear();
        _length = _fields = 0;
    }

    /// <summary>Begins a line; one that has not ended is forgotten.</summary>
    public void Key(ReadOnlySpan<byte> key)
    {
        (_length, _fields) = (Length, 0);
        Put(key);
    }

    /// <summary>A number. One that line protocol cannot write (not a number, an infinity) is left out.</summary>
    public void Field(ReadOnlySpan<byte> name, double value)
    {
        if (!double.IsFinite(value))
            return;
        Named(name);
        Room(Longest);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>A whole number.</summary>
    public void Field(ReadOnlySpan<byte> name, long value)
    {
        Named(name);
        Room(Longest);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
        Put("i"u8);
    }

    /// <summary>A text.</summary>
    public void Field(ReadOnlySpan<byte> name, string value)
    {
        Named(name);
        Put("\""u8);
        Room(value.Length * 3);
        var from = _length;
        _length += System.Text.Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
        EscapeText(from);
        Put("\""u8);
    }

    /// <summary>Ends the line.</summary>
    /// <param name="at">Its time. One outside the server's years is written as it is: the server refuses it, and the line is parked with its reason.</param>
    /// <returns>Whether it stands; false when it has no field.</returns>
    public bool End(Instant at)
    {
        if (_fields == 0)
        {
            _length = Length;
            return false;
        }
        Put(" "u8);
        Room(Longest);
        Time(at).TryFormat(_bytes.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        Put("\n"u8);
        _ends.Add(_length);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Clear();
    }

    Int128 Time(Instant at)
    {
        var since = at - NodaConstants.UnixEpoch;
        var nanoseconds = (Int128)since.Days * NodaConstants.NanosecondsPerDay + since.NanosecondOfDay;
        return precision switch
        {
            InfluxPrecision.Seconds => Floor(nanoseconds, NodaConstants.NanosecondsPerSecond),
            InfluxPrecision.Milliseconds => Floor(nanoseconds, NodaConstants.NanosecondsPerMillisecond),
            InfluxPrecision.Microseconds => Floor(nanoseconds, NodaConstants.NanosecondsPerMicrosecond),
            _ => nanoseconds,
        };
    }

    // Towards the past, before 1970 as after it.
    static Int128 Floor(Int128 value, long unit) => value >= 0 ? value / unit : -((-value + unit - 1) / unit);

    void Named(ReadOnlySpan<byte> name)
    {
        Put(_fields++ == 0 ? " "u8 : ","u8);
        Put(name);
        Put("="u8);
    }

    void EscapeText(int from)
    {
        var special = 0;
        foreach (var letter in _bytes.AsSpan(from, _length - from))
        {
            if (letter is (byte)'"' or (byte)'\\')
                special++;
        }
        if (special == 0)
            return;
        Room(special);
        // From the end, so that no letter is moved twice.
        for (var (read, write) = (_length - 1, _length + special - 1); read >= from; read--)
        {
            _bytes[write--] = _bytes[read];
            if (_bytes[read] is (byte)'"' or (byte)'\\')
                _bytes[write--] = (byte)'\\';
        }
        _length += special;
    }

    void Put(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    void Room(int bytes)
    {
        if (_bytes.Length - _length >= bytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

using System.Text;

namespace CanhLu.Tests.Fuzz;

/// <summary>Makes new inputs out of known ones: flips, cuts, copies and splices bytes, and knows enough of JSON, CSV, YAML and MQTT to break them where it hurts.</summary>
/// <param name="random">Decides everything.</param>
/// <param name="words">Words of the target's own language.</param>
/// <param name="longest">No input becomes longer, bytes.</param>
sealed class Mutator(Random random, IReadOnlyList<byte[]> words, int longest)
{
    static readonly byte[][] Numbers = Bytes(
        "0", "-0", "-1", "1", "0.0005", "1e400", "-1e400", "1e-400", "1E+25", "NaN", "Infinity", "-Infinity", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999999999999999", "0x7fffffff", "007", "1.", ".5", "1e",
        "1e2147483648", "0.1e-99999", "253402300799", "253402300800", "-62135596801", "٣", "１２");

    static readonly byte[][] Times = Bytes(
        "2025-10-29T21:00:00+07:00", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00+18:00", "9999-12-31T23:59:59-18:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31 23:59", "-9998-01-01",
        "2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z", "2025-10-29T24:00:00Z", "2025-10-29T23:59:60Z", "31/12/9999", "1/1/-9998", "2025-10-29", "2025-10-29T21:00:00", "9999-12-31");

    static readonly byte[][] Scraps =
    [
        .. Bytes(
            "{", "}", "[", "]", "\"", "'", ",", ":", ";", "\\", "\\u", "\\ud800", "\\udc00\\ud800", "\\u0000", "null", "true", "false", "{}", "[]", "\"\"", "\n", "\r\n", "\r", "\t", " ", "\0",
            "/*", "//", "#", "&a", "*a", "!!int", "---\n", "- ", "? ", "%", "%00", "%zz", "+", "=", "&", "<", ">", "<!DOCTYPE", "‮", "﻿", "\ud83d\ude00", "ộ", "o\u0302\u0323", "Đ", "ﬀ", "ß", "İ",
            "İ".ToLowerInvariant(), "  ", "'; DROP TABLE deliveries; --", "../../etc/passwd", "{0}", "%n%s", "=cmd|"),
        // What is no UTF-8: a stray tail, a cut head, an overlong slash, half a surrogate pair, beyond U+10FFFF.
        [0x80], [0xC3], [0xE2, 0x82], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE, 0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ];

    static readonly (string Open, string Close)[] Nests = [("[", "]"), ("{\"a\":", "}"), ("{\"a\":[", "]}"), ("(", ")"), ("{a: ", "}"), ("- ", ""), ("\"", "\""), ("(?:", ")")];

    /// <summary>One of the pool, changed one time or several.</summary>
    public byte[] Next(IReadOnlyList<byte[]> pool)
    {
        var made = pool[random.Next(pool.Count)];
        for (var times = 1 + random.Next(1 + random.Next(6)); times > 0; times--)
            made = Once(made, pool);
        return made.Length <= longest ? made : made[..longest];
    }

    byte[] Once(byte[] one, IReadOnlyList<byte[]> pool)
    {
        var at = random.Next(one.Length + 1);
        var length = Math.Min(1 + random.Next(random.Next(4) == 0 ? 200 : 12), one.Length - at);
        switch (random.Next(18))
        {
            case 0 when length > 0:
                return With(one, at, 1, [(byte)(one[at] ^ (1 << random.Next(8)))]);
            case 1 when length > 0:
                return With(one, at, 1, [(byte)random.Next(256)]);
            case 2:
                return With(one, at, length, []);
            case 3:
                return With(one, at, 0, one.AsSpan(at, length));
            case 4:
                return one[..at];
            case 5:
                return one[at..];
            case 6:
                var other = pool[random.Next(pool.Count)];
                return [.. one.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))];
            case 7:
                return Number(one, Pick(Numbers));
            case 8:
                return Number(one, Pick(Times));
            case 9:
                return With(one, at, 0, Pick(Scraps));
            case 10:
                return With(one, at, length, Pick(Scraps));
            case 11 when words.Count > 0:
                return With(one, at, 0, words[random.Next(words.Count)]);
            case 12 when words.Count > 0:
                return With(one, at, length, words[random.Next(words.Count)]);
            case 13:
                return KeyTwice(one);
            case 14:
                return Nested(one, at, length);
            case 15:
                return Text(one);
            // Seldom, since long inputs take long.
            case 16 when random.Next(12) == 0:
                return Repeated(one, at, length);
            case 17 when length > 1:
                // A length in front of something, as binary forms have it.
                return With(one, at, 2, [(byte)random.Next(256), (byte)(random.Next(3) == 0 ? 255 : random.Next(256))]);
            default:
                return With(one, at, 0, Noise(random.Next(8)));
        }
    }

    /// <summary>A number in the text becomes something else; the text itself when it has none.</summary>
    byte[] Number(byte[] one, ReadOnlySpan<byte> instead)
    {
        var from = FindFrom(one, IsOfNumber);
        if (from < 0)
            return With(one, random.Next(one.Length + 1), 0, instead);
        var to = from;
        while (to < one.Length && IsOfNumber(one[to]))
            to++;
        while (from > 0 && IsOfNumber(one[from - 1]))
            from--;
        return With(one, from, to - from, instead);
    }

    /// <summary>A key of JSON with its value stands there again, with another value or the same.</summary>
    byte[] KeyTwice(byte[] one)
    {
        var quote = FindFrom(one, letter => letter == '"');
        var colon = quote < 0 ? -1 : Array.IndexOf(one, (byte)':', quote);
        if (colon < 0 || colon - quote > 64)
            return one;
        ReadOnlySpan<byte> value = random.Next(3) switch
        {
            0 => Pick(Numbers),
            1 => "null"u8,
            _ => "{\"a\":[]}"u8,
        };
        byte[] again = [.. one.AsSpan(quote, colon + 1 - quote), .. value, (byte)','];
        return With(one, quote, 0, again);
    }

    /// <summary>Something in the middle lies as deep as a stack of brackets.</summary>
    byte[] Nested(byte[] one, int at, int length)
    {
        var (open, close) = Nests[random.Next(Nests.Length)];
        var deep = random.Next(8) == 0 ? random.Next(1, 1 + longest / (2 * (open.Length + close.Length))) : random.Next(1, 70);
        byte[] nested = [.. Many(Encoding.UTF8.GetBytes(open), deep), .. one.AsSpan(at, length), .. random.Next(3) == 0 ? [] : Many(Encoding.UTF8.GetBytes(close), deep)];
        return With(one, at, length, nested);
    }

    /// <summary>A text in quotes becomes empty, long, or a scrap.</summary>
    byte[] Text(byte[] one)
    {
        var from = FindFrom(one, letter => letter == '"');
        var to = from < 0 ? -1 : Array.IndexOf(one, (byte)'"', from + 1);
        if (to < 0)
            return one;
        var instead = random.Next(5) switch
        {
            0 => [],
            1 => Many(Pick(Scraps), random.Next(1, 40)),
            2 when random.Next(6) == 0 => Many("x"u8.ToArray(), random.Next(longest)),
            3 => Pick(Times),
            _ => Pick(Numbers),
        };
        return With(one, from + 1, to - from - 1, instead);
    }

    /// <summary>A piece stands there again and again, up to the longest input: what takes its square in time is found so.</summary>
    byte[] Repeated(byte[] one, int at, int length)
    {
        var piece = length == 0 || random.Next(3) == 0 ? Pick(Scraps) : one.AsSpan(at, length).ToArray();
        return With(one, at, 0, Many(piece, Math.Max(0, longest - one.Length) / piece.Length));
    }

    int FindFrom(byte[] one, Func<byte, bool> fits)
    {
        if (one.Length == 0)
            return -1;
        var start = random.Next(one.Length);
        for (var i = 0; i < one.Length; i++)
            if (fits(one[(start + i) % one.Length]))
                return (start + i) % one.Length;
        return -1;
    }

    byte[] Pick(byte[][] some) => some[random.Next(some.Length)];

    byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    static bool IsOfNumber(byte letter) => letter is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)'-' or (byte)'+';

    static byte[] With(byte[] one, int at, int length, ReadOnlySpan<byte> instead) => [.. one.AsSpan(0, at), .. instead, .. one.AsSpan(Math.Min(one.Length, at + length))];

    static byte[] Many(byte[] piece, int times)
    {
        var many = new byte[piece.Length * times];
        for (var i = 0; i < times; i++)
            piece.CopyTo(many, i * piece.Length);
        return many;
    }

    static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}

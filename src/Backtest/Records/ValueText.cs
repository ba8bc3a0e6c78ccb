using System.Buffers.Text;

namespace CanhLu.Backtest.Records;

/// <summary>Reads decimal numbers out of bytes.</summary>
static class ValueText
{
    public const string NotANumber = "is no number";
    public const string TooGreat = "is out of all range";

    /// <summary>Metres and feet beyond that are no water on earth, and no millimetres of an <see cref="int"/>.</summary>
    const double Farthest = 1_000_000;

    // A mantissa of that many digits, times 10,000, fits in a long.
    const int MostDigits = 14;

    static readonly long[] PowersOfTen = [.. Enumerable.Range(0, 19).Select(power => (long)Math.Pow(10, power))];

    /// <summary>A number of any series but a stage.</summary>
    /// <returns>What is wrong with it; null when nothing is. Nothing at all (<c>NaN</c>, <c>null</c>) gives NaN.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out double value)
    {
        if (Digits(text, out var mantissa, out var decimals))
        {
            value = (double)mantissa / PowersOfTen[decimals];
            return null;
        }
        return Rare(text, out value);
    }

    /// <summary>A stage in metres, as whole millimetres; halves are rounded away from zero.</summary>
    public static string? ReadMetres(ReadOnlySpan<byte> text, out double millimetres) => ReadLength(text, 10_000, out millimetres);

    /// <summary>A stage in feet (of 0.3048 m), as whole millimetres.</summary>
    public static string? ReadFeet(ReadOnlySpan<byte> text, out double millimetres) => ReadLength(text, 3_048, out millimetres);

    /// <param name="text">The number.</param>
    /// <param name="tenths">Tenths of a millimetre in its unit.</param>
    /// <param name="millimetres">The length.</param>
    static string? ReadLength(ReadOnlySpan<byte> text, int tenths, out double millimetres)
    {
        if (Digits(text, out var mantissa, out var decimals) && mantissa / PowersOfTen[decimals] < Farthest && mantissa / PowersOfTen[decimals] > -Farthest)
        {
            var divisor = PowersOfTen[decimals] * 10;
            var (whole, rest) = Math.DivRem(mantissa * tenths, divisor);
            millimetres = whole + (2 * Math.Abs(rest) >= divisor ? Math.Sign(rest) : 0);
            return null;
        }
        if (Rare(text, out millimetres) is { } wrong)
            return wrong;
        if (Math.Abs(millimetres) >= Farthest)
            return TooGreat;
        millimetres = Math.Round(millimetres * tenths / 10, MidpointRounding.AwayFromZero);
        return null;
    }

    static bool Digits(ReadOnlySpan<byte> text, out long mantissa, out int decimals)
    {
        mantissa = 0;
        decimals = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var i = isNegative ? 1 : 0;
        if (text.Length - i is 0 or > MostDigits)
            return false;
        var point = -1;
        for (; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
                mantissa = mantissa * 10 + digit;
            else if (text[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }
        if (point >= 0)
            decimals = text.Length - 1 - point;
        if (isNegative)
            mantissa = -mantissa;
        return text.Length > (isNegative ? 1 : 0) + (point >= 0 ? 1 : 0);
    }

    static string? Rare(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        if (text.Length == 0 || Is(text, "nan"u8) || Is(text, "null"u8) || Is(text, "na"u8))
            return null;
        if (!Utf8Parser.TryParse(text[0] == '+' ? text[1..] : text, out value, out var used) || used != text.Length - (text[0] == '+' ? 1 : 0))
            return NotANumber;
        return double.IsFinite(value) ? null : TooGreat;
    }

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        if (text.Length != word.Length)
            return false;
        for (var i = 0; i < text.Length; i++)
            if ((text[i] | 0x20) != word[i])
                return false;
        return true;
    }
}

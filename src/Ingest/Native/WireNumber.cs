using System.Globalization;

namespace CanhLu.Ingest.Native;

/// <summary>A number as it is written: <see cref="Mantissa"/> × 10 to the <see cref="Power"/>, exact.</summary>
/// <param name="Mantissa">At most 18 digits.</param>
/// <param name="Power">The power of ten.</param>
readonly record struct WireNumber(long Mantissa, int Power)
{
    const int MaxDigits = 18;
    const long MaxExactInDouble = 1L << 53;

    static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a valid JSON number; false when it has more digits than fit (it may still be a number).</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out WireNumber number)
    {
        number = default;
        var i = 0;
        var negative = json[0] == '-';
        if (negative)
            i++;
        long mantissa = 0;
        var power = 0;
        var digits = 0;
        var afterPoint = false;
        for (; i < json.Length; i++)
        {
            var digit = json[i] - '0';
            if ((uint)digit <= 9)
            {
                if (mantissa != 0 || digit != 0)
                    digits++;
                if (digits > MaxDigits)
                    return false;
                mantissa = mantissa * 10 + digit;
                if (afterPoint)
                    power--;
            }
            else if (json[i] == '.')
            {
                afterPoint = true;
            }
            else
            {
                // Only e or E can follow here.
                if (!int.TryParse(json[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                    || exponent is > 10_000 or < -10_000)
                    return false;
                power += exponent;
                break;
            }
        }
        number = new WireNumber(negative ? -mantissa : mantissa, power);
        return true;
    }

    /// <summary>The nearest double; infinite when it is too great for one.</summary>
    public double ToDouble()
    {
        // Both operands are exact, so the one rounding of the division is the right one (Clinger 1990).
        if (Math.Abs(Mantissa) <= MaxExactInDouble && Power is >= -22 and <= 22)
            return Power < 0 ? Mantissa / PowersOfTen[-Power] : Mantissa * PowersOfTen[Power];
        Span<byte> text = stackalloc byte[40];
        Mantissa.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        text[length++] = (byte)'e';
        Power.TryFormat(text[length..], out var more, provider: CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + more)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The number itself, when a decimal can hold it without rounding.</summary>
    public bool TryToDecimal(out decimal value)
    {
        value = 0;
        if (Power is > 9 or < -28)
            return false;
        var magnitude = (ulong)Math.Abs(Mantissa);
        value = Power <= 0
            ? new decimal((int)magnitude, (int)(magnitude >> 32), 0, Mantissa < 0, (byte)-Power)
            : (decimal)Mantissa * (decimal)PowersOfTen[Power];
        return true;
    }

    /// <summary>The number times 10 to the <paramref name="places"/>, cut to a whole number towards the past; false when it does not fit.</summary>
    public bool TryToWhole(int places, out long whole)
    {
        whole = Mantissa;
        var power = Power + places;
        if (Mantissa == 0)
            return true;
        if (power > MaxDigits)
            return false;
        for (; power > 0; power--)
        {
            if (Math.Abs(whole) > long.MaxValue / 10)
                return false;
            whole *= 10;
        }
        for (; power < 0 && whole != 0; power++)
            whole /= 10;
        return true;
    }
}

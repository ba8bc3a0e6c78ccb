using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace CanhLu.Notify;

/// <summary>A Vietnamese mobile number in E.164, <c>+84905123456</c>. It prints itself masked, so that no log line gives it away by accident.</summary>
/// <param name="E164">The number whole.</param>
public readonly record struct PhoneNumber(string E164)
{
    const string Vietnam = "VN";
    const int Shown = 3;

    /// <summary>The prefixes of eleven-digit mobile numbers, all moved to ten digits by 14 November 2018 (national part, without the 0).</summary>
    static readonly FrozenDictionary<string, string> Moved =
        "120 70, 121 79, 122 77, 126 76, 128 78, 123 83, 124 84, 125 85, 127 81, 129 82, 162 32, 163 33, 164 34, 165 35, 166 36, 167 37, 168 38, 169 39, 186 56, 188 58, 199 59"
            .Split(", ").ToFrozenDictionary(pair => pair[..3], pair => pair[4..]);

    /// <summary>The number for people who need not know it: <c>+849•••••456</c>.</summary>
    public string Masked => E164.Length <= Shown + 4 ? "•••" : $"{E164.AsSpan(0, 4)}{new string('•', E164.Length - 4 - Shown)}{E164.AsSpan(E164.Length - Shown)}";

    /// <summary>Digits only, as Zalo wants them: <c>84905123456</c>.</summary>
    public string Digits => E164[1..];

    /// <summary>The number as it is written at home: <c>0905123456</c>.</summary>
    public string National => $"0{E164.AsSpan(3)}";

    /// <summary>Reads a number as people write it: with 0, 84, +84 or 0084, with spaces, dots or dashes, or in the old eleven-digit form.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="number">The number.</param>
    /// <param name="reason">Why it is none that can be sent an SMS.</param>
    public static bool TryRead(string text, out PhoneNumber number, [NotNullWhen(false)] out string? reason)
    {
        number = default;
        var util = PhoneNumberUtil.GetInstance();
        PhoneNumbers.PhoneNumber read;
        try
        {
            read = util.Parse(Bare(text), Vietnam);
        }
        catch (NumberParseException)
        {
            reason = "is not a telephone number";
            return false;
        }
        if (read.CountryCode != 84)
        {
            reason = "is not a number of Viet Nam";
            return false;
        }
        if (read.NationalNumber is >= 1_000_000_000 and < 2_000_000_000)
            read = Renewed(read);
        var type = util.IsValidNumberForRegion(read, Vietnam) ? util.GetNumberType(read) : PhoneNumberType.UNKNOWN;
        reason = type switch
        {
            PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE => null,
            PhoneNumberType.FIXED_LINE => "is a landline, which gets no SMS",
            PhoneNumberType.UNKNOWN => "is no valid number of Viet Nam (wrong length or unknown prefix)",
            _ => "is no mobile number",
        };
        if (reason is null)
            number = new PhoneNumber(util.Format(read, PhoneNumberFormat.E164));
        return reason is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Masked;

    /// <summary>Spreadsheets eat a leading 0: nine digits that begin like a mobile number get it back. 0084 is read as +84.</summary>
    static string Bare(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("00", StringComparison.Ordinal) ? string.Concat("+", trimmed.AsSpan(2)) : trimmed;
    }

    static PhoneNumbers.PhoneNumber Renewed(PhoneNumbers.PhoneNumber old)
    {
        var digits = old.NationalNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Moved.TryGetValue(digits[..3], out var now)
            ? new PhoneNumbers.PhoneNumber.Builder().SetCountryCode(84)
                .SetNationalNumber(ulong.Parse(now + digits[3..], System.Globalization.CultureInfo.InvariantCulture)).Build()
            : old;
    }
}

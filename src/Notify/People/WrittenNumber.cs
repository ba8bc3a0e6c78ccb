using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CanhLu.Notify;

/// <summary>A telephone number as it stands in a cell: its national part, or why it is none.</summary>
/// <param name="National">Its digits without the country's 84 and without the 0 before them; null when it is wrong.</param>
/// <param name="Wrong">What is wrong with it, after the text in a sentence; null when nothing is.</param>
readonly partial record struct WrittenNumber(string? National, Reason? Wrong)
{
    /// <summary>E.164 allows fifteen digits; two Vietnamese numbers have eighteen at least.</summary>
    const int LongestNumber = 15;

    const int NationalDigits = 9;

    public static WrittenNumber Of(string text)
    {
        var plain = Plain(text);
        if (plain.Length == 0)
            return No("is missing", "bị bỏ trống");
        if (Scientific().IsMatch(plain))
            return No("was cut by a spreadsheet: format its column as text and write it again", "bị bảng tính làm mất số: đặt cột thành dạng văn bản rồi nhập lại");
        // A number that went through a table of numbers: 905123456.0.
        if (OfANumber().IsMatch(plain))
            plain = plain[..plain.IndexOf('.', StringComparison.Ordinal)];
        if (Numbers(plain) > 1 || plain.Count(char.IsAsciiDigit) > LongestNumber)
            return No("holds more than one number: give each a line of its own", "có nhiều hơn một số: mỗi số ghi một dòng riêng");
        if (plain.Any(char.IsLetter))
            return new(null, Lettered(plain));
        if (plain.FirstOrDefault(character => !char.IsAsciiDigit(character) && !" +.-()".Contains(character, StringComparison.Ordinal)) is not '\0' and var foreign)
            return No($"holds '{foreign}', which no telephone number has", $"có ký tự '{foreign}', số điện thoại không có");
        if (plain.TrimStart(' ', '(').IndexOf('+', StringComparison.Ordinal) > 0)
            return No("has a + in its middle", "có dấu + ở giữa");
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? No("is not a telephone number", "không phải số điện thoại") : Bare(digits, plain.Contains('+', StringComparison.Ordinal));
    }

    static WrittenNumber No(string en, string vi) => new(null, new Reason(en, vi));

    /// <summary>Signs that look alike made one, and what is not seen left out.</summary>
    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format or UnicodeCategory.NonSpacingMark:
                    break;
                case UnicodeCategory.SpaceSeparator:
                    plain.Append(' ');
                    break;
                case UnicodeCategory.DashPunctuation:
                    plain.Append('-');
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                default:
                    plain.Append(rune.Value is 0x2212 ? "-" : rune.Value is 0xFF0B ? "+" : rune.Value is '\t' ? " " : rune.ToString());
                    break;
            }
        }
        // Spreadsheets write an apostrophe before what is to stay text.
        return plain.ToString().Trim().TrimStart('\'').Trim();
    }

    /// <summary>How many numbers a cell holds: pieces of eight digits or more between what parts numbers.</summary>
    static int Numbers(string plain) => Between().Split(plain).Count(piece => piece.Count(char.IsAsciiDigit) >= NationalDigits - 1);

    static Reason Lettered(string plain)
    {
        if (!plain.Any(char.IsAsciiDigit))
            return new("is not a telephone number", "không phải số điện thoại");
        var letters = string.Concat(plain.Where(char.IsLetter).Distinct());
        var repaired = string.Concat(plain.Select(character => character switch { 'O' or 'o' or 'Ô' or 'ô' => '0', 'l' or 'I' or 'i' => '1', _ => character }));
        return repaired.Any(char.IsLetter)
            ? new($"holds letters ({letters}) beside the digits", $"có chữ ({letters}) lẫn với số")
            : PhoneNumber.TryRead(repaired, out var meant, out _)
                ? new($"has a letter ({letters}) where a digit belongs: is {meant.National} meant?", $"có chữ ({letters}) ở chỗ của số: có phải {meant.National}?")
                : new($"has a letter ({letters}) where a digit belongs", $"có chữ ({letters}) ở chỗ của số");
    }

    /// <summary>The national part: without +84, 0084, 84 or 0, and with none of them when a spreadsheet has eaten the 0.</summary>
    static WrittenNumber Bare(string digits, bool isInternational)
    {
        if (!isInternational && digits.StartsWith("00", StringComparison.Ordinal))
            (digits, isInternational) = (digits[2..], true);
        if (isInternational && !digits.StartsWith("84", StringComparison.Ordinal))
            return digits.StartsWith('0')
                ? No("has a 0 after the +, which no country has", "có số 0 sau dấu +, không nước nào có")
                : No("is not a number of Viet Nam", "không phải số của Việt Nam");
        // Without a + or a 0 before it, 84 is the country only where nine digits or more follow: 849051234 is 0849051234 without its 0.
        if (isInternational || (digits.StartsWith("84", StringComparison.Ordinal) && digits.Length >= NationalDigits + 2))
            digits = digits[2..];
        // +84 (0)905…: the 0 is for those who are at home.
        return new(digits.StartsWith('0') ? digits[1..] : digits, null);
    }

    [GeneratedRegex(@"^[+-]?\d([.,]\d+)?[eE]\+?\d+$")]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^\d{9,}\.0+$")]
    private static partial Regex OfANumber();

    [GeneratedRegex(@"[/,;&|\r\n]|(?<=[\s\d])(?:-\s|(?:hoặc|hoac|và|va|or|and)\b)|\s-")]
    private static partial Regex Between();
}

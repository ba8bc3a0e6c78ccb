using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CanhLu.Notify;

/// <summary>Vietnamese text without its marks, as SMS carry it: every letter of the language, composed (NFC) or decomposed (NFD), becomes one of a to z.</summary>
/// <remarks>
/// The laws, for any input at all:
/// <list type="number">
/// <item>Nothing is left but characters that both ASCII and the basic set of GSM 03.38 have, one septet each: safe with carriers that know no more than ASCII.</item>
/// <item>A letter loses its marks by table, because normalisation does nothing under invariant globalization and leaves đ alone under ICU. Letters that GSM 03.38 does have
/// (à, è, é, ì, ò, ù) lose theirs as well: a text with some marks reads worse than one with none.</item>
/// <item>A sign becomes its nearest relation (a dash -, a quotation mark ", a bracket a parenthesis, € EUR), a digit of any script its digit, a full-width letter its letter.</item>
/// <item>What prints nothing becomes nothing: combining marks, control characters, joiners, marks of direction. Any space becomes a space, any end of a line a line feed.</item>
/// <item>What has no equivalent (another script, an emoji, half a surrogate pair) becomes <c>?</c>, one for a run of it, so that a reader sees that something stood there.</item>
/// <item>A text that is without marks already stays as it is.</item>
/// </list>
/// </remarks>
public static class Unaccented
{
    /// <summary>Base letter, then every composed form of it: Vietnamese, and the Latin letters that names bring along.</summary>
    static readonly string[] Letters =
    [
        "aàáảãạăằắẳẵặâầấẩẫậäåāą", "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÄÅĀĄ", "dđďð", "DĐĎÐ", "eèéẻẽẹêềếểễệëēęě", "EÈÉẺẼẸÊỀẾỂỄỆËĒĘĚ",
        "iìíỉĩịîïīıį", "IÌÍỈĨỊÎÏĪİĮ", "oòóỏõọôồốổỗộơờớởỡợöøōő", "OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÖØŌŐ", "uùúủũụưừứửữựûüūůűų", "UÙÚỦŨỤƯỪỨỬỮỰÛÜŪŮŰŲ",
        "yỳýỷỹỵÿ", "YỲÝỶỸỴŸ", "cçćč", "CÇĆČ", "nñńňņ", "NÑŃŇŅ", "sśšşș", "SŚŠŞȘ", "zźżž", "ZŹŻŽ", "lłľļ", "LŁĽĻ",
        "gğģ", "GĞĢ", "kķ", "KĶ", "rřŕ", "RŘŔ", "tťţț", "TŤŢȚ",
    ];

    /// <summary>Signs that have a near relation in one septet.</summary>
    static readonly (string Signs, string Instead)[] Signs =
    [
        ("″", "\""), ("′`´ʻʼ", "'"), ("−~", "-"), ("…", "..."), ("•·", "-"), ("\t", " "), ("[{", "("), ("]}", ")"),
        ("|\\", "/"), ("^", ""), ("€", "EUR"), ("₫", "d"), ("æ", "ae"), ("Æ", "AE"), ("œ", "oe"), ("Œ", "OE"), ("ß", "ss"),
        ("≥", ">="), ("≤", "<="), ("°", " do"), ("×", "x"), ("²", "2"), ("³", "3"),
        ("\v\f\u0085", "\n"),
    ];

    static readonly FrozenDictionary<char, string> Table = Letters
        .SelectMany(row => row.Skip(1).Select(letter => (From: letter, To: row[..1])))
        .Concat(Signs.SelectMany(pair => pair.Signs.Select(sign => (From: sign, To: pair.Instead))))
        .ToFrozenDictionary(pair => pair.From, pair => pair.To);

    /// <summary>The text without marks; see the laws of the class.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        var (isRun, wasReturn) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            // The two characters that end a line in Windows' files are one end.
            var (isReturn, isPaired) = (rune.Value == '\r', rune.Value == '\n' && wasReturn);
            wasReturn = isReturn;
            if (isPaired)
                continue;
            var instead = isReturn ? "\n" : Instead(rune);
            if (instead is not null)
                plain.Append(instead);
            else if (!isRun)
                plain.Append('?');
            isRun = instead is null || (isRun && instead.Length == 0);
        }
        return plain.ToString();
    }

    /// <summary>What stands for one character; empty for what prints nothing, null when there is nothing like it.</summary>
    static string? Instead(Rune rune)
    {
        // Full-width forms stand in the order of ASCII.
        if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            rune = new Rune(rune.Value - 0xFF01 + '!');
        if (rune.IsBmp && Table.TryGetValue((char)rune.Value, out var known))
            return known;
        if (rune.IsAscii && Gsm0338.IsBasic((char)rune.Value))
            return ((char)rune.Value).ToString();
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control or UnicodeCategory.Format => "",
            UnicodeCategory.SpaceSeparator => " ",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "\n",
            UnicodeCategory.DashPunctuation => "-",
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation => rune.Value is >= 0x2018 and <= 0x201B or 0x2039 or 0x203A ? "'" : "\"",
            UnicodeCategory.OpenPunctuation => rune.Value switch { 0x201A => "'", 0x201E or 0x301D => "\"", _ => "(" },
            UnicodeCategory.ClosePunctuation => rune.Value is 0x301E or 0x301F ? "\"" : ")",
            UnicodeCategory.DecimalDigitNumber => ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}

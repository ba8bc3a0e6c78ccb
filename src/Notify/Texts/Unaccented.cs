using System.Collections.Frozen;
using System.Text;

namespace CanhLu.Notify;

/// <summary>Vietnamese text without its marks, as SMS carry it: every letter of the language, composed (NFC) or decomposed (NFD), becomes one of a to z;
/// what else is not both in ASCII and in the basic set of GSM 03.38 becomes its nearest sign, or <c>?</c>.</summary>
/// <remarks>By table, because normalisation does nothing under invariant globalization and leaves đ alone under ICU. Letters that GSM 03.38 does have (à, è, é, ì,
/// ò, ù) lose their marks as well: a text with some marks reads worse than one with none.</remarks>
public static class Unaccented
{
    /// <summary>Base letter, then every composed form of it: Vietnamese, and the Latin letters that names bring along.</summary>
    static readonly string[] Letters =
    [
        "aàáảãạăằắẳẵặâầấẩẫậäåāą", "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÄÅĀĄ", "dđďð", "DĐĎÐ", "eèéẻẽẹêềếểễệëēęě", "EÈÉẺẼẸÊỀẾỂỄỆËĒĘĚ",
        "iìíỉĩịîïī", "IÌÍỈĨỊÎÏĪ", "oòóỏõọôồốổỗộơờớởỡợöøōő", "OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÖØŌŐ", "uùúủũụưừứửữựûüūůű", "UÙÚỦŨỤƯỪỨỬỮỰÛÜŪŮŰ",
        "yỳýỷỹỵÿ", "YỲÝỶỸỴŸ", "cçćč", "CÇĆČ", "nñńň", "NÑŃŇ", "sśš", "SŚŠ", "zźżž", "ZŹŻŽ", "lł", "LŁ",
    ];

    /// <summary>Signs that have a near relation in one septet.</summary>
    static readonly (string Signs, string Instead)[] Signs =
    [
        ("“”„«»″", "\""), ("‘’‚′`´", "'"), ("–—−‐‑", "-"), ("…", "..."), ("•·", "-"), ("\u00A0\u2009\u202F\t", " "), ("[{", "("), ("]}", ")"), ("~", "-"),
        ("|\\", "/"), ("^", ""), ("€", "EUR"), ("₫", "d"), ("≥", ">="), ("≤", "<="), ("°", " do"), ("×", "x"), ("²", "2"), ("³", "3"),
        ("\u200B\u200C\u200D\uFEFF\u00AD", ""),
    ];

    static readonly FrozenDictionary<char, string> Table = Letters
        .SelectMany(row => row.Skip(1).Select(letter => (From: letter, To: row[..1])))
        .Concat(Signs.SelectMany(pair => pair.Signs.Select(sign => (From: sign, To: pair.Instead))))
        .ToFrozenDictionary(pair => pair.From, pair => pair.To);

    /// <summary>The text with nothing left but the characters common to ASCII and the basic set of GSM 03.38: one septet each, and safe with carriers that
    /// know no more than ASCII.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsMark(rune.Value))
                continue;
            if (rune.IsBmp && Table.TryGetValue((char)rune.Value, out var instead))
                plain.Append(instead);
            else if (rune.IsAscii && Gsm0338.IsBasic((char)rune.Value))
                plain.Append((char)rune.Value);
            else
                plain.Append('?');
        }
        return plain.ToString();
    }

    /// <summary>Combining marks: a decomposed letter is its base letter and some of these.</summary>
    static bool IsMark(int rune) => rune is >= 0x0300 and <= 0x036F or >= 0x1DC0 and <= 0x1DFF or >= 0x20D0 and <= 0x20FF or >= 0xFE00 and <= 0xFE0F;
}

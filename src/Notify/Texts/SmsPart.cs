namespace CanhLu.Notify;

/// <summary>One part of an SMS: what goes over the air as one message (3GPP TS 23.040, 9.2.3.24.1).</summary>
/// <param name="Text">What it holds. The parts of a text, joined, are the text.</param>
/// <param name="Units">Septets or sixteen-bit units: at most 160 or 70 in an only part, 153 or 67 in one of several.</param>
public readonly record struct SmsPart(string Text, int Units)
{
    /// <summary>The standard numbers parts with one octet: a longer text cannot be sent.</summary>
    public const int Most = 255;

    /// <summary>The parts of a text.</summary>
    /// <remarks>140 octets hold 160 septets or 70 units; the header that says how parts belong together takes 6 octets of each, which leaves 153 and 67. An escape and
    /// what it escapes, and the halves of a surrogate pair, stay in one part; a letter and its combining marks need not, because handsets join the parts before they show them.</remarks>
    /// <param name="text">The text; empty makes one empty part.</param>
    /// <param name="coding">How it is coded.</param>
    public static IReadOnlyList<SmsPart> Of(string text, SmsCoding coding)
    {
        var (single, limit) = coding == SmsCoding.Gsm7 ? (160, 153) : (70, 67);
        var parts = new List<SmsPart>();
        var (begin, at, filled, all) = (0, 0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var cost = coding == SmsCoding.Ucs2 ? rune.Utf16SequenceLength : Gsm0338.IsExtension((char)rune.Value) ? 2 : 1;
            if (filled + cost > limit)
            {
                parts.Add(new SmsPart(text[begin..at], filled));
                (begin, filled) = (at, 0);
            }
            filled += cost;
            all += cost;
            // Half a surrogate pair is read as U+FFFD, which is as long.
            at += rune.Utf16SequenceLength;
        }
        if (all <= single)
            return [new SmsPart(text, all)];
        parts.Add(new SmsPart(text[begin..], filled));
        return parts;
    }
}

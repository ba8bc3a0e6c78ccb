using System.Text;

namespace CanhLu.Notify;

/// <summary>How an SMS is coded.</summary>
public enum SmsCoding
{
    /// <summary>Seven bits a character, GSM 03.38.</summary>
    Gsm7,

    /// <summary>Sixteen bits a character, because a letter is not in GSM 03.38.</summary>
    Ucs2,
}

/// <summary>How big a text is as SMS.</summary>
/// <remarks>160 septets or 70 sixteen-bit units make one segment; of several, each holds 153 or 67. A character of the extension table costs two septets; neither it
/// nor a surrogate pair is split between segments (see <see cref="SmsPart"/>). There is no national shift table for Vietnamese.</remarks>
/// <param name="Coding">GSM-7 if every character allows it.</param>
/// <param name="Segments">How many segments; 1 for an empty text, which is sent as one.</param>
/// <param name="Characters">Characters as Unicode counts them: a surrogate pair is one, a letter and its combining mark are two.</param>
/// <param name="Units">Septets or sixteen-bit units, before any are lost at the end of a segment.</param>
/// <param name="ForcedBy">The characters that force UCS-2, each once, in order of appearance.</param>
public sealed record SmsSize(SmsCoding Coding, int Segments, int Characters, int Units, IReadOnlyList<string> ForcedBy)
{
    /// <summary>Whether it can be sent at all: parts are numbered with one octet.</summary>
    public bool IsSendable => Segments <= SmsPart.Most;

    /// <summary>The size of a text.</summary>
    public static SmsSize Of(string text)
    {
        var forcedBy = text.EnumerateRunes().Where(rune => !InGsm(rune)).Select(rune => rune.ToString()).Distinct().ToArray();
        var coding = forcedBy.Length == 0 ? SmsCoding.Gsm7 : SmsCoding.Ucs2;
        var parts = SmsPart.Of(text, coding);
        return new SmsSize(coding, parts.Count, text.EnumerateRunes().Count(), parts.Sum(part => part.Units), forcedBy);
    }

    static bool InGsm(Rune rune) => rune.IsBmp && (Gsm0338.IsBasic((char)rune.Value) || Gsm0338.IsExtension((char)rune.Value));
}

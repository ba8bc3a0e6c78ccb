using System.Collections.Frozen;

namespace CanhLu.Notify;

/// <summary>The default alphabet of SMS: GSM 03.38 (3GPP TS 23.038, 6.2.1) and its extension table (6.2.1.1).</summary>
public static class Gsm0338
{
    const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    const string Extension = "\f^{}\\[~]|€";

    static readonly FrozenSet<char> BasicSet = Basic.ToFrozenSet();
    static readonly FrozenSet<char> ExtensionSet = Extension.ToFrozenSet();

    /// <summary>Whether a character takes one septet.</summary>
    public static bool IsBasic(char character) => BasicSet.Contains(character);

    /// <summary>Whether a character takes two septets: the escape and itself.</summary>
    public static bool IsExtension(char character) => ExtensionSet.Contains(character);
}

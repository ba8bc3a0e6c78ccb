namespace CanhLu.GatewaySim;

/// <summary>Vietnamese mobile numbers, as carriers take them.</summary>
static class PhoneNumber
{
    /// <summary>The number as <c>84</c> and nine digits; null when it is no mobile number.</summary>
    public static string? Normalize(string text)
    {
        var digits = text.StartsWith('+') ? text[1..] : text;
        var national = digits.StartsWith("84", StringComparison.Ordinal) && digits.Length == 11 ? digits[2..]
            : digits.StartsWith('0') ? digits[1..]
            : digits;
        return national.Length == 9 && national.All(char.IsAsciiDigit) && national[0] is '3' or '5' or '7' or '8' or '9' ? "84" + national : null;
    }

    /// <summary>As people dial it: <c>0…</c>.</summary>
    public static string National(string phone) => "0" + phone[2..];

    /// <summary>eSMS's number of the network that the prefix once belonged to.</summary>
    public static int TelcoId(string phone) => phone[2..4] switch
    {
        "32" or "33" or "34" or "35" or "36" or "37" or "38" or "39" or "86" or "96" or "97" or "98" => 1,
        "70" or "76" or "77" or "78" or "79" or "89" or "90" or "93" => 2,
        "81" or "82" or "83" or "84" or "85" or "88" or "91" or "94" => 3,
        "52" or "56" or "58" or "92" => 4,
        "59" or "99" => 5,
        "87" => 6,
        "55" => 7,
        _ => 1,
    };
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace CanhLu.Notify;

/// <summary>The numbers of Viet Nam: which are mobile, what the old ones became, and what the others are.</summary>
/// <remarks>Ten digits since 2018 (Decision 798/QĐ-BTTTT for what was 11 digits), landlines with 02 since 2017 (Decision 2036/QĐ-BTTTT). A prefix that came after this table is taken
/// when libphonenumber knows it. A whole prefix counts as mobile, although not every block of it is given out: to refuse a number that exists leaves somebody untold, to take one that
/// does not costs an answer of the carrier.</remarks>
static class NumberingPlan
{
    const int Digits = 9;

    /// <summary>Two digits after the 0: Viettel 32–39, 86, 96–98; MobiFone 70, 76–79, 89, 90, 93; VinaPhone 81–85, 88, 91, 94; Vietnamobile 52, 56, 58, 92; Gmobile 59, 99; Wintel 55; iTel 87.</summary>
    static readonly FrozenSet<string> Mobile =
        "32 33 34 35 36 37 38 39 52 55 56 58 59 70 76 77 78 79 81 82 83 84 85 86 87 88 89 90 91 92 93 94 96 97 98 99".Split(' ').ToFrozenSet();

    /// <summary>The prefixes of eleven-digit mobile numbers, all moved to ten digits by 14 November 2018 (national part, without the 0).</summary>
    static readonly FrozenDictionary<string, string> Moved =
        "120 70, 121 79, 122 77, 126 76, 128 78, 123 83, 124 84, 125 85, 127 81, 129 82, 162 32, 163 33, 164 34, 165 35, 166 36, 167 37, 168 38, 169 39, 186 56, 188 58, 199 59"
            .Split(", ").ToFrozenDictionary(pair => pair[..3], pair => pair[4..]);

    public static IEnumerable<string> MobilePrefixes => Mobile.Order(StringComparer.Ordinal);

    public static IEnumerable<(string Old, string Now)> MovedPrefixes => Moved.Select(pair => (pair.Key, pair.Value)).Order();

    /// <summary>The nine digits of a mobile number.</summary>
    /// <param name="national">What stands after the 0.</param>
    /// <param name="mobile">The nine digits, those of an old number renewed.</param>
    /// <param name="reason">Why it is no mobile number, after it in a sentence.</param>
    public static bool TryMobile(string national, out string mobile, [NotNullWhen(false)] out string? reason)
    {
        mobile = national.Length == Digits + 1 && Moved.TryGetValue(national[..3], out var now) ? now + national[3..] : national;
        reason = mobile.Length == Digits && (Mobile.Contains(mobile[..2]) || IsKnownElsewhere(mobile)) ? null : Why(mobile);
        return reason is null;
    }

    static string Why(string national) => national switch
    {
        _ when national.Length < 7 => $"is too short: after the 0 a mobile number has {Digits} digits, this has {national.Length}",
        ['1', '8' or '9', '0', '0', ..] => "is a service number, which gets no SMS",
        ['2', ..] when national.Length is Digits or Digits + 1 => "is a landline, which gets no SMS",
        ['5', '1', '0' or '1', ..] when national.Length == Digits + 1 => "is a landline of before 2017, which gets no SMS",
        ['1', ..] when national.Length == Digits + 1 => $"begins with 0{national[..3]}, which was no mobile prefix of eleven digits",
        _ when national.Length == Digits => $"begins with 0{national[..2]}, which is no mobile prefix",
        _ when national.Length < Digits => $"is too short: after the 0 a mobile number has {Digits} digits, this has {national.Length}",
        _ => $"is too long: after the 0 a mobile number has {Digits} digits, this has {national.Length}",
    };

    static bool IsKnownElsewhere(string national)
    {
        var util = PhoneNumberUtil.GetInstance();
        var number = new PhoneNumbers.PhoneNumber.Builder()
            .SetCountryCode(84).SetNationalNumber(ulong.Parse(national, System.Globalization.CultureInfo.InvariantCulture)).Build();
        return util.IsValidNumber(number) && util.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
    }
}

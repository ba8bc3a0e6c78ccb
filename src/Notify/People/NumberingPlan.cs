using System.Collections.Frozen;
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
    /// <returns>Why it is no mobile number; null when it is one.</returns>
    public static Reason? Wrong(string national, out string mobile)
    {
        mobile = national.Length == Digits + 1 && Moved.TryGetValue(national[..3], out var now) ? now + national[3..] : national;
        return mobile.Length == Digits && (Mobile.Contains(mobile[..2]) || IsKnownElsewhere(mobile)) ? null : Why(mobile);
    }

    static Reason Why(string national) => national switch
    {
        _ when national.Length < 7 => Length(national, "short", "thiếu số"),
        ['1', '8' or '9', '0', '0', ..] => new("is a service number, which gets no SMS", "là số tổng đài, không nhận được SMS"),
        ['2', ..] when national.Length is Digits or Digits + 1 => new("is a landline, which gets no SMS", "là số máy bàn, không nhận được SMS"),
        ['5', '1', '0' or '1', ..] when national.Length == Digits + 1 =>
            new("is a landline of before 2017, which gets no SMS", "là số máy bàn cũ (trước 2017), không nhận được SMS"),
        ['1', ..] when national.Length == Digits + 1 =>
            new($"begins with 0{national[..3]}, which was no mobile prefix of eleven digits", $"bắt đầu bằng 0{national[..3]}, không phải đầu số di động 11 số cũ"),
        _ when national.Length == Digits => new($"begins with 0{national[..2]}, which is no mobile prefix", $"bắt đầu bằng 0{national[..2]}, không phải đầu số di động"),
        _ when national.Length < Digits => Length(national, "short", "thiếu số"),
        _ => Length(national, "long", "thừa số"),
    };

    static Reason Length(string national, string how, string howVi) => new(
        $"is too {how}: after the 0 a mobile number has {Digits} digits, this has {national.Length}",
        $"{howVi}: sau số 0, số di động có {Digits} chữ số, ở đây có {national.Length}");

    static bool IsKnownElsewhere(string national)
    {
        var util = PhoneNumberUtil.GetInstance();
        var number = new PhoneNumbers.PhoneNumber.Builder()
            .SetCountryCode(84).SetNationalNumber(ulong.Parse(national, System.Globalization.CultureInfo.InvariantCulture)).Build();
        return util.IsValidNumber(number) && util.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
    }
}

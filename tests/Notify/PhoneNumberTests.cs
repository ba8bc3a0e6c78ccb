using CanhLu.Notify;
using FsCheck.Xunit;
using PhoneNumbers;
using Xunit;
using PhoneNumber = CanhLu.Notify.PhoneNumber;

namespace CanhLu.Tests.Notify;

public sealed class PhoneNumberTests
{
    /// <summary>As the operators publish them, in November 2026.</summary>
    static readonly Dictionary<string, string[]> Operators = new()
    {
        ["Viettel"] = ["032", "033", "034", "035", "036", "037", "038", "039", "086", "096", "097", "098"],
        ["MobiFone"] = ["070", "076", "077", "078", "079", "089", "090", "093"],
        ["VinaPhone"] = ["081", "082", "083", "084", "085", "088", "091", "094"],
        ["Vietnamobile"] = ["052", "056", "058", "092"],
        ["Gmobile"] = ["059", "099"],
        ["Wintel"] = ["055"],
        ["iTel"] = ["087"],
    };

    public static TheoryData<string> Prefixes => [.. Operators.Values.SelectMany(prefixes => prefixes)];

    /// <summary>Of eleven digits, until 2018, and what each became.</summary>
    public static TheoryData<string, string> Old => new()
    {
        { "0120", "070" }, { "0121", "079" }, { "0122", "077" }, { "0126", "076" }, { "0128", "078" },
        { "0123", "083" }, { "0124", "084" }, { "0125", "085" }, { "0127", "081" }, { "0129", "082" },
        { "0162", "032" }, { "0163", "033" }, { "0164", "034" }, { "0165", "035" }, { "0166", "036" }, { "0167", "037" }, { "0168", "038" }, { "0169", "039" },
        { "0186", "056" }, { "0188", "058" }, { "0199", "059" },
    };

    static string[] Written(string home) =>
    [
        home, home[1..], "84" + home[1..], "+84" + home[1..], "0084" + home[1..], "+84 (0)" + home[1..], "(+84) " + home[1..], "+840" + home[1..],
        $"{home[..4]} {home[4..7]} {home[7..]}", $"{home[..4]}.{home[4..7]}.{home[7..]}", $"{home[..4]}-{home[4..7]}-{home[7..]}", $"({home[..3]}) {home[3..6]}-{home[6..]}",
        $"  {home}\t", $"'{home}", $"{home[1..]}.0", $"{home[..5]}\u00A0{home[5..]}", $"\u202D{home}\u202C", $"+84–{home[1..]}", $"{home[..2]} {home[2..4]} {home[4..6]} {home[6..]}",
    ];

    [Theory, MemberData(nameof(Prefixes))]
    public void Every_prefix_in_force_is_read_however_it_is_written(string prefix)
    {
        foreach (var rest in (string[])["0000000", "1234567", "9999999"])
            foreach (var text in Written(prefix + rest))
            {
                Assert.True(PhoneNumber.TryRead(text, out var number, out var reason), $"{text}: {reason}");
                Assert.Equal($"+84{prefix[1..]}{rest}", number.E164);
            }
    }

    [Theory, MemberData(nameof(Old))]
    public void Every_old_number_of_eleven_digits_is_read_as_the_one_it_became(string old, string now)
    {
        foreach (var text in Written(old + "1234567"))
        {
            Assert.True(PhoneNumber.TryRead(text, out var number, out var reason), $"{text}: {reason}");
            Assert.Equal($"+84{now[1..]}1234567", number.E164);
        }
    }

    [Fact]
    public void The_plan_holds_the_prefixes_of_the_operators_and_what_the_old_ones_became_and_nothing_else()
    {
        Assert.Equal(Operators.Values.SelectMany(prefixes => prefixes).Order(StringComparer.Ordinal), NumberingPlan.MobilePrefixes.Select(prefix => "0" + prefix));
        Assert.Equal(Old.Select(row => ($"{row.Data.Item1[1..]}", row.Data.Item2[1..])).Order(), NumberingPlan.MovedPrefixes);
    }

    [Fact]
    public void Of_all_two_digit_prefixes_the_others_are_refused_with_a_reason_unless_libphonenumber_calls_them_mobile()
    {
        var known = NumberingPlan.MobilePrefixes.ToHashSet();
        var util = PhoneNumberUtil.GetInstance();
        for (var prefix = 10; prefix <= 99; prefix++)
        {
            if (known.Contains($"{prefix}"))
                continue;
            var isMobile = util.GetNumberType(util.Parse($"+84{prefix}1234567", "VN")) is PhoneNumberType.MOBILE;
            Assert.Equal(isMobile, PhoneNumber.TryRead($"0{prefix}1234567", out _, out var reason));
            Assert.Equal(isMobile, reason is null);
        }
    }

    [Fact]
    public void Whatever_libphonenumber_calls_a_mobile_number_is_read_as_the_same()
    {
        var util = PhoneNumberUtil.GetInstance();
        for (var block = 100_000; block < 1_000_000; block += 37)
        {
            var national = $"{block}123";
            var number = util.Parse("+84" + national, "VN");
            if (util.IsValidNumber(number) && util.GetNumberType(number) is PhoneNumberType.MOBILE)
            {
                Assert.True(PhoneNumber.TryRead("0" + national, out var read, out var reason), $"0{national}: {reason}");
                Assert.Equal("+84" + national, read.E164);
            }
        }
    }

    [Theory]
    [InlineData("0235 385 1234", "is a landline, which gets no SMS")]
    [InlineData("02353851234", "is a landline, which gets no SMS")]
    [InlineData("+84 235 3851234", "is a landline, which gets no SMS")]
    [InlineData("024 3825 1234", "is a landline, which gets no SMS")]
    [InlineData("0510 3851234", "is a landline of before 2017, which gets no SMS")]
    [InlineData("19001234", "is a service number, which gets no SMS")]
    [InlineData("1800 1091", "is a service number, which gets no SMS")]
    [InlineData("0905", "is too short: after the 0 a mobile number has 9 digits, this has 3")]
    [InlineData("113", "is too short: after the 0 a mobile number has 9 digits, this has 3")]
    [InlineData("090512345", "is too short: after the 0 a mobile number has 9 digits, this has 8")]
    [InlineData("09051234567", "is too long: after the 0 a mobile number has 9 digits, this has 10")]
    [InlineData("+8490512345", "is too short: after the 0 a mobile number has 9 digits, this has 8")]
    [InlineData("84905123", "is too short: after the 0 a mobile number has 9 digits, this has 8")]
    [InlineData("0405123456", "begins with 040, which is no mobile prefix")]
    [InlineData("01305123456", "begins with 0130, which was no mobile prefix of eleven digits")]
    [InlineData("+1 202 555 0123", "is not a number of Viet Nam")]
    [InlineData("001 202 555 0123", "is not a number of Viet Nam")]
    [InlineData("+856 20 5512 3456", "is not a number of Viet Nam")]
    [InlineData("+0905123456", "has a 0 after the +, which no country has")]
    [InlineData("0905+123456", "has a + in its middle")]
    [InlineData("09O5123456", "has a letter (O) where a digit belongs: is 0905123456 meant?")]
    [InlineData("o9o5l23456", "has a letter (ol) where a digit belongs: is 0905123456 meant?")]
    [InlineData("09O512345", "has a letter (O) where a digit belongs")]
    [InlineData("ĐT 0905123456", "holds letters (ĐT) beside the digits")]
    [InlineData("0905123456 (con trai)", "holds letters (contrai) beside the digits")]
    [InlineData("0905ABC456", "holds letters (ABC) beside the digits")]
    [InlineData("0905123456 ext 12", "holds letters (ext) beside the digits")]
    [InlineData("0905123456 / 0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("0905123456, 0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("0905123456 - 0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("0905123456 hoặc 0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("0905123456 0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("0905123456\n0912345678", "holds more than one number: give each a line of its own")]
    [InlineData("9.05E+08", "was cut by a spreadsheet: format its column as text and write it again")]
    [InlineData("8,4905E+10", "was cut by a spreadsheet: format its column as text and write it again")]
    [InlineData("0905*123*456", "holds '*', which no telephone number has")]
    [InlineData("0905123456?", "holds '?', which no telephone number has")]
    [InlineData("#ERROR!", "is not a telephone number")]
    [InlineData("không có", "is not a telephone number")]
    [InlineData("-", "is not a telephone number")]
    [InlineData("", "is missing")]
    [InlineData(" \u00A0", "is missing")]
    public void What_gets_no_SMS_or_is_a_typing_error_is_refused_with_its_reason(string text, string reason)
    {
        Assert.False(PhoneNumber.TryRead(text, out _, out var given));
        Assert.Equal(reason, given);
        Assert.NotEqual(given, PhoneNumber.Wrong(text, out _)?.Vi);
    }

    [Fact]
    public void An_error_of_one_digit_more_or_less_is_never_read_as_another_number()
    {
        const string Home = "0905123456";
        for (var at = 0; at < Home.Length; at++)
        {
            // Without its 0 it is what a spreadsheet leaves of it: the same number.
            Assert.Equal(at == 0, PhoneNumber.TryRead(Home.Remove(at, 1), out var shorter, out _));
            Assert.True(at > 0 || shorter.E164 == "+84905123456");
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var longer = Home.Insert(at, digit.ToString());
                // 0 before 0905… is no country's call, and 01… may have been an old number.
                if (PhoneNumber.TryRead(longer, out var read, out _))
                    Assert.True(read.E164 == "+84905123456" || longer.StartsWith("01", StringComparison.Ordinal), longer);
            }
        }
    }

    [Property(MaxTest = 3000)]
    public bool Whatever_stands_in_a_cell_is_a_mobile_number_or_has_a_reason_in_both_languages(string text, uint digits, bool mixed)
    {
        var cell = mixed ? $"{text}{digits}" : text ?? "";
        return PhoneNumber.Wrong(cell, out var number) is { } reason
            ? reason.En.Length > 0 && reason.Vi.Length > 0 && number == default
            : number.E164.Length == 12 && number.E164.StartsWith("+84", StringComparison.Ordinal) && number.E164.Skip(1).All(char.IsAsciiDigit);
    }

    [Fact]
    public void A_number_prints_itself_masked() => Assert.Equal("+84••••••456", $"{new PhoneNumber("+84905123456")}");
}

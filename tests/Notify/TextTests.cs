using CanhLu.Notify;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class TextTests
{
    /// <summary>The twelve vowels with their composed forms in the order grave, acute, hook, tilde, dot.</summary>
    const string Vowels = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ";

    const string Tones = "\u0300\u0301\u0309\u0303\u0323";

    public static TheoryData<string, string, string> Letters
    {
        get
        {
            var letters = new TheoryData<string, string, string> { { "đ", "đ", "d" }, { "Đ", "Đ", "D" } };
            foreach (var row in Vowels.Split(' '))
            {
                var (plain, shape) = row[0] switch
                {
                    'ă' => ('a', "\u0306"),
                    'â' => ('a', "\u0302"),
                    'ê' => ('e', "\u0302"),
                    'ô' => ('o', "\u0302"),
                    'ơ' => ('o', "\u031B"),
                    'ư' => ('u', "\u031B"),
                    var letter => (letter, ""),
                };
                for (var i = 0; i < row.Length; i++)
                {
                    var tone = i == 0 ? "" : Tones[i - 1].ToString();
                    // The dot below comes before the circumflex and the breve in canonical order; keyboards also write it after.
                    foreach (var marks in new[] { shape + tone, tone + shape }.Distinct())
                    {
                        letters.Add(row[i].ToString(), plain + marks, plain.ToString());
                        letters.Add(row[i].ToString().ToUpperInvariant(), char.ToUpperInvariant(plain) + marks, char.ToUpperInvariant(plain).ToString());
                    }
                }
            }
            return letters;
        }
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public void Every_Vietnamese_letter_loses_its_marks_composed_or_not(string composed, string decomposed, string plain)
    {
        Assert.Equal(plain, Unaccented.Of(composed));
        Assert.Equal(plain, Unaccented.Of(decomposed));
    }

    [Property(MaxTest = 2000)]
    public bool Nothing_is_left_outside_the_basic_set(string text) => Unaccented.Of(text ?? "").All(Gsm0338.IsBasic);

    [Fact]
    public void Nothing_of_all_of_Unicode_is_left_outside_the_basic_set()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
                continue;
            Assert.All(Unaccented.Of(char.ConvertFromUtf32(code)), character => Assert.True(Gsm0338.IsBasic(character), $"U+{code:X4}"));
        }
    }

    [Theory]
    [InlineData(160, 'a', SmsCoding.Gsm7, 1)]
    [InlineData(161, 'a', SmsCoding.Gsm7, 2)]
    [InlineData(306, 'a', SmsCoding.Gsm7, 2)]
    [InlineData(307, 'a', SmsCoding.Gsm7, 3)]
    [InlineData(70, 'ự', SmsCoding.Ucs2, 1)]
    [InlineData(71, 'ự', SmsCoding.Ucs2, 2)]
    [InlineData(134, 'ự', SmsCoding.Ucs2, 2)]
    [InlineData(135, 'ự', SmsCoding.Ucs2, 3)]
    [InlineData(80, '€', SmsCoding.Gsm7, 1)]
    [InlineData(81, '€', SmsCoding.Gsm7, 2)]
    [InlineData(0, 'a', SmsCoding.Gsm7, 1)]
    public void A_segment_holds_160_or_153_septets_and_70_or_67_units(int count, char letter, SmsCoding coding, int segments)
    {
        var size = SmsSize.Of(new string(letter, count));
        Assert.Equal((coding, segments, count), (size.Coding, size.Segments, size.Characters));
    }

    [Fact]
    public void Neither_an_escape_nor_a_surrogate_pair_is_split()
    {
        // 152 and an extension character do not fit in 153: the second segment begins with it.
        Assert.Equal(2, SmsSize.Of(new string('a', 152) + "{" + new string('a', 151)).Segments);
        Assert.Equal(3, SmsSize.Of(new string('a', 152) + "{" + new string('a', 152)).Segments);
        Assert.Equal(2, SmsSize.Of(new string('ự', 66) + "😀" + new string('ự', 65)).Segments);
        Assert.Equal(3, SmsSize.Of(new string('ự', 66) + "😀" + new string('ự', 66)).Segments);
    }

    [Fact]
    public void The_letters_that_force_Unicode_are_named_once_in_order() =>
        Assert.Equal(["ự", "đ"], SmsSize.Of("mực... tự động đó").ForcedBy.Take(2));

    [Fact]
    public void A_bulletin_speaks_as_the_official_ones_do()
    {
        var words = BulletinText.Of(Bulletin(AlarmLevel.II, 2680), River.Of([], false), "vi");
        Assert.Equal("Mực nước sông Tam Kỳ tại trạm Tam Kỳ lúc 21 giờ ngày 29/10/2025: 2,68 m, dưới báo động III 0,02 m.", words.Text);
        Assert.Equal("Muc nuoc song Tam Ky tai tram Tam Ky luc 21 gio ngay 29/10/2025: 2,68 m, duoi bao dong III 0,02 m.", words.Sms);
        Assert.Equal(1, SmsSize.Of(words.Sms).Segments);
        Assert.Equal("w-vi", words.ZaloTemplate);
        Assert.Equal(["relation", "river", "stage", "station", "time"], words.Slots.Keys.Order());
        Assert.Equal("dưới báo động III 0,02 m", words.Slots["relation"]);
    }

    [Fact]
    public void The_template_of_the_level_comes_before_the_one_for_every_level()
    {
        var words = BulletinText.Of(Bulletin(AlarmLevel.III, 2720), River.Of([], false), "vi");
        Assert.Equal("Khẩn cấp! Sông Tam Kỳ 2,72 m, trên báo động III 0,02 m, lên 5 cm/giờ.", words.Text);
    }

    [Fact]
    public void A_language_that_lacks_a_template_is_told_in_its_own_one_for_every_level_and_else_in_Vietnamese()
    {
        Assert.Equal(
            "Water level of the Tam Kỳ river at Tam Kỳ at 21:00 on 29 October 2025: 2.72 m, 0.02 m above alarm level III.",
            BulletinText.Of(Bulletin(AlarmLevel.III, 2720), River.Of([], false), "en").Text);
        var vietnamese = River.Of([], false) with { Templates = [.. River.Of([], false).Templates.Where(template => template.Language == "vi")] };
        Assert.StartsWith("Khẩn cấp!", BulletinText.Of(Bulletin(AlarmLevel.III, 2720), vietnamese, "en").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_without_a_template_is_not_left_unsaid()
    {
        var words = BulletinText.Of(Bulletin(AlarmLevel.I, 1700), River.Of([], false) with { Templates = [] }, "vi");
        Assert.Equal("Tam Kỳ: 1,70 m ở mức báo động I, 21 giờ ngày 29/10/2025.", words.Text);
        Assert.Null(words.ZaloTemplate);
    }

    static Bulletin Bulletin(AlarmLevel level, int stage) => new(
        1, 1, River.Station, River.Rule, Cause.Threshold, BulletinKind.Warning, level, new Stage(stage), new RateOfRise(52), River.Now, River.Now, "auto",
        River.Now + Duration.FromHours(6));
}

using CanhLu.Notify;
using FsCheck.Xunit;
using Xunit;

namespace CanhLu.Tests.Notify.Bench;

public sealed class UnaccentedLawTests
{
    [Property(MaxTest = 2000)]
    public bool Whatever_comes_in_only_ASCII_of_the_basic_set_comes_out(string text) =>
        Unaccented.Of(text ?? "").All(character => char.IsAscii(character) && Gsm0338.IsBasic(character));

    [Property(MaxTest = 2000)]
    public bool A_text_without_marks_stays_as_it_is(string text) => Unaccented.Of(Unaccented.Of(text ?? "")) == Unaccented.Of(text ?? "");

    [Fact]
    public void Every_generated_text_is_without_marks_and_never_takes_more_than_seven_bits()
    {
        foreach (var text in BenchTexts.Make(5000, 7))
        {
            var plain = Unaccented.Of(text);
            Assert.All(plain, character => Assert.True(char.IsAscii(character) && Gsm0338.IsBasic(character), text));
            Assert.Equal((SmsCoding.Gsm7, plain.Length), (SmsSize.Of(plain).Coding, SmsSize.Of(plain).Units));
        }
    }

    [Theory]
    [InlineData("Lũ 🌊🌊🌊 về 👨‍👩‍👧 rồi", "Lu ? ve ? roi")]
    [InlineData("你好 Tam Kỳ", "? Tam Ky")]
    [InlineData("a\uD83Db", "a?b")]
    [InlineData("⚠️ KHẨN CẤP", "? KHAN CAP")]
    [InlineData("thật ư??", "that u??")]
    public void What_has_no_equivalent_is_one_question_mark_a_run(string text, string plain) => Assert.Equal(plain, Unaccented.Of(text));

    [Theory]
    [InlineData("a\u200Bb\u0007c\u202Ed\uFEFF", "abcd")]
    [InlineData("dòng 1\r\ndòng 2\rdòng 3\u2028dòng 4", "dong 1\ndong 2\ndong 3\ndong 4")]
    [InlineData("a\u00A0b\tc\u3000d", "a b c d")]
    public void What_prints_nothing_is_nothing_and_spaces_and_ends_of_lines_stay(string text, string plain) => Assert.Equal(plain, Unaccented.Of(text));

    [Theory]
    [InlineData("“lũ” ‘về’ „x‟ «y»", "\"lu\" 've' \"x\" \"y\"")]
    [InlineData("2—3 – 4‐5", "2-3 - 4-5")]
    [InlineData("[a] {b} 【c】 |d~e^", "(a) (b) (c) /d-e")]
    [InlineData("Ｔａｍ Ｋỳ ٣٤ １２", "Tam Ky 34 12")]
    [InlineData("100–400 m³/s ≥ 2 €, 50.000₫", "100-400 m3/s >= 2 EUR, 50.000d")]
    [InlineData("Đặng Þ", "Dang ?")]
    public void A_sign_becomes_its_nearest_relation(string text, string plain) => Assert.Equal(plain, Unaccented.Of(text));
}

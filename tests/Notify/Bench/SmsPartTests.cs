using CanhLu.Notify;
using Xunit;

namespace CanhLu.Tests.Notify.Bench;

public sealed class SmsPartTests
{
    [Fact]
    public void Joined_parts_are_the_text_each_fits_and_none_cuts_an_escape_or_a_pair()
    {
        foreach (var text in BenchTexts.Make(5000, 11))
        {
            var size = SmsSize.Of(text);
            var parts = SmsPart.Of(text, size.Coding);
            var limit = (size.Coding, parts.Count) switch { (SmsCoding.Gsm7, 1) => 160, (SmsCoding.Gsm7, _) => 153, (_, 1) => 70, _ => 67 };
            Assert.Equal(text, string.Concat(parts.Select(part => part.Text)));
            Assert.All(parts, part => Assert.InRange(part.Units, parts.Count == 1 ? 0 : 1, limit));
            Assert.All(parts, part => Assert.False(part.Text.Length > 0 && char.IsHighSurrogate(part.Text[^1])));
            Assert.All(parts, part => Assert.Equal(
                part.Units, size.Coding == SmsCoding.Ucs2 ? part.Text.Length : part.Text.Length + part.Text.Count(Gsm0338.IsExtension)));
        }
    }

    [Fact]
    public void A_text_of_more_than_255_parts_cannot_be_sent()
    {
        Assert.True(SmsSize.Of(new string('a', 255 * 153)).IsSendable);
        Assert.False(SmsSize.Of(new string('a', (255 * 153) + 1)).IsSendable);
    }

    [Fact]
    public void The_bench_reckons_price_by_segment_and_time_by_letter()
    {
        var bench = SmsBench.Of(new string('ự', 100), new SmsTerms(50, 800), 30_000);
        Assert.Equal(("UCS-2", 2, 1), (bench.Coding, bench.Segments, bench.UnaccentedSegments));
        Assert.Equal((48_000_000m, 24_000_000m, 600), (bench.Price, bench.UnaccentedPrice, bench.Seconds));
        Assert.Null(SmsBench.Of("a", new SmsTerms(50, null), 30_000).Price);
    }
}

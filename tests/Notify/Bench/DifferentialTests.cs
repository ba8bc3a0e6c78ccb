using CanhLu.Notify;
using Xunit;

namespace CanhLu.Tests.Notify.Bench;

/// <summary>The SMS bench against three calculators of npm. Where they differ, the README beside this says who is right, and the rule is stated here.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    const int Texts = 5000;
    const int Seed = 20251029;

    [Fact]
    public async Task Coding_and_segments_agree_with_three_calculators_on_five_thousand_texts()
    {
        var texts = BenchTexts.Make(Texts, Seed);
        var judged = await SmsJudges.Ask(texts);
        Assert.Equal(Texts, judged.Count);
        var (agreed, clustered, pageBreaks, short_, empty) = (0, 0, 0, 0, 0);
        foreach (var (text, judges) in texts.Zip(judged))
        {
            var (size, name) = (SmsSize.Of(text), System.Text.Json.JsonSerializer.Serialize(text));
            var coding = size.Coding == SmsCoding.Gsm7 ? "GSM-7" : "UCS-2";
            var (single, part) = size.Coding == SmsCoding.Gsm7 ? (160, 153) : (70, 67);
            var parts = SmsPart.Of(text, size.Coding);

            // split-sms knows the standards as we do: the same parts, letter for letter.
            Assert.True(judges.Split.Coding == coding && judges.Split.Segments == size.Segments, $"split-sms says {judges.Split.Segments}, we {size.Segments}: {name}");
            Assert.True(judges.Split.Parts.SequenceEqual(parts.Select(one => one.Text)), $"split-sms cuts elsewhere: {name}");

            // sms-segments-calculator keeps whole what a reader sees as one character.
            Assert.True(judges.Calculator.Coding == coding, $"sms-segments-calculator says {judges.Calculator.Coding}: {name}");
            if (judges.Calculator.Clusters)
            {
                Assert.Equal(Packed(judges.Calculator.ClusterLengths, single, part), judges.Calculator.Segments);
                Assert.InRange(judges.Calculator.Segments, size.Segments, int.MaxValue);
                clustered += judges.Calculator.Segments > size.Segments ? 1 : 0;
            }
            else
            {
                Assert.True(judges.Calculator.Segments == size.Segments, $"sms-segments-calculator says {judges.Calculator.Segments}, we {size.Segments}: {name}");
                Assert.True(judges.Calculator.ForcedBy.SequenceEqual(size.ForcedBy), $"sms-segments-calculator says {string.Join(' ', judges.Calculator.ForcedBy)}: {name}");
            }

            // sms-length divides the sum, does not know the page break, and gives an empty text no segment.
            if (text.Length == 0)
            {
                Assert.Equal((0, 1), (judges.Length.Segments, size.Segments));
                empty++;
            }
            else if (size.Coding == SmsCoding.Gsm7 && text.Contains('\f', StringComparison.Ordinal))
            {
                Assert.Equal("UCS-2", judges.Length.Coding);
                pageBreaks++;
            }
            else
            {
                Assert.True(judges.Length.Coding == coding, $"sms-length says {judges.Length.Coding}: {name}");
                Assert.Equal(size.Units <= single ? 1 : (size.Units + part - 1) / part, judges.Length.Segments);
                var lost = parts.SkipLast(1).Sum(one => part - one.Units);
                Assert.True(lost > 0 || judges.Length.Segments == size.Segments, $"sms-length says {judges.Length.Segments}, we {size.Segments}: {name}");
                short_ += judges.Length.Segments < size.Segments ? 1 : 0;
            }
            agreed += judges.Calculator.Segments == size.Segments && judges.Length.Segments == size.Segments && judges.Length.Coding == coding ? 1 : 0;
        }
        output.WriteLine($"{Texts} texts: all four agree on {agreed}; sms-segments-calculator keeps clusters in {clustered}, sms-length says too few in {short_}, "
            + $"calls {pageBreaks} with a page break UCS-2, and {empty} empty one nothing.");
        // Every disagreement was met, or its rule was never tried.
        Assert.All((int[])[clustered, short_, pageBreaks], count => Assert.InRange(count, 10, Texts / 10));
        Assert.NotEqual(0, empty);
        Assert.InRange(agreed, Texts * 8 / 10, Texts);
    }

    [Fact]
    public async Task Vietnamese_without_marks_agrees_with_the_normalisation_of_JavaScript()
    {
        var random = new Random(Seed);
        var words = Vietnamese.Words.Split(' ');
        var composed = Enumerable.Range(0, 1000).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)]))).ToArray();
        var decomposed = composed.Select(Vietnamese.Decomposed).ToArray();
        Assert.Equal(composed.Select(Unaccented.Of), decomposed.Select(Unaccented.Of));
        Assert.Equal((await SmsJudges.Ask([.. composed, .. decomposed])).Select(one => one.Plain), composed.Concat(decomposed).Select(Unaccented.Of));
    }

    /// <summary>Parts when nothing of the given lengths may be cut.</summary>
    static int Packed(int[] lengths, int single, int part)
    {
        if (lengths.Sum() <= single)
            return 1;
        var (parts, filled) = (1, 0);
        foreach (var length in lengths)
        {
            if (filled + length > part)
                (parts, filled) = (parts + 1, 0);
            filled += length;
        }
        return parts;
    }
}

using CanhLu.Host.SiteFiles;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_is_what_is_read()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var site = new AnySite(seed, Path.Combine(Folders.Small, "site.yaml")).Make();
            Assert.Equal(SiteWriter.Whole(site), SiteWriter.Whole(ReadBack(site, $"seed {seed}")));
        }
    }

    [Theory]
    [InlineData("tam-ky")]
    [InlineData("small")]
    public void A_real_site_is_the_same_after_it_was_written_and_read(string which)
    {
        var site = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(which == "small" ? Folders.Small : Folders.TamKy)).Site;
        Assert.Equal(SiteWriter.Whole(site), SiteWriter.Whole(ReadBack(site, which)));
    }

    static Site ReadBack(Site site, string which)
    {
        var files = SiteWriter.Files(site);
        var verdict = SiteReader.Read(Folders.Small, file => files.GetValueOrDefault(file), new Findings());
        if (verdict is SiteVerdict.Wrong(var errors))
            Assert.Fail($"{which}: {string.Join('\n', errors)}\n{SiteWriter.Whole(site)}");
        return ((SiteVerdict.Right)verdict).Site;
    }
}

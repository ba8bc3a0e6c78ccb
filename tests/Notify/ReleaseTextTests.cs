using CanhLu.Host.SiteFiles;
using CanhLu.Notify;
using CanhLu.Tests.Host.SiteFiles;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ReleaseTextTests
{
    static readonly Site Site = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site;
    static readonly Instant Entered = Instant.FromUtc(2025, 10, 30, 4, 0);

    [Theory]
    [InlineData(BulletinKind.Warning, "vi", "Ho Phu Ninh xa 100-400 m3/s tu 14 gio ngay 30/10/2025. ")]
    [InlineData(BulletinKind.Warning, "en", "Phú Ninh reservoir will release 100-400 m3/s from ")]
    [InlineData(BulletinKind.AllClear, "vi", "Dot xa nuoc da thong bao cua ho Phu Ninh da ket thuc.")]
    [InlineData(BulletinKind.AllClear, "en", "The announced release of Phu Ninh reservoir is over.")]
    public void A_release_says_who_how_much_and_when_in_one_SMS(BulletinKind kind, string language, string begins)
    {
        var bulletin = new Bulletin(
            1, 1, "tam-ky", "ho-phu-ninh-xa", Cause.Release, kind, kind == BulletinKind.Warning ? AlarmLevel.II : AlarmLevel.None, null, null, Entered, Entered, "Lan",
            Entered + Duration.FromHours(6))
        {
            Outflow = new Outflow("Phú Ninh", 100, 400, Instant.FromUtc(2025, 10, 30, 7, 0)),
        };
        var words = BulletinText.Of(bulletin, Site, language);
        Assert.StartsWith(Unaccented.Of(begins), words.Sms, StringComparison.Ordinal);
        Assert.Equal((SmsCoding.Gsm7, 1), (SmsSize.Of(words.Sms).Coding, SmsSize.Of(words.Sms).Segments));
        Assert.DoesNotContain('{', words.Text);
        if (kind == BulletinKind.Warning)
            Assert.Contains("100–400 m³/s", words.Text, StringComparison.Ordinal);
    }
}

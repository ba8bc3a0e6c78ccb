using System.Globalization;
using System.Xml.Linq;
using CanhLu.Notify.Cap;
using CanhLu.Tests.Duty;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

public sealed class FeedTests
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public void An_empty_feed_is_a_feed()
    {
        using var press = new Press();
        Assert.Empty(WellFormed(Feed(press)));
    }

    [Fact]
    public void The_newest_hundred_are_listed_newest_first_each_with_its_message()
    {
        using var press = new Press();
        for (var minute = 1; minute <= 130; minute++)
        {
            press.Office.Clock.Reset(Say.At(minute));
            press.Office.Hear(Say.Ladder(minute % 2 == 1 ? AlarmLevel.II : AlarmLevel.None, minute, 2300));
            press.Publish();
        }
        var entries = WellFormed(Feed(press));
        Assert.Equal(CapBook.FeedLength, entries.Count);
        var newest = press.All.AsEnumerable().Reverse().Take(CapBook.FeedLength).ToArray();
        Assert.Equal(newest.Select(message => $"https://canhlu.example.vn/cap/{message.Identifier}.xml"), entries.Select(Link));
        Assert.Equal(newest.Select(message => message.Title), entries.Select(entry => entry.Element(Atom + "title")!.Value));
        Assert.All(newest, message => Assert.Equal(message.Xml, press.Book.Find(message.Identifier)!.Xml));
        Assert.Null(press.Book.Find("nobody"));
    }

    /// <summary>What RFC 4287 requires of a feed (4.1.1) and of its entries (4.1.2), of ids, times and links.</summary>
    public static List<XElement> WellFormed(byte[] bytes)
    {
        var feed = XDocument.Load(new MemoryStream(bytes)).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Single(feed.Elements(Atom + "title"));
        Assert.NotEmpty(feed.Elements(Atom + "author").Elements(Atom + "name").Single().Value);
        Assert.Single(feed.Elements(Atom + "link"), link => link.Attribute("rel")?.Value == "self");
        var entries = feed.Elements(Atom + "entry").ToList();
        var ids = new HashSet<string>();
        var times = new List<DateTimeOffset>();
        foreach (var one in entries.Prepend(feed))
        {
            var id = Assert.Single(one.Elements(Atom + "id")).Value;
            Assert.True(Uri.TryCreate(id, UriKind.Absolute, out _) && ids.Add(id), id);
            var updated = Assert.Single(one.Elements(Atom + "updated")).Value;
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", updated);
            times.Add(DateTimeOffset.Parse(updated, CultureInfo.InvariantCulture));
            Assert.Single(one.Elements(Atom + "title"));
        }
        Assert.All(entries, entry =>
        {
            Assert.True(Uri.TryCreate(Link(entry), UriKind.Absolute, out _));
            Assert.InRange(entry.Elements(Atom + "summary").Count(), 0, 1);
        });
        Assert.Equal(times.Skip(1).OrderDescending(), times.Skip(1));
        Assert.All(times.Skip(1), time => Assert.True(time <= times[0]));
        return entries;
    }

    static string Link(XElement entry)
    {
        var link = Assert.Single(entry.Elements(Atom + "link"), link => link.Attribute("rel")?.Value == "alternate");
        Assert.Equal(AtomFeed.MessageType, link.Attribute("type")?.Value);
        return link.Attribute("href")!.Value;
    }

    static byte[] Feed(Press press) => AtomFeed.Write(
        press.Book.Newest(), press.Office.Site.PublicSender!, press.Book.Installation, new Uri("https://canhlu.example.vn/cap/"), Instant.FromUtc(2025, 10, 1, 0, 0));
}

using System.Net;
using System.Net.Http.Headers;
using CanhLu.Notify.Cap;
using CanhLu.Tests.Notify.Cap;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>Alerts as the public gets them, from the whole engine.</summary>
public sealed class CapRoutesTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static readonly HttpClient Http = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warning_is_in_the_feed_at_once_and_who_has_it_is_told_that_nothing_is_new()
    {
        using (var empty = await Get("cap/feed.atom"))
        {
            Assert.Equal((HttpStatusCode.OK, "application/atom+xml"), (empty.StatusCode, empty.Content.Headers.ContentType?.MediaType));
            Assert.Empty(FeedTests.WellFormed(await empty.Content.ReadAsByteArrayAsync(Token)));
            using var again = await Get("cap/feed.atom", empty.Headers.ETag);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.66m), (Duration.FromMinutes(10), 1.69m), (Duration.Zero, 1.72m));
        var entries = new List<System.Xml.Linq.XElement>();
        await Eventually.True(() => (entries = FeedTests.WellFormed(Get("cap/feed.atom").GetAwaiter().GetResult().Content.ReadAsByteArrayAsync(Token).GetAwaiter().GetResult())).Count > 0, "the feed has the warning");
        var address = new Uri(entries[0].Elements().First(one => one.Name.LocalName == "link").Attribute("href")!.Value);
        Assert.Equal(engine.Page.Authority, address.Authority);
        using var message = await Http.GetAsync(address, Token);
        Assert.Equal(AtomFeed.MessageType, message.Content.Headers.ContentType?.MediaType);
        var alert = Schema.Valid(await message.Content.ReadAsByteArrayAsync(Token)).Root!;
        Assert.Equal(("Actual", "Alert"), (Press.Of(alert, "status"), Press.Of(alert, "msgType")));

        using var feed = await Get("cap/feed.atom");
        using var unchanged = await Get("cap/feed.atom", feed.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var nobody = await Get("cap/tam-ky-0-0.xml");
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (nobody.StatusCode, nobody.Content.Headers.ContentType?.MediaType));
        using var since = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfModifiedSince = message.Content.Headers.LastModified } };
        using var known = await Http.SendAsync(since, Token);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    async Task<HttpResponseMessage> Get(string path, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(engine.Page, path));
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await Http.SendAsync(request, Token);
    }
}

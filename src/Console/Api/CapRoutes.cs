using System.Globalization;
using CanhLu.Notify.Cap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Alerts for the public: a feed (Atom) and the messages (CAP 1.2). Who has them is told with 304 that nothing is new.</summary>
static class CapRoutes
{
    const string Folder = "/cap/";

    static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCap(this IEndpointRouteBuilder routes, Instant since)
    {
        routes.MapMethods(Folder + "feed.atom", Reading, (Func<Site> site, CapBook book, IOptions<CapOptions> options, IClock clock, HttpContext context) =>
                site().PublicSender is { } sender
                    ? Feed(sender, book, Address(context.Request, options.Value), since, clock.GetCurrentInstant(), context.Response)
                    : Problems.Missing("This site publishes no alerts: its site.yaml has no public_sender."))
            .WithSummary("Alerts for the public as an Atom feed, the newest hundred, newest first.");

        routes.MapMethods(Folder + "{id}.xml", Reading, (string id, CapBook book) => book.Find(id) is { } message
                ? Results.Bytes(message.Xml, AtomFeed.MessageType, lastModified: message.SentAt.ToDateTimeOffset(), entityTag: new EntityTagHeaderValue($"\"{id}\""))
                : Problems.Missing($"No alert {id} was published."))
            .WithSummary("One alert as it was published: CAP 1.2, in Vietnamese and English.");
    }

    static IResult Feed(PublicSender sender, CapBook book, Uri address, Instant since, Instant now, HttpResponse response)
    {
        var messages = book.Newest();
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{book.Installation}-{messages.Count}-{(messages.Count == 0 ? "" : messages[0].Identifier)}\""));
        // Within its second another message may follow, which who asks by that time alone would never see.
        var changed = messages.Count > 0 && now - messages[0].SentAt >= Duration.FromSeconds(1) ? messages[0].SentAt.ToDateTimeOffset() : (DateTimeOffset?)null;
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(
            AtomFeed.Write(messages, sender, book.Installation, address, since), "application/atom+xml; charset=utf-8", lastModified: changed, entityTag: tag);
    }

    static Uri Address(HttpRequest request, CapOptions options) => options.PublicUrl is { } url
        ? new Uri(url.AbsoluteUri.TrimEnd('/') + Folder)
        : new Uri($"{request.Scheme}://{request.Host}{request.PathBase}{Folder}");
}

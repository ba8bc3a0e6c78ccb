using CanhLu.Console.Accounts;
using CanhLu.Console.Live;
using CanhLu.Console.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace CanhLu.Console.Api;

/// <summary>The live stream, as server-sent events.</summary>
static class LiveRoutes
{
    /// <summary>What a gzip stream begins with (RFC 1952): deflate, nothing else said.</summary>
    static readonly ReadOnlyMemory<byte> _gzip = new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF };

    public static void MapLive(this IEndpointRouteBuilder api)
    {
        api.MapGet("/live", FollowAsync)
            .WithSummary("Server-sent events: the whole desk now, and again whenever something on it changed (event: desk).");

        api.MapGet("/desk", async (LiveFeed feed, Onlookers onlookers, HttpContext context) =>
                onlookers.MayLook(context) ? Results.Bytes(await feed.NowAsync(context.RequestAborted), "application/json") : Results.NoContent())
            .WithSummary("The desk as it is now, once, for a page's first view: it is asked for before the page knows who is signed in, and is nothing (204) for who may not look. /api/live goes on from it.");
    }

    static async Task FollowAsync(LiveFeed feed, IHostApplicationLifetime lifetime, HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var isPressed = context.Request.Reads("gzip");
        if (isPressed)
            response.Headers.ContentEncoding = "gzip";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // The engine does not wait for its visitors when it stops: a page comes back by itself.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var stay = new Stay(context);
        try
        {
            if (isPressed)
                await response.Body.WriteAsync(_gzip, over.Token);
            await foreach (var message in feed.Follow(over.Token))
            {
                if (!stay.IsOn())
                    break;
                await response.Body.WriteAsync(isPressed ? message.Pressed : message.Plain, over.Token);
                await response.Body.FlushAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The page was closed, or the engine stops: nobody is left to be told.
        }
    }
}

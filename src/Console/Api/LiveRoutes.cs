using CanhLu.Console.Accounts;
using CanhLu.Console.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace CanhLu.Console.Api;

/// <summary>The live stream, as server-sent events.</summary>
static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/live", FollowAsync)
        .WithSummary("Server-sent events: the whole desk now, and again whenever something on it changed (event: desk).");

    static async Task FollowAsync(LiveFeed feed, IHostApplicationLifetime lifetime, HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // The engine does not wait for its visitors when it stops: a page comes back by itself.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var stay = new Stay(context);
        try
        {
            await foreach (var desk in feed.Follow(over.Token))
            {
                if (!stay.IsOn())
                    break;
                await response.Body.WriteAsync("event: desk\ndata: "u8.ToArray(), over.Token);
                await response.Body.WriteAsync(desk, over.Token);
                await response.Body.WriteAsync("\n\n"u8.ToArray(), over.Token);
                await response.Body.FlushAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The page was closed, or the engine stops: nobody is left to be told.
        }
    }
}

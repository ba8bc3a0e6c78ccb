using CanhLu.Console.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>The live stream, as server-sent events.</summary>
static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/live", FollowAsync)
        .WithSummary("Server-sent events: the whole desk now, and again whenever something on it changed (event: desk).");

    static async Task FollowAsync(LiveFeed feed, HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await foreach (var desk in feed.Follow(context.RequestAborted))
            {
                await response.Body.WriteAsync("event: desk\ndata: "u8.ToArray(), context.RequestAborted);
                await response.Body.WriteAsync(desk, context.RequestAborted);
                await response.Body.WriteAsync("\n\n"u8.ToArray(), context.RequestAborted);
                await response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The page was closed: nobody is left to be told.
        }
    }
}

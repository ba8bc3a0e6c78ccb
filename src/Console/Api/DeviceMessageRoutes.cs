using System.Text;
using System.Text.Json;
using CanhLu.Console.Accounts;
using CanhLu.Console.Live;
using CanhLu.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>The messages of one device as they come in, as server-sent events, for a technician who stands before it.</summary>
static class DeviceMessageRoutes
{
    sealed record MessageView(Instant At, string Topic, string Text, int Length, bool Retained);

    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new InstantJson() } };

    public static void MapDeviceMessages(this IEndpointRouteBuilder api) => api.MapGet("/devices/{id}/messages", FollowAsync)
        .WithSummary("Server-sent events: what the device publishes, as it comes in (event: message, the first 2,048 bytes), how many were dropped because the reader was too slow (event: "
            + "dropped), and a sign every five seconds (event: alive). 409 where a broker brings the messages: watch canhlu/v1/{id}/# there.");

    static async Task FollowAsync(string id, HttpContext context, IHostApplicationLifetime lifetime, Func<Site> site, Ingest.Accounts accounts, RejectionLog log)
    {
        if (!site().Devices.ContainsKey(id) && accounts.Book.Find(id) is not { Role: AccountRole.Device } && log.TallyOf(id) is null)
        {
            await Problems.Missing($"There is no device {id}, and none has come by that name.").ExecuteAsync(context);
            return;
        }
        if (context.RequestServices.GetService<Door>() is not { } door)
        {
            await Problems.Conflict($"The site names a broker, which brings the messages: watch canhlu/v1/{id}/# there, with mosquitto_sub for instance.").ExecuteAsync(context);
            return;
        }
        using var tail = Account.IsName(id) ? door.Hear(id) : null;
        if (tail is null)
        {
            await Problems.Unavailable($"{DeviceTail.Most} devices are watched at this moment: let one of them go, and try again.").ExecuteAsync(context);
            return;
        }
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var stay = new Stay(context);
        try
        {
            // The page hears that it is heard before the device has said a word.
            await Say(response, "alive", "{}", over.Token);
            await foreach (var (message, dropped) in tail.Follow(over.Token))
            {
                if (!stay.IsOn())
                    break;
                if (message is not null)
                    await Say(response, "message", JsonSerializer.Serialize(Of(message), Wire), over.Token);
                else if (dropped > 0)
                    await Say(response, "dropped", JsonSerializer.Serialize(new { count = dropped }, Wire), over.Token);
                else
                    await Say(response, "alive", "{}", over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The page was closed, or the engine stops: nobody is left to be told.
        }
    }

    static async Task Say(HttpResponse response, string kind, string data, CancellationToken cancellation)
    {
        await response.WriteAsync($"event: {kind}\ndata: {data}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    static MessageView Of(HeardMessage message) => new(
        message.At, message.Topic, Encoding.UTF8.GetString(message.Bytes.Span), message.Length, message.IsRetained);
}

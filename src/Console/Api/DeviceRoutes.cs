using System.Collections.Immutable;
using System.Text;
using CanhLu.Console.Live;
using CanhLu.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>For the technician: devices at a glance, and why a message was no reading.</summary>
static class DeviceRoutes
{
    const int MostAtOnce = 1000;

    sealed record RejectionView(Instant At, string Device, string Topic, RejectionReason Reason, string Detail, string Text, string BytesBase64, int Length);

    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices", (DeskView view) => view.Devices())
            .WithSummary("Every device of the site: connected or not, newest values, rejected messages.");

        api.MapGet("/rejections", (RejectionLog log, string? device = null, int count = 100) =>
                (device is null ? log.Latest(Math.Clamp(count, 1, MostAtOnce)) : log.Of(device).Take(Math.Clamp(count, 1, MostAtOnce)))
                .Select(Of).ToImmutableArray())
            .WithSummary("Messages that were no readings, newest first, each with its reason and the bytes that were sent (the first 2,048).");
    }

    static RejectionView Of(Rejection rejection) => new(
        rejection.At, rejection.Device, rejection.Topic, rejection.Reason, rejection.Detail, Encoding.UTF8.GetString(rejection.Bytes.Span),
        Convert.ToBase64String(rejection.Bytes.Span), rejection.Length);
}

using System.Collections.Immutable;
using System.Text;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace CanhLu.Console.Api;

/// <summary>What people order devices to do, and what became of it.</summary>
static class DeviceOrderRoutes
{
    const int Shown = 20;

    sealed record Ordering(int? IntervalS, string? Who);

    sealed record OrdersView(bool IsTold, int LeastS, int MostS, ImmutableArray<DeviceOrder> Orders);

    public static void MapDeviceOrders(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices/{id}/commands", (string id, DeviceOrders orders, ICommandWay way, Func<Site> site) =>
                !site().Devices.ContainsKey(id) ? Problems.Missing($"There is no device {id}.")
                : Results.Ok(new OrdersView(
                    way.IsTold, (int)DeviceOrders.ShortestInterval.TotalSeconds, (int)DeviceOrders.LongestFor(site(), id).TotalSeconds, orders.Of(id, Shown))))
            .WithSummary("The last orders to a device and what became of each, the newest first; the bounds of its interval; is_told false where a broker carries them and says no more.");

        api.MapPost("/devices/{id}/commands", async (string id, Ordering said, DeviceOrders orders, ICommandWay way, Func<Site> site, HttpContext context) =>
            {
                if (DutyRoutes.Named(said.Who, null) is { } unnamed)
                    return unnamed;
                if (said.IntervalS is not { } seconds)
                    return Problems.Wrong("interval_s is missing: how many seconds from one measurement to the next.");
                var (answer, payload) = orders.Measure(site(), id, seconds, said.Who!);
                if (answer is not Answer.Done { Id: { } order })
                    return answer is Answer.NotFound ? Problems.Missing($"There is no device {id}.") : DutyRoutes.Said(answer);
                // It is written down: it is given whether or not the one who ordered it still waits for the answer.
                try
                {
                    var (fate, why) = await way.Send(id, Encoding.UTF8.GetBytes(payload), order, CancellationToken.None);
                    orders.Became(order, Of(fate), why);
                }
                catch (SqliteException trouble) when (Operations.IsTrouble(trouble))
                {
                    return DutyRoutes.Said(new Answer.NotStored());
                }
                return Results.Ok(orders.Of(order));
            })
            .WithSummary("Orders a device to measure every interval_s seconds, on canhlu/v1/{id}/cmd at QoS 1. The door keeps it until the device has acknowledged it.");
    }

    static OrderState Of(CommandFate fate) => fate switch
    {
        CommandFate.NobodyListens => OrderState.NobodyListens,
        CommandFate.Full => OrderState.Full,
        CommandFate.Sent => OrderState.Sent,
        CommandFate.Kept => OrderState.Waiting,
        CommandFate.HandedOver => OrderState.HandedOver,
        CommandFate.Failed => OrderState.Failed,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

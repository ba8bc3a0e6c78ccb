using System.Collections.Immutable;
using CanhLu.Console.Accounts;
using CanhLu.Console.Live;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Who was told: bulletins, deliveries, and the carriers' reports.</summary>
static class TellingRoutes
{
    const int MostAtOnce = 1000;
    const int MostNamed = 200;

    sealed record DeliveryView(
        long Id, long Bulletin, AlarmLevel Level, string Name, string Phone, string WardCode, string Carrier, string Key, string State, int Attempts,
        Instant PlannedAt, Instant NotAfter, Instant? HandedOverAt, Instant? AcceptedAt, Instant? DeliveredAt, Instant? SeenAt, Instant? SettledAt, string? LastCode,
        string? LastAnswer, string? NextCarrier, string? NextWhy, long Recipient, long? HeldBy);

    sealed record DebtView(string Station, string StationName, string Rule, string RuleName, long Episode, long Made, long Paid, long Unreachable, long Open);

    public static void MapTelling(this IEndpointRouteBuilder api)
    {
        api.MapGet("/broadcasts", (DeskView view, int count = 100, long before = long.MaxValue) => view.Bulletins(Math.Clamp(count, 1, MostAtOnce), before))
            .WithSummary("Bulletins, newest first, in every language, with their deliveries by carrier and state; before=ID for the next page.");

        api.MapGet("/deliveries", (
                Ledger ledger, Roster roster, HttpContext context, long? bulletin = null, string? state = null, long? before = null, int count = 100, long? recipient = null,
                string? name = null, string? ward = null) =>
            {
                DeliveryState? wanted = null;
                if (state is not null)
                {
                    if (!Enum.TryParse<DeliveryState>(state.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var parsed))
                        return Problems.Wrong($"state is one of {string.Join(", ", Enum.GetNames<DeliveryState>())}.");
                    wanted = parsed;
                }
                IReadOnlyList<long>? people = recipient is { } one ? [one] : string.IsNullOrWhiteSpace(name) ? null : roster.Named(name, ward, MostNamed);
                return Results.Ok(Visitor.Of(context).Page(
                    before, Math.Clamp(count, 1, MostAtOnce), (from, limit) => ledger.Deliveries(bulletin, wanted, from, limit, people, ward), one => one.Id, one => one.WardCode).Select(Of).ToImmutableArray());
            })
            .WithSummary("Deliveries, newest first: one bulletin, one recipient, one carrier. Numbers are masked.")
            .WithDescription("recipient=ID for one person, name= for those whose name has these words (without marks too, 200 people at most), ward= for one area.");

        api.MapGet("/debts", (Ledger ledger, DeskView view) => ledger.Debts()
                .Select(debt => new DebtView(
                    debt.Station, view.NameOf(debt.Station), debt.Rule, view.RuleName(debt.Rule), debt.Episode, debt.Made, debt.Paid, debt.Unreachable, debt.Open))
                .ToImmutableArray())
            .WithSummary("All-clears owed to those who were warned: paid, open, and out of reach.");
    }

    /// <summary>How it stands with the carriers.</summary>
    public static void MapCarriers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/costs", (CostBook costs, Func<Site> site) => costs.Lines(site().Zone))
            .WithSummary("What carriers took by month, what they charge for, and what that costs by the prices that held when each broadcast began.");
        api.MapGet("/carriers", (Dispatch dispatch) => dispatch.Carriers.ToImmutableArray())
            .WithSummary("Whether each carrier takes messages, and if not, why and what to do; what its account still allows; and what will stop it unless somebody does something.");
    }

    /// <summary>Where carriers report, by GET (eSMS) or POST (Zalo).</summary>
    public static void MapCallbacks(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/callbacks/{carrier}/{secret}", [HttpMethods.Get, HttpMethods.Post], TakeAsync).ExcludeFromDescription();

    static async Task<IResult> TakeAsync(string carrier, string secret, HttpRequest request, Callbacks callbacks)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var status = await callbacks.Take(carrier, secret, new Callback(
            request.QueryString.ToString(), body.ToArray(), name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null));
        return Results.StatusCode(status);
    }

    static DeliveryView Of(DeliveryLine line) => new(
        line.Id, line.BulletinId, line.Level, line.Name, line.Phone.ToString(), line.WardCode, line.Carrier, line.Key, line.State.ToString(), line.Attempts,
        line.PlannedAt, line.NotAfter, line.HandedOverAt, line.AcceptedAt, line.DeliveredAt, line.SeenAt, line.SettledAt, line.LastCode, line.LastAnswer,
        line.NextCarrier, line.NextWhy, line.RecipientId, line.HeldBy);
}

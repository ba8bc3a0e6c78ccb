using System.Collections.Immutable;
using CanhLu.Duty;
using CanhLu.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Devices that knock and that nobody knows, and those that were taken in while the engine runs.</summary>
static class AdoptionRoutes
{
    const int MostAtOnce = 1000;

    sealed record Adopting(string? Device, string? Model, string? Station, string? Name, string? Who);

    sealed record LettingGo(string? Who);

    sealed record ModelView(string Id, DeviceKind Kind, ImmutableArray<string> Quantities, string Like);

    sealed record AdoptionView(
        long Id, string Device, DeviceKind Kind, string Model, string? Station, string Name, Instant AdoptedAt, string AdoptedBy, Instant? UntilAt, string? UntilBy,
        AdoptionStanding Standing);

    sealed record AdoptionsView(ImmutableArray<ModelView> Models, ImmutableArray<AdoptionView> Adopted);

    sealed record StrangerView(
        string Device, bool IsName, bool IsOfSite, bool HasAccount, long Messages, Instant? LastMessageAt, long Refused, Instant? LastRefusedAt, string? Address, string? ClientId,
        KnockReason? Reason);

    public static void MapAdoptions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/adoptions", (Adoptions adoptions, Func<Site> site, FilesSite files) => new AdoptionsView(
                [.. Adoptions.Models(site()).Select(model => Of(site(), model))], [.. adoptions.Newest(MostAtOnce).Select(one => Of(files(), one))]))
            .WithSummary("Devices that people took in beside those of the site's files, the newest first, how each stands now; and the models that a device may be like.");

        api.MapPost("/adoptions", async (Adopting said, Adoptions adoptions, SiteTakeOver takeOver, Func<Site> site, HttpContext context) =>
                DutyRoutes.Named(said.Who, said.Name)
                ?? await TakeOverRoutes.InForce(adoptions.Adopt(site(), said.Device?.Trim() ?? "", said.Model ?? "", said.Station, said.Name ?? "", said.Who!), takeOver, context.RequestAborted))
            .WithSummary("Takes a device in: device (its id on the wire), model (it sends the same), station, name. It is in force when this answers with in_force true.");

        api.MapPost("/adoptions/{id:long}/end", async (long id, LettingGo said, Adoptions adoptions, SiteTakeOver takeOver, HttpContext context) =>
                DutyRoutes.Named(said.Who, null) ?? await TakeOverRoutes.InForce(adoptions.LetGo(id, said.Who!), takeOver, context.RequestAborted))
            .WithSummary("Lets an adopted device go: what it has measured stays, what it sends from then on is an unknown device's.");

        api.MapGet("/devices/strangers", (RejectionLog log, Ingest.Accounts accounts, Func<Site> site, IServiceProvider services) =>
                Strangers(log.Strangers(), services.GetService<Door>()?.Knocks.Latest() ?? [], accounts.Book, site()))
            .WithSummary("Devices that knock: those whose messages the site does not know, and those that are refused at the door, the last heard first. A name that may be a password is masked.");
    }

    static ModelView Of(Site site, DeviceModel model) => new(
        model.Id, model.Kind, [.. model.Fields.Select(field => field.Quantity)],
        site.Devices.Values.Where(device => device.Model.Id == model.Id).OrderBy(device => device.Id, StringComparer.Ordinal).First().Id);

    static AdoptionView Of(Site files, AdoptedDevice one) => new(
        one.Id, one.Device, one.Kind, one.Model, one.Station, one.Name, one.AdoptedAt, one.AdoptedBy, one.UntilAt, one.UntilBy, one.StandingIn(files));

    static ImmutableArray<StrangerView> Strangers(IReadOnlyList<Stranger> strangers, IReadOnlyList<Knock> knocks, AccountBook book, Site site)
    {
        var refused = knocks.ToDictionary(knock => knock.Name);
        return
        [
            .. strangers.Select(one => (one.Device, IsName: true, Stranger: (Stranger?)one, Knock: refused.GetValueOrDefault(one.Device)))
                .Concat(knocks.Where(knock => strangers.All(one => one.Device != knock.Name)).Select(knock => (Device: knock.Name, IsName: knock.IsClear, Stranger: (Stranger?)null, Knock: (Knock?)knock)))
                .Select(one => new StrangerView(
                    one.Device, one.IsName, site.Devices.ContainsKey(one.Device), book.Find(one.Device) is { RevokedAt: null }, one.Stranger?.Messages ?? 0, one.Stranger?.LastAt,
                    one.Knock?.Times ?? 0, one.Knock?.LastAt, one.Knock?.Address, one.Knock?.ClientId is { Length: > 0 } client ? client : null, one.Knock?.Reason))
                .OrderByDescending(one => Instant.Max(one.LastMessageAt ?? Instant.MinValue, one.LastRefusedAt ?? Instant.MinValue)),
        ];
    }
}

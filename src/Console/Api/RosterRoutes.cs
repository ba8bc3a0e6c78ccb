using System.Collections.Immutable;
using CanhLu.Console.Accounts;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Whom we tell, with their numbers masked, and who does not want to be told.</summary>
static class RosterRoutes
{
    const int MostAtOnce = 1000;

    sealed record RecipientView(
        long Id, string Phone, string Name, string WardCode, string? Hamlet, string Language, AlarmLevel LowestLevel, decimal? GroundHeightM, decimal? RiverKm,
        string? Carriers, Instant? ConsentAt, Instant? OptedOutAt, Instant ImportedAt);

    sealed record AreaView(string WardCode, string Name, long Recipients, double? EvacuationS, ImmutableArray<string> Stations);

    sealed record Wish(string? Phone, string? Who, string? Reason);

    sealed record WishView(string Phone, WishOutcome Outcome);

    public static void MapRoster(this IEndpointRouteBuilder api)
    {
        api.MapGet("/roster", (Roster roster, HttpContext context, long after = 0, int count = 100, string? ward = null, string? name = null) =>
                Visitor.Of(context).Page(
                        after, Math.Clamp(count, 1, MostAtOnce), (from, limit) => string.IsNullOrWhiteSpace(name) ? roster.Page(from ?? 0, limit, ward) : Named(roster, from ?? 0, limit, ward, name),
                        one => one.Id, one => one.WardCode)
                    .Select(Of).ToImmutableArray())
            .WithSummary("The roster in the order of its ids; after=ID for the next page, ward=CODE, name=a part of a name, marks or not. Numbers are masked.");

        api.MapGet("/roster/areas", (Roster roster, Func<Site> site) => Areas(roster, site()))
            .WithSummary("How many people of the roster each area has, what it is called, and which stations tell it.");

        api.MapPost("/roster/opt-out", (Wish wish, OptOuts wishes) => Take(wish, wishes.OptOut))
            .WithSummary("A person does not want to be told any more: phone, who says so, reason. They are still told of level III unless the setting says otherwise.");

        api.MapPost("/roster/opt-in", (Wish wish, OptOuts wishes) => Take(wish, wishes.OptIn))
            .WithSummary("A person wants to be told again.");
    }

    /// <summary>The site's areas, also those without people; then what else the roster has.</summary>
    static ImmutableArray<AreaView> Areas(Roster roster, Site site)
    {
        var people = roster.ByArea().ToDictionary(area => area.WardCode, area => area.Recipients);
        return
        [
            .. site.Areas.Keys.Union(people.Keys).Order(StringComparer.Ordinal).Select(code => new AreaView(
                code, site.Areas.TryGetValue(code, out var area) ? area.Name : code, people.GetValueOrDefault(code), area?.Evacuation?.TotalSeconds,
                [.. site.Stations.Where(station => station.Areas.Contains(code)).Select(station => station.Id)])),
        ];
    }

    /// <summary>Those whose name has a part, with or without its marks. The whole roster of a city is looked through in a moment.</summary>
    static List<Recipient> Named(Roster roster, long after, int limit, string? ward, string name)
    {
        var (part, found) = (Unaccented.Of(name.Trim()), new List<Recipient>());
        while (true)
        {
            var page = roster.Page(after, MostAtOnce, ward);
            found.AddRange(page.Where(one => Unaccented.Of(one.Name).Contains(part, StringComparison.OrdinalIgnoreCase)));
            if (page.Count < MostAtOnce || found.Count >= limit)
                return found.Count > limit ? found[..limit] : found;
            after = page[^1].Id;
        }
    }

    static IResult Take(Wish wish, Func<PhoneNumber, string, string, WishOutcome> take)
    {
        if (DutyRoutes.Named(wish.Who, wish.Reason) is { } unnamed)
            return unnamed;
        if (!PhoneNumber.TryRead(wish.Phone ?? "", out var phone, out var why))
            return Problems.Wrong($"phone {why}.");
        var outcome = take(phone, wish.Who!, wish.Reason ?? "by API");
        return outcome == WishOutcome.Unknown ? Problems.Missing("Nobody in the roster has this number.") : Results.Ok(new WishView(phone.Masked, outcome));
    }

    static RecipientView Of(Recipient person) => new(
        person.Id, person.Phone.Masked, person.Name, person.WardCode, person.Hamlet, person.Language, person.LowestLevel, person.GroundMm / 1000m, person.RiverM / 1000m,
        person.Carriers, person.ConsentAt, person.OptedOutAt, person.ImportedAt);
}

using System.Collections.Immutable;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>What people write and stop: changes in a proposal, announcements of their own, the end of a running broadcast.</summary>
static class DraftingRoutes
{
    sealed record Words(string? Vi, string? En);

    sealed record Change(string? Who, ImmutableDictionary<string, string>? Slots, string[]? Areas, Words? Text);

    sealed record Announcement(string? Who, string? Station, AlarmLevel? Level, Words? Text, string[]? Areas);

    sealed record Ending(string? Who, string? Reason);

    public static void MapDrafting(this IEndpointRouteBuilder api)
    {
        api.MapPost("/proposals/{id:long}/edit", (long id, Change said, Drafting drafting) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(drafting.Edit(id, said.Slots, Listed(said.Areas), Own(said.Text), said.Who!)))
            .WithSummary("Changes what a waiting proposal would tell: words in the template's slots, and the areas. Whoever had approved must approve again.")
            .WithDescription("slots and areas replace what was changed before; left out, the template and the station's areas speak again. text is for announcements only.");

        api.MapPost("/announcements", (Announcement said, Drafting drafting) =>
                DutyRoutes.Named(said.Who, null)
                ?? (string.IsNullOrWhiteSpace(said.Station) ? Problems.Wrong("station is missing: around which station people are told.") : null)
                ?? DutyRoutes.Said(drafting.Announce(
                    said.Station!, said.Level ?? AlarmLevel.I, Own(said.Text) ?? new OwnWords("", null), Listed(said.Areas), said.Who!)))
            .WithSummary("Sends a person's own words by SMS to the people around a station. 202 when the site wants a second person to approve it.")
            .WithDescription("text.vi is what people read, text.en what those read who asked for English. level, I when left out: whoever wants to be told of it is told.");

        api.MapPost("/broadcasts/{id:long}/stop", (long id, Ending said, Decisions decisions) =>
                DutyRoutes.Named(said.Who, said.Reason) ?? DutyRoutes.Said(decisions.Stop(id, said.Who!, said.Reason ?? "")))
            .WithSummary("Stops a running broadcast: what no carrier has is not sent. Whoever was told stays owed the all-clear.");
    }

    static OwnWords? Own(Words? words) => words is null ? null : new OwnWords(words.Vi?.Trim() ?? "", string.IsNullOrWhiteSpace(words.En) ? null : words.En.Trim());

    static ImmutableArray<string>? Listed(string[]? codes) => codes is null ? null : [.. codes];
}

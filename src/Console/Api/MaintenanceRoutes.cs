using CanhLu.Console.Live;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>Times in which people work on a station or a device.</summary>
static class MaintenanceRoutes
{
    sealed record Beginning(string? Subject, string? From, string? Until, string? Reason, string? Who);

    sealed record Ending(string? Who);

    public static void MapMaintenance(this IEndpointRouteBuilder api)
    {
        api.MapGet("/maintenance", (DeskView view) => view.Maintenance())
            .WithSummary("Maintenance that is on or to come, the next to end first.");

        api.MapPost("/maintenance", (Beginning said, Func<Site> site, Decisions decisions) =>
            {
                if (DutyRoutes.Named(said.Who, said.Reason) is { } unnamed)
                    return unnamed;
                if (said.Until is null || !Asked.Instant(said.Until, out var until) || !Asked.Instant(said.From, out var from))
                    return Problems.Wrong("until, and from when it is given, is written as 2025-10-29T21:00:00+07:00.");
                var answer = decisions.BeginMaintenance(site(), said.Subject ?? "", from, until!.Value, said.Reason ?? "", said.Who!);
                return answer switch
                {
                    Answer.NotFound => Problems.Wrong($"subject is no station and no device of the site: {said.Subject}"),
                    Answer.NoReason => Problems.Wrong("reason is missing: what is done there."),
                    _ => DutyRoutes.Said(answer),
                };
            })
            .WithSummary("Begins a maintenance: faults, silence and limits of the station or device are quiet; a flood there asks a person instead of telling by itself.");

        api.MapPost("/maintenance/{id:long}/end", (long id, Ending said, Decisions decisions) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(decisions.EndMaintenance(id, said.Who!)))
            .WithSummary("Ends a maintenance before its time.");
    }
}

using System.Collections.Immutable;
using CanhLu.Duty;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>The officers, the duty list, and the answers to reminders.</summary>
static class DutyListRoutes
{
    const int LongestName = 100;

    sealed record OfficerView(long Id, string Name, OfficerRole Role, string Phone);

    sealed record Entry(string? Name, OfficerRole? Role, string? Phone, string? Who);

    sealed record Turn(long? Officer, int? Place, string? From, string? Until, int? Weeks, string? Who);

    sealed record Person(string? Who);

    public static void MapDutyList(this IEndpointRouteBuilder api)
    {
        api.MapGet("/officers", (DutyList list) => list.Officers()
                .Select(officer => new OfficerView(officer.Id, officer.Name, officer.Role, new PhoneNumber(officer.Phone).Masked)).ToImmutableArray())
            .WithSummary("The people who decide, by name. Numbers are masked.");

        api.MapPost("/officers", (Entry said, DutyList list) => Entered(said, list))
            .WithSummary("Enters a person who decides. role is officer or supervisor; phone is a mobile number of Viet Nam, to which reminders go.");

        api.MapPost("/officers/{id:long}/leave", (long id, Person said, DutyList list) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(list.Leave(id, said.Who!)))
            .WithSummary("Ends a person's part, and the turns to come with it.");

        api.MapGet("/shifts", (DutyList list) => list.Shifts()).WithSummary("The duty list: turns that are on or to come, in order.");

        api.MapPost("/shifts", (Turn said, DutyList list) => Added(said, list))
            .WithSummary("Adds a turn to the duty list, and the same one in the weeks that follow.")
            .WithDescription("place is 1 for who is on duty, 2, 3… for deputies in that order. from and until are ISO 8601 with an offset. weeks, 1 when left out: in how many weeks.");

        api.MapDelete("/shifts/{id:long}", (long id, string? who, DutyList list) =>
                DutyRoutes.Named(who, null) ?? DutyRoutes.Said(list.RemoveShift(id, who!)))
            .WithSummary("Takes a turn off the duty list; who=the person who does.");

        api.MapPost("/calls/{code}/acknowledge", (string code, DutyList list) => DutyRoutes.Said(list.Acknowledge(code)))
            .WithSummary("An officer says that a reminder was heard; code is the one in the reminder. It decides nothing.");
    }

    static IResult Entered(Entry said, DutyList list)
    {
        if (DutyRoutes.Named(said.Who, null) is { } unnamed)
            return unnamed;
        if (string.IsNullOrWhiteSpace(said.Name) || said.Name.Length > LongestName || said.Name.Contains(','))
            return Problems.Wrong($"name is missing, has more than {LongestName} characters, or a comma: the name by which the person decides.");
        if (!PhoneNumber.TryRead(said.Phone ?? "", out var phone, out var reason))
            return Problems.Wrong($"phone {reason}.");
        return DutyRoutes.Said(list.Enter(said.Name, said.Role ?? OfficerRole.Officer, phone.E164, said.Who!));
    }

    static IResult Added(Turn said, DutyList list)
    {
        if (DutyRoutes.Named(said.Who, null) is { } unnamed)
            return unnamed;
        if (said.Officer is not { } officer)
            return Problems.Wrong("officer is missing: the officer's number.");
        if (!Asked.Instant(said.From, out var from) || !Asked.Instant(said.Until, out var until) || from is null || until is null)
            return Problems.Wrong("from and until are written as 2025-10-30T19:00:00+07:00.");
        return DutyRoutes.Said(list.AddShift(officer, said.Place ?? 1, from.Value, until.Value, said.Weeks ?? 1, said.Who!));
    }
}

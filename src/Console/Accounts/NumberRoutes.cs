using CanhLu.Console.Api;
using CanhLu.Duty;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CanhLu.Console.Accounts;

/// <summary>Numbers in clear: one at a time, to one who decides and says why, and each look stands in the audit before the number is told.</summary>
static class NumberRoutes
{
    const int LongestReason = 500;

    sealed record Looking(string? Reason);

    sealed record NumberView(string Phone);

    public static void MapNumbers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/roster/{id:long}/number", (long id, Looking said, HttpContext context, Roster roster, Writings writings, ILogger<Writings> logger) => Look(
                context, said, writings, logger, $"recipient/{id}",
                roster.Page(id - 1, 1).FirstOrDefault(one => one.Id == id) is { } person ? (person.Phone, person.WardCode) : null))
            .WithSummary("The number of a person of the roster in clear: reason. The look is written into the audit.");

        api.MapPost("/deliveries/{id:long}/number", (long id, Looking said, HttpContext context, Ledger ledger, Writings writings, ILogger<Writings> logger) => Look(
                context, said, writings, logger, $"delivery/{id}",
                id < long.MaxValue && ledger.Deliveries(null, null, id + 1, 1).FirstOrDefault(one => one.Id == id) is { } line ? (line.Phone, line.WardCode) : null))
            .WithSummary("The number that a delivery goes to, in clear: reason. The look is written into the audit.");

        api.MapPost("/officers/{id:long}/number", (long id, Looking said, HttpContext context, DutyList list, Writings writings, ILogger<Writings> logger) => Look(
                context, said, writings, logger, $"officer/{id}",
                list.Officers().FirstOrDefault(one => one.Id == id) is { } officer ? (new PhoneNumber(officer.Phone), null) : null))
            .WithSummary("An officer's number in clear: reason. The look is written into the audit.");
    }

    static IResult Look(HttpContext context, Looking said, Writings writings, ILogger logger, string subject, (PhoneNumber Phone, string? Area)? found) =>
        SessionRoutes.OfPerson(context, session =>
        {
            if (string.IsNullOrWhiteSpace(said.Reason) || said.Reason.Length > LongestReason)
                return Problems.Wrong($"reason is missing, or has more than {LongestReason} characters: why the number is needed.");
            var visitor = Visitor.Of(context);
            if (found is not var (phone, area) || (area is not null && !visitor.Covers(area)))
                return Problems.Missing("There is none of that number.");
            writings.Write(writing =>
            {
                writing.Note(visitor.Name!, "looked at number", subject, null, new { number = phone.Masked, reason = said.Reason, user = session.UserId });
                return true;
            });
            Log.LookedAtNumber(logger, visitor.Name!, subject);
            return Results.Ok(new NumberView(phone.E164));
        });
}

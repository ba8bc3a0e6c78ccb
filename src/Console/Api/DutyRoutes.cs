using System.Collections.Immutable;
using System.Text.Json;
using CanhLu.Console.Live;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>What is so and what people decide: alarms and proposals.</summary>
static class DutyRoutes
{
    const int MostAtOnce = 1000;
    const int LongestText = 500;

    sealed record Acknowledgement(string? Who, string? Note);

    sealed record Decision(string? Who, string? Reason);

    sealed record DecidedView(long? Bulletin, long? Id);

    sealed record MissingView(int Missing);

    sealed record AuditView(long Id, Instant At, string Who, string Action, string Subject, JsonElement? Before, JsonElement? After);

    public static void MapDuty(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", (DutyLog log, DeskView view, bool open = false, int count = 100, long before = long.MaxValue) =>
                (open ? log.OpenEpisodes() : log.Episodes(Math.Clamp(count, 1, MostAtOnce), before)).Select(view.Of).ToImmutableArray())
            .WithSummary("Alarms from their rise to their end, newest first; open=true for those that stand.");

        api.MapPost("/alarms/{id:long}/acknowledge", (long id, Acknowledgement said, Decisions decisions) =>
                Named(said.Who, said.Note) ?? Said(decisions.Acknowledge(id, said.Who!, said.Note)))
            .WithSummary("Says that a person has seen an alarm.");

        api.MapGet("/proposals", (DutyLog log, DeskView view, bool waiting = false, int count = 100, long before = long.MaxValue) =>
                (waiting ? log.WaitingProposals() : log.Proposals(Math.Clamp(count, 1, MostAtOnce), before)).Select(view.Of).ToImmutableArray())
            .WithSummary("Bulletins that wait, or waited, for a person's decision; waiting=true for those that still do.");

        api.MapPost("/proposals/{id:long}/approve", (long id, Decision said, Decisions decisions) =>
                Named(said.Who, said.Reason) ?? Said(decisions.Approve(id, said.Who!)))
            .WithSummary("Makes a proposal a bulletin and sends it.");

        api.MapPost("/proposals/{id:long}/decline", (long id, Decision said, Decisions decisions) =>
                Named(said.Who, said.Reason) ?? Said(decisions.Decline(id, said.Who!, said.Reason ?? "")))
            .WithSummary("Decides that a proposal is not sent, and why.");

        api.MapGet("/audit", (DutyLog log, string? subject = null, int count = 100, long before = long.MaxValue) =>
                (subject is null ? log.Audit(Math.Clamp(count, 1, MostAtOnce), before) : log.AuditOf(subject)).Select(Of).ToImmutableArray())
            .WithSummary("Who did what, newest first; subject=episode/7, proposal/3, bulletin/12 or site/tam-ky for one thing.");
    }

    static AuditView Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Who, entry.Action, entry.Subject, Json(entry.Before), Json(entry.After));

    static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);

    public static IResult? Named(string? who, string? text) =>
        string.IsNullOrWhiteSpace(who) ? Problems.Wrong("who is missing: the name of the person who decides.")
        : who.Length > LongestText || text?.Length > LongestText ? Problems.Wrong($"A name or a text may have {LongestText} characters.")
        : null;

    public static IResult Said(Answer answer) => answer switch
    {
        Answer.Done done => Results.Ok(new DecidedView(done.Bulletin, done.Id)),
        Answer.OneMore more => Results.Json(new MissingView(more.Missing), statusCode: StatusCodes.Status202Accepted),
        Answer.AlreadyDone first => Problems.Conflict($"{first.By} was first: {first.What} at {first.At}."),
        Answer.Withdrawn withdrawn => Problems.Conflict($"The proposal was withdrawn at {withdrawn.At}: {withdrawn.Reason}"),
        Answer.TooLate late => Problems.Conflict($"Too late: it could be decided until {late.NotAfter}; people would read old news."),
        Answer.NotFound => Problems.Missing("There is none of that number."),
        Answer.Refused refused => Problems.Wrong(refused.Why),
        Answer.NoReason => Problems.Wrong("reason is missing: why it is not sent."),
        Answer.NotStored => Problems.Unavailable("The operations store cannot be written now; nothing was done. Try again when the disk has room."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

using System.Collections.Immutable;
using CanhLu.Console.Live;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>One alarm in an officer's hands: what was written beside it, who has it, and whether it is put aside.</summary>
static class AlarmRoutes
{
    sealed record Note(string? Who, string? Text);

    sealed record Assignment(string? Who, string? To);

    sealed record Shelving(string? Who, string? Until, string? Reason);

    sealed record Person(string? Who);

    sealed record AlarmDetail(AlarmView Alarm, bool MayBeShelved, Shelf? Shelf, ImmutableArray<Comment> Comments, ImmutableArray<BulletinOfAlarm> Bulletins);

    sealed record BulletinOfAlarm(long Id, BulletinKind Kind, AlarmLevel Level, Instant DecidedAt, string DecidedBy);

    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms/{id:long}", (long id, DutyLog log, DeskView view, Func<Site> site, IClock clock) => log.Episode(id) is { } episode
                ? Results.Ok(new AlarmDetail(
                    view.Of(episode), episode.EndedAt is null && Shelf.MayHold(episode.Cause, site().Rules.FirstOrDefault(rule => rule.Id == episode.Rule)),
                    log.ShelfOf(episode.Key, clock.GetCurrentInstant()), log.Comments(id),
                    [.. log.BulletinsOf(id).Select(one => new BulletinOfAlarm(one.Id, one.Content.Kind, one.Content.Level, one.Content.DecidedAt, one.Content.DecidedBy))]))
                : Problems.Missing("There is none of that number."))
            .WithSummary("One alarm: what was written beside it, its shelf, and the bulletins that came of it.");

        api.MapPost("/alarms/{id:long}/comment", (long id, Note said, AlarmsInHand alarms) =>
                DutyRoutes.Named(said.Who, said.Text) ?? DutyRoutes.Said(alarms.Comment(id, said.Text ?? "", said.Who!)))
            .WithSummary("Writes beside an alarm, open or ended.");

        api.MapPost("/alarms/{id:long}/assign", (long id, Assignment said, AlarmsInHand alarms) =>
                DutyRoutes.Named(said.Who, said.To) ?? DutyRoutes.Said(alarms.Assign(id, said.To, said.Who!)))
            .WithSummary("Gives an alarm to an officer; without to it is nobody's.");

        api.MapPost("/alarms/{id:long}/shelve", (long id, Shelving said, AlarmsInHand alarms, Func<Site> site) =>
            {
                if (DutyRoutes.Named(said.Who, said.Reason) is { } unnamed)
                    return unnamed;
                if (!Asked.Instant(said.Until, out var until) || until is null)
                    return Problems.Wrong("until is written as 2025-10-29T21:00:00+07:00.");
                return alarms.Shelve(site(), id, until.Value, said.Reason ?? "", said.Who!) switch
                {
                    Answer.NoReason => Problems.Wrong("reason is missing: why it is put aside."),
                    var answer => DutyRoutes.Said(answer),
                };
            })
            .WithSummary("Puts a technical alarm aside until then, seven days at most: it is quiet, and comes back by itself. Never a flood, and nothing that people are told of.");

        api.MapPost("/alarms/{id:long}/unshelve", (long id, Person said, AlarmsInHand alarms) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(alarms.Unshelve(id, said.Who!)))
            .WithSummary("Takes an alarm back before its time.");
    }
}

using System.Collections.Immutable;
using System.Globalization;
using CanhLu.Console.Live;
using CanhLu.Duty;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>The shift as it goes from one officer to the next.</summary>
static class HandoverRoutes
{
    const int MostAtOnce = 100;
    const int LongestText = 4000;

    sealed record Writing(string? Who, string? Text);

    sealed record Person(string? Who);

    public static void MapHandovers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/handovers", (Handovers handovers, int count = 10, long before = long.MaxValue) => handovers.Newest(Math.Clamp(count, 1, MostAtOnce), before))
            .WithSummary("Shifts as they were handed over, the newest first, each with its items and who holds the shift by it.");

        api.MapPost("/handovers", (Writing said, Handovers handovers, DeskView view, Ledger ledger) =>
                DutyRoutes.Named(said.Who, null)
                ?? (said.Text?.Length > LongestText ? Problems.Wrong($"text may have {LongestText} characters.") : null)
                ?? DutyRoutes.Said(handovers.Write(said.Text ?? "", WhatStands(view, ledger), said.Who!)))
            .WithSummary("Hands the shift over: text, and as items all that stands now. Until the next officer has accepted every item the shift stays with who.");

        api.MapPost("/handovers/{id:long}/items/{item:int}/accept", (long id, int item, Person said, Handovers handovers) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(handovers.Accept(id, item, said.Who!)))
            .WithSummary("Accepts one item of a handover; who accepts the last one holds the shift.");
    }

    static ImmutableArray<HandoverItem> WhatStands(DeskView view, Ledger ledger) =>
    [
        .. view.Alarms().Where(alarm => alarm.EndedAt is null && alarm.Quiet is null or QuietReason.Shelved).Select(alarm =>
            Of(HandoverKind.Alarm, "episode", alarm.Id, alarm.SubjectName, alarm.RuleName) with { Level = alarm.Cause is Cause.Silence or Cause.Limit or Cause.Fault ? AlarmLevel.None : alarm.Level }),
        .. view.Proposals().Select(one => Of(HandoverKind.Proposal, "proposal", one.Id, one.StationName, one.TextVi) with { Level = one.Level }),
        .. view.Bulletins(MostAtOnce).Where(one => one.StoppedAt is null && one.Progress is { Waiting: > 0 }).Select(one =>
            Of(HandoverKind.Broadcast, "bulletin", one.Id, one.StationName, one.TextVi) with { Level = one.Level }),
        .. ledger.Debts().Where(debt => debt.Open > 0).Select(debt =>
            Of(HandoverKind.Debt, "episode", debt.Episode, view.NameOf(debt.Station), debt.Open.ToString(CultureInfo.InvariantCulture))),
        .. view.Maintenance().Select(work => Of(HandoverKind.Maintenance, "maintenance", work.Id, work.SubjectName, work.Reason)),
    ];

    static HandoverItem Of(HandoverKind kind, string about, long id, string name, string detail) =>
        new() { Kind = kind, About = string.Create(CultureInfo.InvariantCulture, $"{about}/{id}"), Name = name, Detail = detail };
}

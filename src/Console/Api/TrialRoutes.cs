using System.Collections.Immutable;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Rules on trial beside those in earnest, by the alarms that both have raised.</summary>
static class TrialRoutes
{
    const int MostDays = 3660;
    const int MostListed = 500;

    sealed record TrialView(
        string Rule, ImmutableArray<string> SameKind, ImmutableArray<string> Telling, int Raised, int Agreed, int Again, int False, int Open, int Missed, double? MedianLeadS, double? WorstLeadS,
        double ToleranceS, ImmutableArray<LineView> Alarms);

    /// <summary>An alarm of either side; one that the trial missed has no number of its own.</summary>
    sealed record LineView(
        long? Id, string Subject, string Outcome, AlarmLevel Peak, decimal? PeakStageM, Instant OpenedAt, Instant? EndedAt, long? Real, string? RealRule, Instant? RealOpenedAt, double? LeadS);

    public static void MapTrials(this IEndpointRouteBuilder api) => api
        .MapGet("/rules/trials", (Func<Site> site, DutyLog log, IClock clock, int days = 30) => days is < 1 or > MostDays
            ? Problems.Wrong($"days goes from 1 to {MostDays}.")
            : Results.Ok(Of(site(), log, clock.GetCurrentInstant(), days)))
        .WithSummary("Each rule on trial beside the rules in earnest: how often it rose in the last days, how often one of those did too, and how long before.")
        .WithDescription(
            "From alarms that were raised and kept; by what the rules were set to then. Agreed: the first to meet an alarm in earnest at the same place, within tolerance_s, of its kind or else one that tells people; again: a further " +
            "one that meets it; false: none came; open: it stands, or one may still come; missed: an alarm in earnest that the trial did not raise. Newest first, 500 at most.");

    static ImmutableArray<TrialView> Of(Site site, DutyLog log, Instant now, int days) =>
    [
        .. OnTrial.Of(site, log, now - Duration.FromDays(days), now).Select(trial => new TrialView(
            trial.Rule.Id, [.. trial.SameKind.Select(rule => rule.Id)], [.. trial.Telling.Select(rule => rule.Id)], trial.Alarms.Length, trial.Count(TrialOutcome.Agreed), trial.Count(TrialOutcome.Again),
            trial.Count(TrialOutcome.False), trial.Count(TrialOutcome.Open), trial.Missed.Length, trial.MedianLead?.TotalSeconds, trial.Alarms.Min(one => one.Lead)?.TotalSeconds,
            OnTrial.Tolerance.TotalSeconds,
            [
                .. trial.Alarms.Select(Line).Concat(trial.Missed.Select(Missed)).OrderByDescending(one => one.OpenedAt).Take(MostListed),
            ])),
    ];

    static LineView Line(TrialAlarm one) => new(
        one.Episode.Id, one.Episode.Subject, one.Outcome.ToString(), one.Episode.PeakLevel, one.Episode.PeakStage?.Metres, one.Episode.OpenedAt, one.Episode.EndedAt, one.Real?.Id, one.Real?.Rule,
        one.Real?.OpenedAt, one.Lead?.TotalSeconds);

    static LineView Missed(Episode one) =>
        new(null, one.Subject, "Missed", one.PeakLevel, one.PeakStage?.Metres, one.OpenedAt, one.EndedAt, one.Id, one.Rule, one.OpenedAt, null);
}

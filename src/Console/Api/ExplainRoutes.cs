using System.Collections.Immutable;
using CanhLu.Archive;
using CanhLu.Console.Explaining;
using CanhLu.Console.Live;
using CanhLu.Duty;
using CanhLu.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Why a station's rules spoke or kept silent, and what came too late to be judged.</summary>
static class ExplainRoutes
{
    sealed record LateView(string Rule, AlarmLevel Level, AlarmLevel Then, Instant MeasuredAt, Instant ReceivedAt, double OnTheWayMinutes, string? Device);

    public static void MapExplain(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stations/{id}/explain", ExplainAsync)
            .WithSummary("Why the rules of a station stood as they did at an instant: the readings with their flags, each clause with its values and whether it held.")
            .WithDescription("at is ISO 8601 with an offset; without it, now. What came in after it does not count. The last seven days before it are judged again.");

        api.MapGet("/stations/{id}/late", (string id, Func<Site> site, LateLog late, SeriesBook book) => site().StationOf(id) is null
                ? Problems.Missing($"No station {id} is known.")
                : Results.Ok(late.Of(id).Select(one => Of(one, book)).ToImmutableArray()))
            .WithSummary("Levels that a station would have been at, had a reading not come too late; newest first, of this run of the engine.");
    }

    static async Task<IResult> ExplainAsync(
        string id, Func<Site> site, SeriesBook book, History history, DutyLog duty, IClock clock, CancellationToken stop, string? at = null)
    {
        if (!Asked.Instant(at, out var instant))
            return Problems.Wrong("at is written as 2025-10-29T21:00:00+07:00; in an address the plus sign is %2B.");
        return await new StationPast(site(), book, history, duty).Explain(id, instant ?? clock.GetCurrentInstant(), stop) is { } explained
            ? Results.Ok(explained)
            : Problems.Missing($"No station {id} is known.");
    }

    static LateView Of(LateVerdict one, SeriesBook book) => new(
        one.Rule, one.Level, one.Then, one.Reading.MeasuredAt, one.Reading.ReceivedAt, Math.Round(one.OnTheWay.TotalMinutes, 1), book[one.Reading.Series]?.Device);
}

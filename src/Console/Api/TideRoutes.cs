using System.Collections.Immutable;
using CanhLu.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>The predictable tide of a station, as the rules take it off.</summary>
static class TideRoutes
{
    const int MostPoints = 5000;

    /// <summary>Over years the fit's own drift (the nodal cycle) would show.</summary>
    static readonly Duration Reach = Duration.FromDays(400);

    sealed record TideView(bool IsFelt, bool IsKnown, Instant From, double EveryS, ImmutableArray<double> Mm);

    public static void MapTides(this IEndpointRouteBuilder api) => api
        .MapGet("/stations/{id}/tide", Tide)
        .WithSummary("What the tide adds to a station's stage, mm, as the rules have fitted it: from one time to another, every so often.")
        .WithDescription("is_known is false, and mm empty, until a month of readings tells the tide, where none is felt, and for times more than 400 days from now.");

    static IResult Tide(
        string id, Func<Site> site, Func<IReadOnlyList<StationNow>> river, IClock clock, string? from = null, string? to = null,
        string every = "15m")
    {
        if (site().StationOf(id) is not { } station)
            return Problems.Missing($"No station {id} is known.");
        if (!Asked.Instant(from, out var begins) || !Asked.Instant(to, out var ends) || begins is null || ends is null || ends <= begins)
            return Problems.Wrong("from and to are written as 2025-10-29T21:00:00+07:00, the earlier first; in an address the plus sign is %2B.");
        if (Asked.Duration(every) is not { } step || (ends.Value - begins.Value) / step > MostPoints)
            return Problems.Wrong($"every is written as 1m, 10m, 1h or 1d, and gives {MostPoints} points at most.");
        var now = clock.GetCurrentInstant();
        var tide = begins < now - Reach || ends > now + Reach ? null : river().FirstOrDefault(one => one.Station == id)?.Tide;
        var points = ImmutableArray.CreateBuilder<double>();
        for (var at = begins.Value; tide is not null && at <= ends; at += step)
            points.Add(Math.Round(tide.At(at), 1));
        return Results.Ok(new TideView(station.FeelsTide, tide is not null, begins.Value, step.TotalSeconds, points.ToImmutable()));
    }
}

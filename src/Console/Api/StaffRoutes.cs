using System.Collections.Immutable;
using CanhLu.Archive;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>What people read off staff gauges, held against what the gauges said at that moment.</summary>
static class StaffRoutes
{
    const int MostAtOnce = 500;
    const decimal MillimetresAMetre = 1000;

    sealed record Entering(string? At, decimal? Metres, string? Note, string? Who);

    sealed record Striking(string? Who);

    /// <summary>Difference: the gauge's stage less the staff's; positive where the gauge says more. Null where the gauge said nothing believable near that moment.</summary>
    sealed record StaffView(long Id, Instant ReadAt, decimal Metres, string? Note, Instant EnteredAt, string EnteredBy, decimal? GaugeM, decimal? DifferenceM);

    public static void MapStaff(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stations/{id}/staff", ReadingsAsync)
            .WithSummary("Readings of a station's staff gauge, oldest first, between from and to (ISO 8601; left out: the last 500), and what the gauge said at that moment.");

        api.MapPost("/stations/{id}/staff", (string id, Entering said, StaffReadings staff, Func<Site> site) =>
            {
                if (DutyRoutes.Named(said.Who, said.Note) is { } unnamed)
                    return unnamed;
                if (site().StationOf(id) is not { } station)
                    return Problems.Missing($"No station {id} is known.");
                if (said.At is null || !Asked.Instant(said.At, out var at))
                    return Problems.Wrong("at, when it was read, is written as 2025-10-29T21:00:00+07:00.");
                return said.Metres is { } metres ? DutyRoutes.Said(staff.Enter(station, at!.Value, metres, said.Note, said.Who!))
                    : Problems.Wrong("metres is missing: the height over the station's datum.");
            })
            .WithSummary("Enters a reading of a station's staff gauge: at, metres, note. It raises and clears nothing, and changes no reading by itself.");

        api.MapPost("/staff/{id:long}/strike", (long id, Striking said, StaffReadings staff) =>
                DutyRoutes.Named(said.Who, null) ?? DutyRoutes.Said(staff.Strike(id, said.Who!)))
            .WithSummary("Strikes a staff reading out as a mistake: it stays in the audit, and is shown no more.");
    }

    static async Task<IResult> ReadingsAsync(
        string id, StaffReadings staff, Func<Site> site, FilesSite files, SeriesBook book, History history, CancellationToken stop, string? from = null, string? to = null)
    {
        if (site().StationOf(id) is not { } station)
            return Problems.Missing($"No station {id} is known.");
        if (!Asked.Instant(from, out var begins) || !Asked.Instant(to, out var ends))
            return Problems.Wrong("from and to are written as 2025-10-29T21:00:00+07:00; in an address the plus sign is %2B.");
        var views = ImmutableArray.CreateBuilder<StaffView>();
        var stages = StationRoutes.SeriesAt(id, Device.StageQuantity, site(), files(), book);
        foreach (var one in staff.Of(id, begins ?? Instant.MinValue, ends ?? Instant.MaxValue, MostAtOnce))
        {
            var gauge = stages is null ? null : await GaugeAt(history, stages.Id, one.ReadAt, station, stop);
            views.Add(new StaffView(
                one.Id, one.ReadAt, one.Stage.Metres, one.Note, one.EnteredAt, one.EnteredBy, gauge / MillimetresAMetre, (gauge - one.Stage.Millimetres) / MillimetresAMetre));
        }
        return Results.Ok(views.DrainToImmutable());
    }

    /// <summary>What a gauge said at a moment, whole millimetres: on the line between its believable readings before and after, or the nearer one's where there is only one. Null
    /// when none is near.</summary>
    public static async Task<decimal?> GaugeAt(History history, SeriesId stages, Instant at, Station station, CancellationToken stop)
    {
        var reach = station.ReportEvery * 3 / 2;
        var near = (await history.Range(stages, at - reach, at + reach, MostAtOnce, stop)).Where(one => one.Flag is not (Flag.Fail or Flag.Missing)).ToArray();
        var (before, after) = (near.LastOrDefault(one => one.MeasuredAt <= at), near.FirstOrDefault(one => one.MeasuredAt >= at));
        if (near.Length == 0)
            return null;
        if (before.Series != stages || after.Series != stages)
            return Whole(before.Series == stages ? before.Value : after.Value);
        var span = (after.MeasuredAt - before.MeasuredAt).TotalSeconds;
        return Whole(span <= 0 ? before.Value : before.Value + (after.Value - before.Value) * ((at - before.MeasuredAt).TotalSeconds / span));
    }

    static decimal Whole(double millimetres) => Math.Round((decimal)millimetres, MidpointRounding.AwayFromZero);
}

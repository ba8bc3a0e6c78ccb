using System.Collections.Immutable;
using CanhLu.Archive;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>How gauges are calibrated, by staff readings.</summary>
static class CalibrationRoutes
{
    const decimal MillimetresAMetre = 1000;

    sealed record Calibrating(string? From, string? Note, string? Who);

    sealed record Ending(string? Who);

    /// <summary>OffsetM is added to what the gauge sends; GaugeM is what it sent when the staff was read, with nothing added.</summary>
    sealed record CalibrationView(
        long Id, string Device, Instant From, decimal OffsetM, long StaffReading, Instant ReadAt, decimal StaffM, decimal GaugeM, string? Note, Instant EnteredAt, string EnteredBy, Instant? EndedAt,
        string? EndedBy);

    public static void MapCalibrations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stations/{id}/calibrations", (string id, Calibrations calibrations, Func<Site> site) =>
                site().StationOf(id) is null ? Problems.Missing($"No station {id} is known.")
                    : Results.Ok(calibrations.Of([.. site().Devices.Values.Where(device => device.Station == id).Select(device => device.Id)]).Select(Of).ToImmutableArray()))
            .WithSummary("How a station's gauges were calibrated, also what was ended, the newest first: what is added to the stage that they send, since when, and by which staff reading.");

        api.MapPost("/staff/{id:long}/calibrate", CalibrateAsync)
            .WithSummary(
                "Calibrates a station's gauge by a staff reading: from (since when the gauge is off, ISO 8601, not later than the staff was read), note. What it measured from then on is restated and "
                + "judged anew; what it sent can be had back. In force when this answers with in_force true.");

        api.MapPost("/calibrations/{id:long}/end", async (long id, Ending said, Calibrations calibrations, SiteTakeOver takeOver, HttpContext context) =>
                DutyRoutes.Named(said.Who, null) ?? await TakeOverRoutes.InForce(calibrations.End(id, said.Who!), takeOver, context.RequestAborted))
            .WithSummary("Ends a calibration: what the gauge sends, and sent since then, counts as before it.");
    }

    static async Task<IResult> CalibrateAsync(
        long id, Calibrating said, Calibrations calibrations, StaffReadings staff, SiteTakeOver takeOver, Func<Site> site, FilesSite files, SeriesBook book, History history, HttpContext context)
    {
        if (DutyRoutes.Named(said.Who, said.Note) is { } unnamed)
            return unnamed;
        if (staff.Of(id) is not { } reading)
            return Problems.Missing($"There is no staff reading {id}.");
        if (said.From is null || !Asked.Instant(said.From, out var from))
            return Problems.Wrong("from, since when the gauge is off, is written as 2025-10-29T21:00:00+07:00.");
        if (site().StationOf(reading.Station) is not { } station || StationRoutes.SeriesAt(reading.Station, Device.StageQuantity, site(), files(), book) is not { } stages)
            return Problems.Wrong($"No gauge stands at {reading.Station}.");
        return await StaffRoutes.GaugeAt(history, stages.Id, reading.ReadAt, station, context.RequestAborted) is { } gauge
            ? await TakeOverRoutes.InForce(
                calibrations.Enter(site(), stages.Device, id, new Stage((int)gauge), from!.Value, said.Note, said.Who!), takeOver, context.RequestAborted)
            : Problems.Wrong("The gauge said nothing believable near the time of that staff reading: it cannot be held against it. Read the staff again while the gauge reports.");
    }

    static CalibrationView Of(CalibrationEntry one) => new(
        one.Id, one.Device, one.FromAt, one.OffsetMm / MillimetresAMetre, one.StaffReading, one.ReadAt, one.StaffMm / MillimetresAMetre, one.GaugeMm / MillimetresAMetre, one.Note, one.EnteredAt,
        one.EnteredBy, one.EndedAt, one.EndedBy);
}

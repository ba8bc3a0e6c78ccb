using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanhLu.Archive;
using CanhLu.Console.Live;
using CanhLu.Database;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>What was measured: stations as they stand, and readings of any series.</summary>
static class StationRoutes
{
    const int MostReadings = 100_000;
    const int DefaultReadings = 1000;
    const int MostBroadcasts = 1000;
    const int MostTold = 100;

    static readonly (QualityTest Test, string Name)[] Tests =
        [.. Enum.GetValues<QualityTest>().Select(test => (test, JsonNamingPolicy.SnakeCaseLower.ConvertName(test.ToString())))];

    sealed record ReadingView(
        Instant MeasuredAt, Instant ReceivedAt, double Value, Flag Flag,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableSortedDictionary<string, int>? Tests);

    sealed record ToldView(
        long Bulletin, long People, long Told, long Delivered, Instant? FirstAcceptedAt, Instant? LastAcceptedAt, Instant? FirstDeliveredAt, Instant? LastDeliveredAt);

    sealed record BucketView(Instant From, int Count, int Unbelievable, Flag Worst, double? Min, double? Mean, double? Max);

    public static void MapStations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stations", (DeskView view, CancellationToken stop) => view.Stations(stop))
            .WithSummary("Every station: stage, rate of rise, level, and its distance to the alarm levels in official words.");

        api.MapGet("/readings", ReadingsAsync)
            .WithSummary("Readings of one series, oldest first; or with every=10m their least, mean and greatest values in stretches, with the worst flag of each.")
            .WithDescription(
                "station or device names the series, with series (default stage). from and to are ISO 8601 with an offset. Without from the newest limit " +
                "readings are given. A stage is in whole millimetres. Values of a stretch leave out its unbelievable readings, which are counted. tests=true also gives what each quality test says, by the flags of QARTOD: 1 good, " +
                "2 not evaluated, 3 suspect, 4 fail, 9 missing.");

        api.MapGet("/stations/{id}/told", (string id, Func<Site> site, Ledger ledger, Operations operations, int count = 20) =>
                site().StationOf(id) is null ? Problems.Missing($"No station {id} is known.") : Results.Ok(Told(id, Math.Clamp(count, 1, MostTold), ledger, operations)))
            .WithSummary("When a station's last bulletins reached people: by carrier and on handsets, the first and the last; newest first.");
    }

    static ImmutableArray<ToldView> Told(string station, int count, Ledger ledger, Operations operations)
    {
        long[] bulletins = [.. ledger.Broadcasts(MostBroadcasts).Select(one => one.Bulletin).Where(one => one.Station == station).Select(one => one.Id).Take(count)];
        return
        [
            .. new Outcomes(operations).ByWard(bulletins).GroupBy(ward => ward.Bulletin).OrderByDescending(wards => wards.Key).Select(wards => new ToldView(
                wards.Key, wards.Sum(ward => ward.People), wards.Sum(ward => ward.Told), wards.Sum(ward => ward.Delivered), wards.Min(ward => ward.FirstAcceptedAt),
                wards.Max(ward => ward.LastAcceptedAt), wards.Min(ward => ward.FirstDeliveredAt), wards.Max(ward => ward.LastDeliveredAt))),
        ];
    }

    static async Task<IResult> ReadingsAsync(
        Func<Site> site, FilesSite files, SeriesBook book, History history, CancellationToken stop, string? station = null, string? device = null,
        string series = Device.StageQuantity, string? from = null, string? to = null, int limit = DefaultReadings, string? every = null,
        bool tests = false)
    {
        if ((station is null) == (device is null))
            return Problems.Wrong("Name either a station or a device: ?station=tam-ky or ?device=tk-gauge-1.");
        if (limit is < 1 or > MostReadings)
            return Problems.Wrong($"limit goes from 1 to {MostReadings}.");
        if (!Asked.Instant(from, out var begins) || !Asked.Instant(to, out var ends))
            return Problems.Wrong("from and to are written as 2025-10-29T21:00:00+07:00; in an address the plus sign is %2B.");
        Duration? width = null;
        if (every is not null && (width = Asked.Duration(every)) is null)
            return Problems.Wrong("every is written as 1m, 10m, 1h or 1d.");
        var found = device is not null
            ? book.Find(device, series)
            : SeriesAt(station!, series, site(), files(), book);
        if (found is null)
            return Problems.Missing($"No series {series} of {device ?? station} is known.");
        if (width is { } stretch)
        {
            if (begins is null || ends is null)
                return Problems.Wrong("every needs from and to.");
            var buckets = await history.Buckets(found.Id, begins.Value, ends.Value, stretch, stop);
            return Results.Ok(buckets.Select(one => new BucketView(one.From, one.Count, one.Unbelievable, one.Worst, one.Min, one.Mean, one.Max)).ToImmutableArray());
        }
        var readings = begins is { } start
            ? await history.Range(found.Id, start, ends ?? Instant.MaxValue, limit, stop)
            : [.. (await history.Last(found.Id, limit, ends, stop)).Reverse()];
        return Results.Ok(readings.Select(one => new ReadingView(one.MeasuredAt, one.ReceivedAt, one.Value, one.Flag, tests ? Said(one.Tests) : null)).ToImmutableArray());
    }

    /// <summary>A station's series of a quantity: of several devices there one of the files' before one that was taken in beside them, for that one has no past yet.</summary>
    public static Series? SeriesAt(string station, string quantity, Site site, Site files, SeriesBook book) => site.Devices.Values.Where(one => one.Station == station)
        .OrderByDescending(one => files.Devices.ContainsKey(one.Id)).ThenBy(one => one.Id, StringComparer.Ordinal)
        .Select(one => book.Find(one.Id, quantity)).FirstOrDefault(one => one is not null);

    static ImmutableSortedDictionary<string, int> Said(TestFlags flags) => Tests
        .Where(test => flags[test.Test] is not null)
        .ToImmutableSortedDictionary(test => test.Name, test => (int)flags[test.Test]!.Value);
}

using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using CanhLu.Archive;
using CanhLu.Archive.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Readings of many series as one file, however long: it is sent while it is read.</summary>
static class ReadingFileRoutes
{
    /// <summary>Some thousand readings each: who reads slowly holds the archive's thread, not its file.</summary>
    const int Waiting = 4;

    sealed record ThinnedView(string Series, long OfSeconds, Instant Before, long Readings, long Kept);

    public static void MapReadingFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/readings.csv", FileAsync)
            .WithSummary("Readings of any stations and devices as a file, in the form that canhlu import, backtest and qc read.")
            .WithDescription(
                "station is the id of a station, whose devices are all meant, or of a device; series is a quantity. Both may be repeated, and left out for all. from and to are ISO 8601 with an offset. " +
                $"Columns: {ReadingsCsv.Header}. A stage is in metres; flags are QARTOD's: 1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing. In the order of measured_at. The header {ReadingsCsv.CountHeader} tells how many there are.");
        api.MapGet("/readings/thinned", ThinnedAsync)
            .WithSummary("What was thinned of old readings, by the rules of Archive:Thin.")
            .WithDescription("of_seconds says of what the lowest, the highest and the last reading stay: 60 of a minute, 3600 of an hour, 0: nothing stays.");
    }

    static async Task<IResult> ThinnedAsync(History history, CancellationToken stop)
    {
        try
        {
            return Results.Ok((await history.Thinned(stop)).Select(one => new ThinnedView(one.Series, (long)one.Of.TotalSeconds, one.Before, one.Readings, one.Kept)));
        }
        catch (ArchiveNotReadyException closed)
        {
            return Problems.Unavailable(closed.Message);
        }
    }

    static async Task<IResult> FileAsync(
        Func<Site> site, FilesSite files, SeriesBook book, History history, HttpContext context, CancellationToken stop, string[]? station = null, string[]? series = null,
        string? from = null, string? to = null)
    {
        if (!Asked.Instant(from, out var begins) || !Asked.Instant(to, out var ends))
            return Problems.Wrong("from and to are written as 2025-10-29T21:00:00+07:00; in an address the plus sign is %2B.");
        var current = site();
        var asked = SeriesNames.Asked(current, files(), book.All, station ?? [], series ?? [], out var unknown);
        if (unknown is not null)
            return Problems.Missing($"There is no station or device {unknown}: the stations are {string.Join(", ", current.Stations.Select(one => one.Id))}.");
        var (first, last) = (begins ?? Instant.MinValue, ends ?? Instant.MaxValue);
        SeriesId[] ids = [.. asked.Select(one => one.Series.Id)];
        try
        {
            context.Response.Headers[ReadingsCsv.CountHeader] = (await history.Count(first, last, ids, stop)).ToString(CultureInfo.InvariantCulture);
        }
        catch (ArchiveNotReadyException closed)
        {
            return Problems.Unavailable(closed.Message);
        }
        return Results.Stream(
            to => SendAsync(to, new ReadingsCsv(asked, current.Zone), (page, token) => history.Past(first, last, page, token, ids), stop), "text/csv; charset=utf-8", "canhlu-readings.csv");
    }

    static async Task SendAsync(Stream to, ReadingsCsv csv, Action<Action<ReadOnlySpan<Reading>, double>, CancellationToken> read, CancellationToken stop)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pages = Channel.CreateBounded<ReadOnlyMemory<byte>>(Waiting);
        var reading = Task.Factory.StartNew(() => Read(pages.Writer, csv, read, abandon.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(stop))
                await to.WriteAsync(page, stop);
        }
        finally
        {
            await abandon.CancelAsync();
            await reading;
        }
    }

    /// <summary>On a thread of its own, which waits for the archive and for whoever reads.</summary>
    static void Read(ChannelWriter<ReadOnlyMemory<byte>> pages, ReadingsCsv csv, Action<Action<ReadOnlySpan<Reading>, double>, CancellationToken> read, CancellationToken stop)
    {
        Exception? failed = null;
        try
        {
            var header = new ArrayBufferWriter<byte>();
            ReadingsCsv.WriteHeader(header);
            Put(header.WrittenMemory);
            read(
                (readings, _) =>
                {
                    var lines = new ArrayBufferWriter<byte>(1 << 16);
                    csv.Write(readings, lines);
                    Put(lines.WrittenMemory);
                },
                stop);
        }
        // The one who sends hears of it, and breaks the answer off: half a file must not look like a whole one.
        catch (Exception exception)
        {
            failed = exception;
        }
        pages.Complete(failed);

        void Put(ReadOnlyMemory<byte> bytes)
        {
            if (!pages.TryWrite(bytes))
                pages.WriteAsync(bytes, stop).AsTask().GetAwaiter().GetResult();
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Archive.Files;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Readings;

/// <summary>Which readings are wanted.</summary>
/// <param name="Names">Ids of stations and devices; none for all.</param>
/// <param name="Quantities">Quantities; none for all.</param>
/// <param name="From">The earliest time by the river's clock; null for the first.</param>
/// <param name="To">The time before which it ends; null for the last.</param>
sealed record ReadingsAsked(IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Quantities, Instant? From, Instant? To);

/// <summary>Writes readings into a stream as a file of readings: out of an archive, or, while an engine holds it, by asking the engine.</summary>
static class ReadingsExport
{
    const int Piece = 1 << 16;

    /// <summary>Out of an archive that no engine has open.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="site">The site in force.</param>
    /// <param name="files">The site as its files say it.</param>
    /// <param name="asked">Which readings.</param>
    /// <param name="to">Where to.</param>
    /// <param name="told">Is told how far it is, 0 to 1.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>How many there were, or why there is nothing.</returns>
    public static (long Readings, string? Trouble) Write(
        OpenedArchive archive, Site site, Site files, ReadingsAsked asked, Stream to, Action<double>? told, CancellationToken cancellation)
    {
        var series = SeriesNames.Asked(site, files, archive.Book.All, asked.Names, asked.Quantities, out var unknown);
        if (unknown is not null)
            return (0, $"There is no station or device {unknown}: the stations are {string.Join(", ", site.Stations.Select(one => one.Id))}.");
        var (csv, lines, count) = (new ReadingsCsv(series, site.Zone), new ArrayBufferWriter<byte>(Piece), 0L);
        ReadingsCsv.WriteHeader(lines);
        archive.History.Past(
            asked.From ?? Instant.MinValue, asked.To ?? Instant.MaxValue,
            (readings, share) =>
            {
                csv.Write(readings, lines);
                count += readings.Length;
                to.Write(lines.WrittenSpan);
                lines.ResetWrittenCount();
                told?.Invoke(share);
            },
            cancellation, [.. series.Select(one => one.Series.Id)]);
        to.Write(lines.WrittenSpan);
        return (count, null);
    }

    /// <summary>By asking the engine.</summary>
    /// <param name="http">How it is asked.</param>
    /// <param name="page">Where its page is.</param>
    /// <param name="asked">Which readings.</param>
    /// <param name="to">Where to.</param>
    /// <param name="told">Is told how far it is, 0 to 1.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>How many there were, or why there is nothing.</returns>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="IOException">It broke off, or the stream cannot be written.</exception>
    public static async Task<(long Readings, string? Trouble)> Ask(
        HttpClient http, Uri page, ReadingsAsked asked, Stream to, Action<double>? told, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri(page, Path(asked)), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
            return (0, await Said(answer, page, cancellation));
        var expected = answer.Headers.TryGetValues(ReadingsCsv.CountHeader, out var said) && long.TryParse(said.First(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        await using var from = await answer.Content.ReadAsStreamAsync(cancellation);
        var piece = new byte[Piece];
        // The header is a line, too.
        var lines = -1L;
        while (await from.ReadAsync(piece, cancellation) is > 0 and var length)
        {
            lines += piece.AsSpan(0, length).Count((byte)'\n');
            await to.WriteAsync(piece.AsMemory(0, length), cancellation);
            told?.Invoke(expected == 0 ? 0 : Math.Min(1, (double)lines / expected));
        }
        return (lines, null);
    }

    static string Path(ReadingsAsked asked)
    {
        var query = asked.Names.Select(name => $"station={Uri.EscapeDataString(name)}").Concat(asked.Quantities.Select(quantity => $"series={Uri.EscapeDataString(quantity)}")).ToList();
        if (asked.From is { } from)
            query.Add($"from={Uri.EscapeDataString(InstantPattern.ExtendedIso.Format(from))}");
        if (asked.To is { } to)
            query.Add($"to={Uri.EscapeDataString(InstantPattern.ExtendedIso.Format(to))}");
        return $"api/readings.csv?{string.Join('&', query)}";
    }

    static async Task<string> Said(HttpResponseMessage answer, Uri page, CancellationToken cancellation)
    {
        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            if (problem.RootElement.TryGetProperty("detail", out var detail))
                return detail.GetString()!;
        }
        catch (JsonException)
        {
            // Something else listens there.
        }
        return $"The engine at {page} answered {(int)answer.StatusCode}.";
    }
}

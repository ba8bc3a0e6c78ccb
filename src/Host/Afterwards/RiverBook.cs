using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CanhLu.Archive;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Afterwards;

/// <summary>The stages of a station: out of the archive, or, while an engine holds it, by asking the engine.</summary>
static class RiverBook
{
    /// <summary>Stretches at most, so that years fit as well.</summary>
    const int MostStretches = 20_000;

    /// <summary>Out of the archive.</summary>
    public static async Task<ImmutableArray<Water>> Read(OpenedArchive archive, Site site, Station station, Instant from, Instant to, CancellationToken cancellation)
    {
        var water = new List<Water>();
        foreach (var gauge in site.Devices.Values.Where(device => device.Station == station.Id))
            if (archive.Book.Find(gauge.Id, Device.StageQuantity) is { } series)
                foreach (var bucket in await archive.History.Buckets(series.Id, from, to, Duration.FromMinutes(Minutes(from, to)), cancellation))
                    if (bucket is { Min: { } low, Max: { } high })
                        water.Add(new Water(bucket.From, Millimetres(low), Millimetres(high)));
        return [.. water.OrderBy(one => one.At)];
    }

    /// <summary>By asking the engine.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public static async Task<ImmutableArray<Water>> Ask(HttpClient http, Uri page, Station station, Instant from, Instant to, CancellationToken cancellation)
    {
        string Time(Instant at) => Uri.EscapeDataString(InstantPattern.ExtendedIso.Format(at));
        using var answer = await http.GetAsync(
            new Uri(page, string.Create(CultureInfo.InvariantCulture, $"api/readings?station={station.Id}&from={Time(from)}&to={Time(to)}&every={Minutes(from, to)}m")), cancellation);
        // The station has no gauge that has ever sent anything.
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
            return [];
        answer.EnsureSuccessStatusCode();
        using var stretches = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        return
        [
            .. stretches.RootElement.EnumerateArray().Where(one => one.GetProperty("max").ValueKind == JsonValueKind.Number).Select(one => new Water(
                InstantPattern.ExtendedIso.Parse(one.GetProperty("from").GetString()!).Value, Millimetres(one.GetProperty("min").GetDouble()),
                Millimetres(one.GetProperty("max").GetDouble()))),
        ];
    }

    static int Minutes(Instant from, Instant to) => Math.Max(1, (int)((to - from).TotalMinutes / MostStretches) + 1);

    static Stage Millimetres(double value) => new((int)Math.Round(value));
}

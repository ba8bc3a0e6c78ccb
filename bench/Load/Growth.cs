using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>What a start and the memory become as the number of series grows, and as the past does.</summary>
static class Growth
{
    const double MostStartSeconds = 5;
    const int HistoryStations = 1_000;

    // The rhythm of the city's gauges.
    const long Every = 600;
    const int Asks = 20;

    static readonly int[] Series = [1_000, 10_000, 100_000, 1_000_000];
    static readonly (string Name, int Days)[] Pasts = [("a month", 30), ("a year", 365), ("5 years", 5 * 365)];

    /// <summary>An empty start, in which every series is numbered; then one with an hour of readings behind it.</summary>
    public static async IAsyncEnumerable<Row> OfSeries(Town town, int most)
    {
        foreach (var series in Series.Where(series => series <= most))
        {
            var folder = town.NewDataFolder();
            yield return await Start(series / 2, folder, $"{series:N0} series, the first time", 0);
            var readings = Made.Write(folder, Now(), Every, 6);
            yield return await Start(series / 2, folder, $"{series:N0} series, again, an hour behind it", readings);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>1,000 stations that report every ten minutes, and a past that grows.</summary>
    public static async IAsyncEnumerable<Row> OfHistory(Town town, int mostDays)
    {
        foreach (var (name, days) in Pasts.Where(past => past.Days <= mostDays))
        {
            var folder = town.NewDataFolder();
            await Start(HistoryStations, folder, "", 0);
            var began = Stopwatch.GetTimestamp();
            var readings = Made.Write(folder, Now(), Every, days * 86_400 / Every);
            System.Console.Error.WriteLine(
                $"{name}: {readings:N0} readings written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, {new FileInfo(Path.Combine(folder, "readings.duckdb")).Length / 1e6:N0} MB");
            yield return await Start(HistoryStations, folder, $"{HistoryStations:N0} stations, {name}", readings);
            using (var engine = await EngineApart.StartAsync(HistoryStations, folder))
            {
                yield return await Hydrograph(engine, name, "a day", 1, "1m");
                yield return await Hydrograph(engine, name, "a year", Math.Min(days, 365), "12h");
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Row> Start(int stations, string folder, string load, long readings)
    {
        using var engine = await EngineApart.StartAsync(stations, folder);
        var standing = await engine.AskAsync(collected: true);
        var (resident, most) = (engine.ResidentBytes / 1e6, engine.MostBytes / 1e6);
        // It counts in the same process: what that takes is not the engine's.
        var lost = readings - await engine.StopAndCountAsync();
        return new Row("start", load)
        {
            StartSeconds = engine.StartSeconds,
            ResidentMegabytes = resident,
            PeakMegabytes = most,
            ManagedMegabytes = standing.ManagedBytes / 1e6,
            Lost = lost,
            Target = stations <= HistoryStations ? "≤ 5 s" : "",
            Met = stations > HistoryStations || engine.StartSeconds <= MostStartSeconds,
        };
    }

    static async Task<Row> Hydrograph(EngineApart engine, string past, string span, int days, string every)
    {
        using var http = new HttpClient();
        var until = DateTimeOffset.FromUnixTimeSeconds(Now() + 1);
        Uri Of(int device, DateTimeOffset from, string every) => new(engine.Page, FormattableString.Invariant(
            $"api/readings?device={Load.DeviceName(device)}&every={every}&from={from:yyyy-MM-ddTHH:mm:ssZ}&to={until:yyyy-MM-ddTHH:mm:ssZ}"));
        // Not counted: it pays for what is compiled at its first use.
        await http.GetByteArrayAsync(Of(8, until.AddHours(-2), "1h"));
        var (address, times, length) = (Of(7, until.AddDays(-days), every), new List<double>(), 0);
        for (var ask = 0; ask < Asks; ask++)
        {
            var began = Stopwatch.GetTimestamp();
            length = (await http.GetByteArrayAsync(address)).Length;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        var first = times[0];
        times.Sort();
        return new Row("hydrograph", $"{span} of {past}, {length / 1000:N0} KB, first {first:0} ms")
        {
            P50Ms = times[Asks / 2],
            P99Ms = times[^1],
            MaxMs = times[^1],
            Target = "≤ 500 ms",
            Met = times[^1] <= 500 && length > 1_000,
        };
    }

    static long Now() => Clocks.Now.GetCurrentInstant().ToUnixTimeSeconds() / Every * Every;
}

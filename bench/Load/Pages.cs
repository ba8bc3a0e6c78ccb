using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>What people who look cost: 500 open pages beside 20,000 readings a second, and a hydrograph over a year of minutes.</summary>
static class Pages
{
    const int Open = 500;
    const int Gauges = 20;
    const double MessagesPerSecond = 1_000;
    const double LeastRatio = 0.9;
    const double MostBehindMs = 2_000;
    const double MostForAYearMs = 500;
    const int Minutes = 525_600;

    static readonly long Ago = (long)TimeSpan.FromHours(6).TotalMilliseconds;

    public static async IAsyncEnumerable<Row> Run(Town town, double seconds)
    {
        // The first load is not counted: it pays for what is compiled at its first use.
        await Ingest(town, 0, 3);
        var (without, _, _) = await Ingest(town, 0, seconds);
        var (with, pages, lost) = await Ingest(town, Open, seconds);
        var ratio = with.ReadingsPerSecond / without.ReadingsPerSecond;
        var behind = pages.Max(page => page.Behind.TotalMilliseconds);
        yield return new Row("open pages", $"{Open} beside {MessagesPerSecond * 20:N0} readings/s, {pages.Min(page => page.Desks)} desks at least")
        {
            BareMessagesPerSecond = without.MessagesPerSecond,
            MessagesPerSecond = with.MessagesPerSecond,
            ReadingsPerSecond = with.ReadingsPerSecond,
            Ratio = ratio,
            BareP50Ms = without.Milliseconds(50),
            BareP99Ms = without.Milliseconds(99),
            P50Ms = with.Milliseconds(50),
            P99Ms = with.Milliseconds(99),
            MaxMs = behind,
            BareCpuUs = without.CpuUsAMessage,
            CpuUs = with.CpuUsAMessage,
            Lost = lost,
            Target = "≥ 0.9, max: a page behind ≤ 2 s",
            Met = ratio >= LeastRatio && behind <= MostBehindMs && pages.All(page => page.Desks > seconds),
        };
        yield return await Year(town);
    }

    static async Task<(Measured Measured, OpenPage[] Pages, long Lost)> Ingest(Town town, int open, double seconds)
    {
        GC.Collect();
        await using var engine = await BenchEngine.StartAsync(town, stations: Gauges);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Open });
        using var stop = new CancellationTokenSource();
        var pages = Enumerable.Range(0, open).Select(_ => new OpenPage(http, engine.Page)).ToArray();
        var following = Task.WhenAll(pages.Select(page => page.Follow(stop.Token)));
        while (pages.Any(page => page.Desks == 0) && !following.IsFaulted)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Clocks.Timers);
        var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - Ago;
        var measured = await new Load(Gauges, seconds, i => new Orders(Payload.Twenty(), first, 200) { PerSecond = MessagesPerSecond / Gauges, Phase = (double)i / Gauges })
            .RunAsync(engine.Port, town.Password);
        await stop.CancelAsync();
        try
        {
            await following;
        }
        catch (OperationCanceledException)
        {
            // The pages were closed.
        }
        return (measured, pages, measured.Readings - await engine.StopAndCountAsync());
    }

    static async Task<Row> Year(Town town)
    {
        await using var engine = await BenchEngine.StartAsync(town, stations: Gauges);
        var (from, payload) = (Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - (long)TimeSpan.FromMinutes(Minutes).TotalMilliseconds, Payload.Twenty(60_000));
        var filled = await new Load(1, 300, _ => new Orders(payload, from, 1_000) { Most = Minutes / payload.Readings }).RunAsync(engine.Port, town.Password);
        while (engine.Stored < filled.Readings)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Clocks.Timers);
        using var http = new HttpClient();
        var address = new Uri(engine.Page, FormattableString.Invariant(
            $"api/readings?device={Load.DeviceName(0)}&every=12h&from={DateTimeOffset.FromUnixTimeMilliseconds(from):yyyy-MM-ddTHH:mm:ssZ}&to={Clocks.Now.GetCurrentInstant().ToDateTimeOffset().AddDays(1):yyyy-MM-ddTHH:mm:ssZ}"));
        var times = new List<double>();
        var length = 0;
        for (var ask = 0; ask < 20; ask++)
        {
            var began = Stopwatch.GetTimestamp();
            length = (await http.GetByteArrayAsync(address)).Length;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        var first = times[0];
        times.Sort();
        return new Row("hydrograph", $"a year of minutes ({filled.Readings:N0}), {length / 1000:N0} KB, first {first:0} ms")
        {
            ReadingsPerSecond = filled.ReadingsPerSecond,
            P50Ms = times[times.Count / 2],
            P99Ms = times[^1],
            MaxMs = times[^1],
            Lost = filled.Readings - await engine.StopAndCountAsync(),
            Target = "≤ 500 ms",
            Met = times[^1] <= MostForAYearMs,
        };
    }
}

using System.Diagnostics;
using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>From the publish of the reading that crosses a level to the request at the carrier, under a steady load.</summary>
static class ToCarrier
{
    // Not counted: the first ones pay for what is compiled at its first use.
    const int WarmUp = 10;
    const int Crossings = BenchSite.Areas - WarmUp;

    static readonly long Ago = (long)TimeSpan.FromHours(2).TotalMilliseconds;
    static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static readonly (int PerSecond, double Milliseconds, string Target)[] Loads = [(5_000, 0, ""), (5_000, 250, "p99 ≤ 250 ms"), (20_000, 1_000, "p99 ≤ 1 s")];

    public static async IAsyncEnumerable<Row> Run(Town town, double seconds)
    {
        foreach (var (perSecond, most, target) in Loads)
        {
            GC.Collect();
            await using var carrier = await PretendCarrier.StartAsync();
            await using var engine = await BenchEngine.StartAsync(town, carrier: carrier.Address);
            var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - Ago;
            var measured = await new Load(BenchSite.Areas, seconds + Before.TotalSeconds + 1, i => new Orders(Payload.Single(), first, 100)
            {
                PerSecond = (double)perSecond / BenchSite.Areas,
                Phase = (double)i / BenchSite.Areas,
                High = Payload.Single("1.900"),
                CrossAfter = i < WarmUp ? Before * i / WarmUp : Before + TimeSpan.FromSeconds(seconds * (i - WarmUp) / Crossings),
            }).RunAsync(engine.Port, town.Password);
            for (var began = Stopwatch.GetTimestamp(); carrier.Came < BenchSite.Areas && Stopwatch.GetElapsedTime(began) < Patience;)
                await Task.Delay(TimeSpan.FromMilliseconds(10), Clocks.Timers);
            var commits = engine.Commits;
            var stored = await engine.StopAndCountAsync();
            // The first load is not counted: it pays for what is compiled at its first use.
            if (most == 0)
                continue;
            var (latency, untold) = Latency(measured, carrier);
            yield return new Row("publish → carrier", $"{perSecond:N0}/s, {Crossings} crossings")
            {
                MessagesPerSecond = measured.MessagesPerSecond,
                ReadingsPerSecond = measured.ReadingsPerSecond,
                P50Ms = Milliseconds(latency, 50),
                P99Ms = Milliseconds(latency, 99),
                MaxMs = Milliseconds(latency, 100),
                Commits = commits,
                CpuUs = measured.CpuUsAMessage,
                Lost = measured.Readings - stored + untold,
                Target = target,
                Met = Milliseconds(latency, 99) <= most && measured.MessagesPerSecond >= 0.95 * perSecond,
            };
        }
    }

    static (HistogramBase Latency, int Untold) Latency(Measured measured, PretendCarrier carrier)
    {
        var latency = new LongHistogram(TimeSpan.FromMinutes(1).Ticks, 3);
        var untold = 0;
        for (var i = WarmUp; i < BenchSite.Areas; i++)
        {
            if (measured.CrossedAt[i] != 0 && carrier.CameAt(i) != 0)
                latency.RecordValue(Stopwatch.GetElapsedTime(measured.CrossedAt[i], carrier.CameAt(i)).Ticks);
            else
                untold++;
        }
        return (latency, untold);
    }

    static double Milliseconds(HistogramBase latency, double percentile) =>
        latency.TotalCount == 0 ? double.PositiveInfinity : latency.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond;
}

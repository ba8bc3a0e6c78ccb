using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>20,000 messages a second for as long as wanted, and what the engine's memory does meanwhile: it must be flat.</summary>
static class Soak
{
    const double PerSecond = 20_000;
    const int Connections = 100;
    const double MostGrowth = 1.10;

    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // What is compiled, cached and pooled at first is no growth: as long a time at the beginning, at most a quarter of it all, is not compared.
    static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<Row> Run(Town town, double minutes)
    {
        var lasts = TimeSpan.FromMinutes(minutes);
        var every = TimeSpan.FromTicks(Math.Min(Every.Ticks, lasts.Ticks / 16));
        var folder = town.NewDataFolder();
        using var engine = await EngineApart.StartAsync(BenchSite.Stations, folder);
        // A device's readings are as far apart as they are sent: any faster they would end in the future.
        var step = (long)(1000 * Connections / PerSecond);
        var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds();
        var publishing = new Load(Connections, lasts.TotalSeconds, i => new Orders(Payload.Single(step: step), first, 1_000)
        {
            PerSecond = PerSecond / Connections,
            Phase = (double)i / Connections,
        }).RunAsync(engine.Port, town.Password);
        var (began, samples) = (Stopwatch.GetTimestamp(), new List<Sample>());
        while (!publishing.IsCompleted)
        {
            await Task.WhenAny(publishing, Task.Delay(every, Clocks.Timers));
            if (publishing.IsCompleted)
                break;
            var held = engine.ResidentBytes / 1e6;
            // What lives. How much waits to be collected beside it depends on what else the machine does.
            var standing = await engine.AskAsync(collected: true);
            samples.Add(new Sample(Stopwatch.GetElapsedTime(began), held, standing.ManagedBytes / 1e6));
            System.Console.Error.WriteLine(
                $"{samples[^1].At.TotalMinutes,6:0.0} min: resident {samples[^1].Resident:N0} MB, managed heap {samples[^1].Managed:N0} MB, {standing.Stored:N0} readings stored, "
                + $"archive {new FileInfo(Path.Combine(folder, "readings.duckdb")).Length / 1e6:N0} MB");
        }
        var measured = await publishing;
        await engine.UntilStored(measured.Readings, TimeSpan.FromSeconds(10));
        var most = engine.MostBytes / 1e6;
        var lost = measured.Readings - await engine.StopAndCountAsync();
        engine.Dispose();
        Directory.Delete(folder, recursive: true);

        var warm = samples.Where(sample => sample.At >= TimeSpan.FromTicks(Math.Min(WarmUp.Ticks, lasts.Ticks / 4))).ToArray();
        var (before, after) = (warm[..(warm.Length / 2)], warm[(warm.Length / 2)..]);
        var (resident, managed) = (after.Max(one => one.Resident) / before.Max(one => one.Resident), after.Average(one => one.Managed) / before.Average(one => one.Managed));
        yield return new Row("soak", $"{minutes:0.#} min, {Connections} connections, last half against first: resident {resident:0.00}, managed {managed:0.00}")
        {
            MessagesPerSecond = measured.MessagesPerSecond,
            ReadingsPerSecond = measured.ReadingsPerSecond,
            P50Ms = measured.Milliseconds(50),
            P99Ms = measured.Milliseconds(99),
            MaxMs = measured.Milliseconds(100),
            CpuUs = engine.Cpu.TotalMicroseconds / measured.Messages,
            ResidentMegabytes = after.Max(one => one.Resident),
            PeakMegabytes = most,
            ManagedMegabytes = after.Average(one => one.Managed),
            Lost = lost,
            Target = "both ≤ 1.10, rate held",
            Met = resident <= MostGrowth && managed <= MostGrowth && measured.MessagesPerSecond >= 0.95 * PerSecond,
        };
    }

    readonly record struct Sample(TimeSpan At, double Resident, double Managed);
}

using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>Rates that are held and as much as goes, at the own door and through Mosquitto, from few and many connections, at QoS 0 and 1, one and 20 readings a message; the engine
/// in a process of its own.</summary>
static class Matrix
{
    /// <summary>The ways in that can be asked for alone.</summary>
    public static readonly string[] Ways = ["embedded", "external"];

    public const int MostConnections = 10_000;

    // Beside the connections: the engine's files, the bench's pipes.
    const int OtherFiles = 500;
    const int Stations = MostConnections;
    const long MostQueued = 100_000;

    // A device's readings are this far apart, and what a cell sends at most stays before the next one's.
    const long Step = 100;
    static readonly long First = (long)TimeSpan.FromDays(700).TotalMilliseconds;
    static readonly long BetweenCells = (long)TimeSpan.FromDays(20).TotalMilliseconds;
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    static readonly int[] Connections = [10, 1_000, MostConnections];
    static readonly double[] Rates = [1_000, 5_000, 20_000, 0];

    public static async IAsyncEnumerable<Row> Run(Town town, double seconds, string? onlyWay, int? onlyConnections)
    {
        foreach (var way in Ways)
        {
            foreach (var connections in Connections)
            {
                if ((onlyWay is not null && onlyWay != way) || (onlyConnections is not null && onlyConnections != connections))
                    continue;
                if (OpenFiles.Most < connections + OtherFiles)
                {
                    System.Console.Error.WriteLine(
                        $"{connections:N0} connections are left out: this process may open {OpenFiles.Most:N0} files. Raise it: ulimit -n {connections + OtherFiles}.");
                    continue;
                }
                await foreach (var row in Cells(town, way, connections, seconds))
                    yield return row;
            }
        }
    }

    static async IAsyncEnumerable<Row> Cells(Town town, string way, int connections, double seconds)
    {
        var folder = town.NewDataFolder();
        using var broker = way == "external" ? await Mosquitto.StartAsync() : null;
        using var engine = await EngineApart.StartAsync(Stations, folder, broker);
        var (port, password) = broker is null ? (engine.Port, (Func<int, string?>)town.Password) : (broker.Port, _ => null);
        var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - First;
        if (broker is not null)
            await Subscribed(broker.Port, engine, first - BetweenCells);
        var cell = 0;
        // Not counted: it pays for what is compiled at its first use.
        await Cell(2, 1, Payload.Single(step: Step), 0);
        foreach (var qos in (int[])[0, 1])
        {
            foreach (var twenty in (bool[])[false, true])
            {
                foreach (var rate in Rates)
                    yield return await Cell(seconds, qos, twenty ? Payload.Twenty(Step) : Payload.Single(step: Step), rate);
            }
        }
        await engine.StopAndCountAsync();
        engine.Dispose();
        Directory.Delete(folder, recursive: true);

        async Task<Row> Cell(double lasts, int qos, Payload payload, double rate)
        {
            var begins = first + cell++ * BetweenCells;
            var (stored, cpu) = ((await engine.AskAsync()).Stored, engine.Cpu);
            // 10,000 in flight in all, as far as each connection may have one.
            var inFlight = Math.Clamp(MostConnections / connections, 1, 1_000);
            var measured = await new Load(connections, lasts, i => new Orders(payload, begins, inFlight)
            {
                Qos = qos,
                PerSecond = rate / connections,
                // A broker takes more at once than anybody reads from it in minutes.
                Most = rate == 0 && broker is not null ? MostQueued / connections : long.MaxValue,
                // The first one within the first pause: at 10,000 connections a pause may be longer than a cell.
                Phase = (double)i / connections - 1,
            }).RunAsync(port, password);
            var ended = Stopwatch.GetTimestamp();
            var kept = await engine.UntilStored(stored + measured.Readings, Quiet) - stored;
            var behind = kept < measured.Readings ? 0 : Stopwatch.GetElapsedTime(ended).TotalMilliseconds;
            // At QoS 0 nobody promises anything: what did not come is told, and is no fault.
            var missing = measured.Readings - kept;
            return new Row(way, $"{(rate == 0 ? "all that goes" : $"{rate:N0}/s")}, {connections:N0} connections, QoS {qos}, {payload.Readings} a message")
            {
                MessagesPerSecond = measured.MessagesPerSecond,
                ReadingsPerSecond = kept / (measured.Seconds + behind / 1000),
                P50Ms = qos == 0 ? 0 : measured.Milliseconds(50),
                P99Ms = qos == 0 ? 0 : measured.Milliseconds(99),
                MaxMs = qos == 0 ? 0 : measured.Milliseconds(100),
                BehindMs = behind,
                CpuUs = (engine.Cpu - cpu).TotalMicroseconds / Math.Max(1, measured.Messages),
                Lost = qos == 0 ? 0 : missing,
                Missing = qos == 0 ? missing : null,
                Target = qos == 0 ? "" : "nothing lost",
                Met = true,
            };
        }
    }

    // The link subscribes in its own time: a reading of one device every tenth of a second shows when it has.
    static async Task Subscribed(int port, EngineApart engine, long first)
    {
        while ((await engine.AskAsync()).Stored == 0)
        {
            await new Load(1, 10, _ => new Orders(Payload.Single(), first++, 1) { Most = 1 }).RunAsync(port, _ => null);
            await Task.Delay(TimeSpan.FromMilliseconds(100), Clocks.Timers);
        }
    }
}

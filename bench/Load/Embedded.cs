namespace CanhLu.Bench;

/// <summary>Devices at the engine's own door, beside the same devices at a bare MQTTnet server.</summary>
static class Embedded
{
    const double LeastRatio = 6;
    const double WarmUp = 2;
    const double LeastReadings = 1_000_000;

    // The devices' clocks begin as long ago: a second a reading, and the fastest row stays in the past.
    static readonly long Ago = (long)TimeSpan.FromDays(90).TotalMilliseconds;

    static readonly (int Connections, int InFlight, bool Twenty)[] Loads =
    [
        (8, 100, false), (8, 1000, false), (100, 100, false), (1000, 10, false), (8, 1000, true),
    ];

    public static async IAsyncEnumerable<Row> Run(Town town, double seconds, int rounds)
    {
        // Not counted: the first ones pay for what is compiled at its first use.
        var warmUp = new Load(8, WarmUp, _ => new Orders(Payload.Single(), Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - Ago, 1000));
        await Bare(warmUp);
        await Engine(town, warmUp);
        foreach (var (connections, inFlight, twenty) in Loads)
        {
            Measured? bare = null, best = null;
            Commits? commits = null;
            for (var round = 0; round < rounds; round++)
            {
                var payload = twenty ? Payload.Twenty() : Payload.Single();
                var load = new Load(connections, seconds, _ => new Orders(payload, Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - Ago, inFlight));
                var one = await Bare(load);
                if (bare is null || one.MessagesPerSecond > bare.MessagesPerSecond)
                    bare = one;
                var (two, commit) = await Engine(town, load);
                if (best is null || two.MessagesPerSecond > best.MessagesPerSecond || two.Lost != 0)
                    (best, commits) = (two, commit);
                if (best.Lost != 0)
                    break;
            }
            yield return new Row("embedded", $"{connections} × {inFlight}{(twenty ? ", 20 readings" : "")}")
            {
                BareMessagesPerSecond = bare!.MessagesPerSecond,
                MessagesPerSecond = best!.MessagesPerSecond,
                ReadingsPerSecond = best.ReadingsPerSecond,
                Ratio = best.MessagesPerSecond / bare.MessagesPerSecond,
                BareP50Ms = bare.Milliseconds(50),
                BareP99Ms = bare.Milliseconds(99),
                P50Ms = best.Milliseconds(50),
                P99Ms = best.Milliseconds(99),
                MaxMs = best.Milliseconds(100),
                Commits = commits,
                BareCpuUs = bare.CpuUsAMessage,
                CpuUs = best.CpuUsAMessage,
                Lost = best.Lost,
                Target = twenty ? "≥ 1,000,000 readings/s" : "≥ 6 × bare",
                Met = twenty ? best.ReadingsPerSecond >= LeastReadings : best.MessagesPerSecond >= LeastRatio * bare.MessagesPerSecond,
            };
        }
    }

    static async Task<Measured> Bare(Load load)
    {
        GC.Collect();
        var port = Mosquitto.FreePort();
        await using var server = await BareServer.StartAsync(port);
        return await load.RunAsync(port, _ => null);
    }

    static async Task<(Measured Measured, Commits Commits)> Engine(Town town, Load load)
    {
        GC.Collect();
        await using var engine = await BenchEngine.StartAsync(town);
        var measured = await load.RunAsync(engine.Port, town.Password);
        var commits = engine.Commits;
        var stored = await engine.StopAndCountAsync();
        return (measured with { Lost = measured.Readings - stored }, commits);
    }
}

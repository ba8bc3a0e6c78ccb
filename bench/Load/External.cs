using System.Diagnostics;

namespace CanhLu.Bench;

/// <summary>The engine's link to a real Mosquitto, beside a bare MQTTnet client on the same broker: from the first publish until the last message is there.</summary>
static class External
{
    const double LeastRatio = 0.9;
    const int Connections = 8;
    const int InFlight = 100;

    static readonly long Ago = (long)TimeSpan.FromDays(90).TotalMilliseconds;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async IAsyncEnumerable<Row> Run(Town town, int messages, int rounds)
    {
        using var broker = await Mosquitto.StartAsync();
        (double Seconds, Measured Measured)? bare = null, best = null;
        var lost = 0L;
        for (var round = 0; round < rounds && lost == 0; round++)
        {
            var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - Ago;
            var load = new Load(Connections, Patience.TotalSeconds, _ => new Orders(Payload.Single(), first, InFlight) { Most = messages / Connections });
            await using (var client = await BareClient.StartAsync(broker.Port))
            {
                var one = await Until(load, broker.Port, () => client.Received);
                if (bare is null || one.Seconds < bare.Value.Seconds)
                    bare = one;
            }
            GC.Collect();
            var site = new Broker($"mqtt://127.0.0.1:{broker.Port}", $"canhlu-load-{round}", null, 1, 1000, null, null);
            await using var engine = await BenchEngine.StartAsync(town, site);
            await Subscribed(broker.Port, engine);
            var before = engine.Stored;
            var two = await Until(load, broker.Port, () => engine.Stored - before);
            lost = two.Measured.Readings - (await engine.StopAndCountAsync() - before);
            if (best is null || two.Seconds < best.Value.Seconds || lost != 0)
                best = two;
        }
        var ratio = bare!.Value.Seconds / best!.Value.Seconds;
        yield return new Row("external", $"Mosquitto, {Connections} × {InFlight}, {messages:N0} messages")
        {
            BareMessagesPerSecond = messages / bare.Value.Seconds,
            MessagesPerSecond = messages / best.Value.Seconds,
            ReadingsPerSecond = messages / best.Value.Seconds,
            Ratio = ratio,
            // What the publishers see is the broker's PUBACK, not ours: it says nothing of either.
            Lost = lost,
            Target = "≥ 0.9 × bare",
            Met = ratio >= LeastRatio,
        };
    }

    static async Task<(double Seconds, Measured Measured)> Until(Load load, int port, Func<long> arrived)
    {
        var measured = await load.RunAsync(port, _ => null);
        while (arrived() < measured.Messages && Stopwatch.GetElapsedTime(measured.StartedAt) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(1), Clocks.Timers);
        return (Stopwatch.GetElapsedTime(measured.StartedAt).TotalSeconds, measured);
    }

    // The link subscribes in its own time: a reading of one device every tenth of a second shows when it has.
    static async Task Subscribed(int port, BenchEngine engine)
    {
        var first = Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds() - 2 * Ago;
        var probe = new Load(1, Patience.TotalSeconds, _ => new Orders(Payload.Single(), first++, 1) { Most = 1 });
        for (var began = Stopwatch.GetTimestamp(); engine.Stored == 0;)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException("The engine's link did not come about.");
            await probe.RunAsync(port, _ => null);
            await Task.Delay(TimeSpan.FromMilliseconds(100), Clocks.Timers);
        }
        // What the probes still have on their way.
        await Task.Delay(TimeSpan.FromMilliseconds(500), Clocks.Timers);
    }
}

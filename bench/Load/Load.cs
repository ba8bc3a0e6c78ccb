using System.Diagnostics;
using System.Net;
using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>A load of a number of connections, loopback only.</summary>
/// <param name="Connections">How many devices.</param>
/// <param name="Seconds">How long they publish at most.</param>
/// <param name="Orders">What each of them publishes.</param>
sealed record Load(int Connections, double Seconds, Func<int, Orders> Orders)
{
    // As many come in at once: more would fall out of the listen queue and come again a second later.
    const int Arriving = 64;

    // A histogram takes 200 KB: more devices than these share one that many may write into, which costs a little more.
    const int WithTheirOwn = 1_000;

    public static string DeviceName(int index) => $"load-{index:00000}";

    /// <summary>The number of the first device.</summary>
    public int First { get; init; }

    /// <summary>Lets all of them in, then has them publish; the time counts from there.</summary>
    public async Task<Measured> RunAsync(int port, Func<int, string?> password, CancellationToken cancellation = default)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, port);
        var orders = Enumerable.Range(0, Connections).Select(Orders).ToArray();
        var latencies = Enumerable.Range(0, Connections <= WithTheirOwn ? Connections : 1).Select(_ => NewLatency()).ToArray();
        var publishers = orders.Select((order, i) => new Publisher(endpoint, DeviceName(i + First), password(i + First), order, latencies[i % latencies.Length])).ToArray();
        try
        {
            using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            abort.CancelAfter(TimeSpan.FromSeconds(Seconds + 120));
            await Parallel.ForEachAsync(publishers, new ParallelOptions { MaxDegreeOfParallelism = Arriving },
                async (publisher, _) => await publisher.ConnectAsync(abort.Token));
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds), Clocks.Timers);
            var cpu = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(publishers.Select(publisher => Task.Run(() => publisher.RunAsync(stop.Token, abort.Token), abort.Token)));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var latency = new LongHistogram(TimeSpan.FromMinutes(1).Ticks, 3);
            foreach (var one in latencies)
                latency.Add(one);
            var acknowledged = publishers.Sum(publisher => publisher.Acknowledged);
            return new Measured(acknowledged, acknowledged * orders[0].Payload.Readings, seconds, publishers.Sum(p => p.Sent) - acknowledged, latency)
            {
                StartedAt = started,
                Cpu = Environment.CpuUsage.TotalTime - cpu,
                CrossedAt = [.. publishers.Select(publisher => publisher.CrossedAt)],
            };
        }
        finally
        {
            foreach (var publisher in publishers)
                publisher.Dispose();
        }
    }

    HistogramBase NewLatency() => Connections <= WithTheirOwn
        ? new LongHistogram(TimeSpan.FromMinutes(1).Ticks, 3)
        : new LongConcurrentHistogram(1, TimeSpan.FromMinutes(1).Ticks, 3);
}

using System.Diagnostics;
using System.Net;
using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>A load of a number of connections for a number of seconds, loopback only.</summary>
/// <param name="Connections">How many devices.</param>
/// <param name="InFlight">How many messages each keeps unacknowledged.</param>
/// <param name="Seconds">How long they publish.</param>
/// <param name="PerSecond">Messages a second of all together; 0 for as many as go.</param>
sealed record Load(int Connections, int InFlight, double Seconds, int PerSecond = 0)
{
    public static string DeviceName(int index) => $"load-{index:00000}";

    public async Task<Measured> RunAsync(string name, int port, Func<Payload> payload, Func<int, string?> password, long firstTime)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, port);
        var publishers = Enumerable.Range(0, Connections)
            .Select(i => new Publisher(endpoint, DeviceName(i), password(i), payload(), InFlight, firstTime, PerSecond / Connections))
            .ToArray();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds), Clocks.Timers);
        using var abort = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds + 60), Clocks.Timers);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(publishers.Select(publisher => Task.Run(() => publisher.RunAsync(stop.Token, abort.Token))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var latency = new LongHistogram(TimeSpan.FromMinutes(1).Ticks, 3);
        foreach (var publisher in publishers)
            latency.Add(publisher.Latency);
        var acknowledged = publishers.Sum(publisher => publisher.Acknowledged);
        return new Measured(name, acknowledged, acknowledged * payload().Readings, seconds, publishers.Sum(p => p.Sent) - acknowledged, latency);
    }
}

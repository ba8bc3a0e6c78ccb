using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.Tests.Support;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class StormTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_acknowledged_line_of_the_journal_was_heard_although_the_broker_went_down()
    {
        await using var broker = await Mosquitto.Start();
        await using var listener = await Listener.Open(broker.Port);
        var journal = Path.GetTempFileName();
        var storm = new Storm(Options(broker.Port, journal), RealTime.Clock, RealTime.Provider);
        var running = storm.Run(Token);

        await Eventually.True(() => storm.Counts.Acknowledged > 200, "the storm is under way");
        await broker.Stop();
        await broker.Start();
        await listener.Connect();
        var counts = await running;

        var lines = (await File.ReadAllLinesAsync(journal, Token)).Select(line => line.Split(',')).ToList();
        File.Delete(journal);
        var acknowledged = lines.Where(line => line[3] == "acknowledged").Select(line => (line[0], Milliseconds(line[1]))).ToHashSet();
        Assert.Equal(counts.Sent, counts.Acknowledged);
        Assert.Equal(counts.Sent, lines.Count);
        Assert.Equal(lines.Count, acknowledged.Count);
        await Eventually.True(() => acknowledged.IsSubsetOf(listener.Samples()), "every acknowledged reading is heard");
        Assert.True(counts.Connects >= 40, $"{counts.Connects} connects");
    }

    [Fact]
    public async Task What_is_never_acknowledged_is_journaled_so()
    {
        var journal = Path.GetTempFileName();
        // Bound and never listening: the port answers nobody, and no other test gets it.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var options = Options(((IPEndPoint)silent.LocalEndPoint!).Port, journal) with { Patience = TimeSpan.FromMilliseconds(100) };

        var counts = await new Storm(options, RealTime.Clock, RealTime.Provider).Run(Token);

        var lines = await File.ReadAllLinesAsync(journal, Token);
        File.Delete(journal);
        Assert.Equal(0, counts.Acknowledged);
        Assert.Equal(1000, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(",unacknowledged,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_storm_rises_through_all_levels_and_falls_again()
    {
        var curve = new StageCurve(1.0, 3.0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(5));

        Assert.Equal(1.0m, curve.At(TimeSpan.Zero));
        Assert.Equal(3.0m, curve.At(TimeSpan.FromSeconds(25)));
        Assert.Equal(1.0m, curve.At(TimeSpan.FromSeconds(45)));
        Assert.Equal(1.0m, curve.At(curve.Length));
    }

    static StormOptions Options(int port, string journal) => new()
    {
        Broker = new BrokerAddress("127.0.0.1", port),
        Devices = [.. Enumerable.Range(1, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"storm-{i:000}"))],
        Rate = 500,
        Curve = new StageCurve(1.0, 3.0, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(0.2)),
        Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(0.5) },
        Journal = journal,
    };

    static string Milliseconds(string iso) =>
        InstantPattern.ExtendedIso.Parse(iso).Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

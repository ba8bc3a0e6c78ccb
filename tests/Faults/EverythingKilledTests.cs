using System.Net;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>Ends in the middle of a storm: one that is asked for, and the power cut of a whole rack.</summary>
[Collection(nameof(Storms))]
public sealed class EverythingKilledTests(ITestOutputHelper output)
{
    const int Stations = 40;

    [Fact]
    public async Task Told_to_stop_in_a_storm_it_drains_within_its_time_and_goes_on_where_it_was()
    {
        Effort.Whole("Half a minute");
        await using var town = await StormTown.Build(Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, rate: 60);
        var storm = Blow(town, town.Door.Port, Effort.Of(9, 60), town.Credential);
        town.Engine.Start();
        await town.Engine.Ready();
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        for (var stop = 0; stop < Effort.Of(1, 8); stop++)
        {
            await Task.Delay(TimeSpan.FromSeconds(4), RealTime.Provider, TestContext.Current.CancellationToken);
            var began = RealTime.Provider.GetTimestamp();
            Assert.Equal(0, await town.Engine.Stop());
            var took = RealTime.Provider.GetElapsedTime(began);
            output.WriteLine($"stopped in {took.TotalSeconds:0.0} s");
            Assert.True(took < TimeSpan.FromSeconds(20), "it stops within the time that the host gives it");
            town.Engine.Start();
        }
        await town.Engine.Ready();
        var counts = await blowing;
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\n{counts}");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored);
        Assert.Equal(0, account.Missing);
        Told(account);
    }

    /// <remarks>Mosquitto acknowledges what it has in memory: what it took in its last moments and had not handed over is gone with it, and with nothing else. Everything that the engine has acknowledged is
    /// there.</remarks>
    [Fact]
    public async Task Engine_broker_and_carriers_killed_at_once_lose_what_only_the_broker_had_and_tell_nobody_twice()
    {
        Effort.Whole("Half a minute");
        await using var broker = await Mosquitto.Start();
        Relay? relay = null;
        await using var town = await StormTown.Build(
            Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, broker.Url, rate: 60,
            seen: address =>
            {
                relay = Relay.To(new IPEndPoint(IPAddress.Loopback, address.Port));
                return new Uri($"http://{relay.Address}");
            });
        await using var carriers = relay!;
        var storm = Blow(town, broker.Port, Effort.Of(11, 60), null);
        town.Engine.Start();
        await town.Engine.Ready();
        await Eventually.True(() => town.Engine.Said.Contains("stands; the broker kept our session", StringComparison.Ordinal), "the link stands");
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5), RealTime.Provider, TestContext.Current.CancellationToken);
        carriers.Die();
        var before = RealTime.Clock.GetCurrentInstant();
        await Task.WhenAll(town.Engine.Kill(), broker.Kill());
        await Task.Delay(TimeSpan.FromSeconds(1), RealTime.Provider, TestContext.Current.CancellationToken);
        carriers.Live();
        await broker.Start();
        town.Engine.Start();
        await town.Engine.Ready();
        await Eventually.True(() => town.Engine.Said.Split("stands; the broker").Length > 2, "the link stands again");
        var again = RealTime.Clock.GetCurrentInstant();
        var counts = await blowing;
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        var stored = StormAccount.ReadArchive(town).Select(one => (one.Device, one.Milliseconds)).ToHashSet();
        var lost = File.ReadLines(town.Journal).Select(line => line.Split(',')).Where(fields => fields.Length >= 5 && fields[3] == "acknowledged")
            .Where(fields => !stored.Contains((fields[0], InstantPattern.ExtendedIso.Parse(fields[1]).Value.ToUnixTimeMilliseconds())))
            .Select(fields => InstantPattern.ExtendedIso.Parse(fields[4]).Value).ToArray();
        output.WriteLine($"{account}\n{counts}\n{lost.Length} readings were lost with the broker");
        // Before: acknowledged by the broker so shortly that the engine did not have them yet. After: it has forgotten our session, and takes for nobody until we subscribe again.
        Assert.All(lost, at => Assert.InRange(at, before - Duration.FromSeconds(2), again + Duration.FromSeconds(1)));
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored + lost.Length);
        Told(account);
    }

    static Storm Blow(StormTown town, int port, int seconds, Func<string, Credential?>? credentials) => new(
        new StormOptions
        {
            Broker = new("127.0.0.1", port),
            Devices = [.. town.Devices],
            Credentials = credentials ?? (_ => null),
            Rate = 200,
            // One level only: what stands more shortly than a start takes is rightly told to nobody.
            Curve = new StageCurve(1.0, 2.1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(3)),
            Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
            Journal = town.Journal,
        },
        RealTime.Clock, RealTime.Provider);

    static void Told(StormAccount account)
    {
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2 && account.Warned > 0, "every station was warned and had its all-clear");
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
    }
}

using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>The storm behind a real Mosquitto, and nobody there to take it for a while.</summary>
[Collection(nameof(Storms))]
public sealed class BrokerStormTests(ITestOutputHelper output)
{
    const int Stations = 50;

    [Fact]
    public async Task What_comes_while_the_engine_is_away_waits_at_the_broker_and_nothing_is_lost()
    {
        Effort.Whole("Fifty seconds");
        var away = TimeSpan.FromSeconds(Effort.Of(6, 60));
        await using var broker = await Mosquitto.Start();
        await using var town = await StormTown.Build(
            Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, broker.Url);
        var curve = new StageCurve(1.0, 3.0, TimeSpan.FromSeconds(5), away + TimeSpan.FromSeconds(26), TimeSpan.FromSeconds(5));
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", broker.Port),
                Devices = [.. town.Devices],
                Rate = 300,
                Curve = curve,
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);

        town.Engine.Start();
        await town.Engine.Ready();
        await Eventually.True(() => town.Engine.Said.Contains("stands; the broker kept our session", StringComparison.Ordinal), "the link stands");
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        await Task.Delay((curve.Length - away) / 2, RealTime.Provider, TestContext.Current.CancellationToken);
        await town.Engine.Kill();
        var before = storm.Counts.ReadingsAcknowledged;
        await Task.Delay(away, RealTime.Provider, TestContext.Current.CancellationToken);
        output.WriteLine($"While the engine was away the broker took {storm.Counts.ReadingsAcknowledged - before} readings.");
        town.Engine.Start();
        await town.Engine.Ready();
        var counts = await blowing;
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\n{counts}");
        Assert.DoesNotContain("has dropped", town.Engine.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("has forgotten", town.Engine.Said, StringComparison.Ordinal);
        Assert.True(account.Published > 0.9 * 300 * curve.Length.TotalSeconds, "it was a storm");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored);
        Assert.Equal(0, account.Missing);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2, "every station was warned and had its all-clear");
        Assert.True(account.Warned > 0);
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
    }
}

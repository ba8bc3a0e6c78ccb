using System.Net;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>Lines that fall dead without a word: between the engine and its broker, and between the engine and its carriers.</summary>
[Collection(nameof(Storms))]
public sealed class CutLineTests(ITestOutputHelper output)
{
    const int Stations = 40;

    /// <remarks>Cut before the water rises over its levels, and healed when all of it has been measured: everything that is to be told falls into the silence.</remarks>
    [Fact]
    public async Task Dead_lines_to_broker_and_carriers_lose_nothing_and_when_they_heal_everybody_is_told()
    {
        Effort.Whole("Forty seconds");
        var silent = TimeSpan.FromSeconds(Effort.Of(21, 90));
        await using var broker = await Mosquitto.Start();
        await using var toBroker = Strait.To(new IPEndPoint(IPAddress.Loopback, broker.Port));
        Strait? toCarriers = null;
        await using var town = await StormTown.Build(
            Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, toBroker.Url("mqtt").ToString().TrimEnd('/'),
            seen: address =>
            {
                toCarriers = Strait.To(new IPEndPoint(IPAddress.Loopback, address.Port));
                return toCarriers.Url("http");
            });
        await using var line = toCarriers!;
        output.WriteLine(line.IsReal ? $"network namespaces: the broker is at {toBroker.Address}, the carriers at {line.Address}" : "no network namespaces here: relays play dead");
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", broker.Port),
                Devices = [.. town.Devices],
                Rate = 150,
                Curve = new StageCurve(1.0, 2.4, TimeSpan.FromSeconds(2), silent - TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);

        town.Engine.Start();
        await town.Engine.Ready();
        await Eventually.True(() => town.Engine.Said.Contains("stands; the broker kept our session", StringComparison.Ordinal), "the link stands");
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(4), RealTime.Provider, TestContext.Current.CancellationToken);
        toBroker.Cut();
        // The carriers' line a little later: something is under way there.
        await Task.Delay(TimeSpan.FromSeconds(1), RealTime.Provider, TestContext.Current.CancellationToken);
        line.Cut();
        var before = await Stored(town);
        var letters = town.Carriers.Letters(1_000_000).Count;
        await Task.Delay(silent - TimeSpan.FromSeconds(1), RealTime.Provider, TestContext.Current.CancellationToken);
        // What was in the air when the line was cut may still come in.
        Assert.True(await Stored(town) - before < 150, "nothing came over the dead line");
        Assert.True(town.Carriers.Letters(1_000_000).Count - letters < 100, "nothing went over the dead line");
        Assert.Equal(200, (await town.Engine.Ask("healthz")).Status);
        var healed = RealTime.Provider.GetTimestamp();
        toBroker.Heal();
        line.Heal();
        var counts = await blowing;
        await KillStormTests.Settled(town);
        output.WriteLine($"all told {RealTime.Provider.GetElapsedTime(healed).TotalSeconds:0.0} s after the lines were healed");
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\n{counts}");
        Assert.DoesNotContain("has forgotten", town.Engine.Said, StringComparison.Ordinal);
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored);
        Assert.Equal(0, account.Missing);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2 && account.Warned > 0, "every station was warned and had its all-clear");
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
    }

    static async Task<long> Stored(StormTown town) => StormWatch.StoredIn(await town.Engine.Get("metrics") ?? "");
}

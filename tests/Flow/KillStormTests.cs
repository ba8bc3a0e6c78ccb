using System.Globalization;
using System.Text.Json;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>The real process killed at random moments of a storm.</summary>
[Collection(nameof(Storms))]
public sealed class KillStormTests(ITestOutputHelper output)
{
    const int Stations = 200;

    [Fact]
    public async Task Kills_lose_no_reading_and_no_warning_and_tell_nobody_twice()
    {
        Effort.Whole("A minute and a half");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CANHLU_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"CANHLU_SEED={seed}");
        var (random, kills) = (new Random(seed), Effort.Of(24, 50));
        await using var town = await StormTown.Build(Stations, new GatewaySimOptions
        {
            NoZalo = 0.3,
            Seed = seed,
            ReceiptDelay = TimeSpan.FromMilliseconds(100),
            Misbehaviours =
            [
                new Misbehaviour("esms", Mode.LostAnswer, Probability: 0.02),
                new Misbehaviour("zalo", Mode.LostAnswer, Probability: 0.02),
                new Misbehaviour("esms", Mode.Http500, Probability: 0.02),
            ],
        });
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices],
                Credentials = town.Credential,
                Rate = 400,
                // Every level stands for longer than the engine takes to start again.
                Curve = Effort.IsLong
                    ? new StageCurve(1.0, 3.0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(130), TimeSpan.FromSeconds(5))
                    : new StageCurve(1.5, 2.85, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(85), TimeSpan.FromSeconds(5)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);

        town.Engine.Start();
        await town.Engine.Ready();
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        for (var kill = 0; kill < kills; kill++)
        {
            // From in the middle of its start to some seconds of full work.
            await Task.Delay(TimeSpan.FromSeconds(0.5 + 3.5 * random.NextDouble() * random.NextDouble()), RealTime.Provider, TestContext.Current.CancellationToken);
            await town.Engine.Kill();
            town.Engine.Start();
        }
        await town.Engine.Ready();
        var counts = await blowing;
        await Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}");
        output.WriteLine($"{counts}");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(0, account.Missing);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2, "every station was warned and had its all-clear");
        Assert.Equal(0, account.Doubled);
        Assert.True(account.Warned > 0);
        Assert.Equal(0, account.WithoutAllClear);
        Assert.Equal(0, account.AllClearTwice);
    }

    internal static async Task Settled(StormTown town)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), RealTime.Provider);
        for (var quiet = 0; quiet < 3;)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            var idle = await IsEmpty(town, "api/deliveries?state=planned") && await IsEmpty(town, "api/deliveries?state=handedover")
                && await town.Engine.Get("api/alarms?open=true") == "[]" && await NoDebt(town);
            quiet = idle ? quiet + 1 : 0;
        }
    }

    static async Task<bool> IsEmpty(StormTown town, string path) => await town.Engine.Get(path) == "[]";

    static async Task<bool> NoDebt(StormTown town) =>
        await town.Engine.Get("api/debts") is { } json && JsonDocument.Parse(json).RootElement.EnumerateArray().All(debt => debt.GetProperty("open").GetInt64() == 0);
}

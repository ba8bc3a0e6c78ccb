using System.Globalization;
using System.Text.Json;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>Nothing appears and nothing vanishes between the devices, the archive and the people, whatever is stuck.</summary>
[Collection(nameof(Storms))]
public sealed class ConservationTests(ITestOutputHelper output)
{
    const int InFlight = 20;
    const long MostMemory = 768L << 20;

    [Fact]
    public async Task With_a_stalled_archive_nothing_is_acknowledged_that_is_not_stored_and_it_goes_on_by_itself()
    {
        Effort.Whole("Half a minute");
        using var disk = SmallDisk.Mount(256);
        await using var town = await Town(50, disk.Folder);
        var storm = Blow(town, 300, new(1.0, 3.0, Seconds(3), Seconds(16), Seconds(3)), 10_000);
        await Weather(town, storm, 50, async () =>
        {
            await Pass(4);
            await StallArchive(disk, town, storm, 4);
        });
    }

    [Fact]
    public async Task With_stalled_carriers_readings_go_on_and_the_deliveries_wait_and_then_settle()
    {
        Effort.Whole("Half a minute");
        await using var town = await Town(50, null);
        var storm = Blow(town, 300, new(1.0, 3.0, Seconds(3), Seconds(16), Seconds(3)), 10_000);
        await Weather(town, storm, 50, async () =>
        {
            await Pass(4);
            await StallCarriers(town, storm, 300, 6);
        });
    }

    /// <remarks>Rate by CANHLU_RATE: above what the machine bears the devices wait, and measure less.</remarks>
    [Fact]
    public async Task Ten_minutes_at_full_rate_with_both_stalls_take_no_more_memory_at_their_end()
    {
        if (!Effort.IsLong)
            Assert.Skip("Ten minutes: set CANHLU_LONG=1.");
        var rate = int.TryParse(Environment.GetEnvironmentVariable("CANHLU_RATE"), CultureInfo.InvariantCulture, out var given) ? given : 3_000;
        using var disk = SmallDisk.Mount(256);
        await using var town = await Town(100, disk.Folder);
        var storm = Blow(town, rate, new(1.0, 3.0, Seconds(60), Seconds(520), Seconds(20)), 200);
        var watch = await Weather(town, storm, 100, async () =>
        {
            await Pass(120);
            await StallArchive(disk, town, storm, 30);
            await Pass(85);
            await StallCarriers(town, storm, null, 60);
        });
        var half = watch.Samples[^1].At / 2;
        var (first, second) = (watch.Samples.Where(one => one.At < half).Max(one => one.Memory), watch.Samples.Where(one => one.At >= half).Max(one => one.Memory));
        output.WriteLine($"highest: {first >> 20} MiB in the first half, {second >> 20} MiB in the second");
        foreach (var minute in (int[])[1, 5, 10])
            output.WriteLine($"{watch.Samples.LastOrDefault(one => one.At <= TimeSpan.FromMinutes(minute))}");
        Assert.True(second < first * 1.2, "memory grows");
    }

    static Task<StormTown> Town(int stations, string? data) =>
        StormTown.Build(stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, data: data);

    static Storm Blow(StormTown town, int rate, StageCurve curve, int keep) => new(
        new StormOptions
        {
            Broker = new("127.0.0.1", town.Door.Port),
            Devices = [.. town.Devices],
            Credentials = town.Credential,
            Rate = rate,
            Curve = curve,
            Link = new LinkOptions { InFlight = InFlight, Keep = keep, LongestPause = TimeSpan.FromSeconds(1) },
            Journal = town.Journal,
        },
        RealTime.Clock, RealTime.Provider);

    /// <summary>Lets the storm blow over the town while something happens, looks all the time, and settles the account.</summary>
    async Task<StormWatch> Weather(StormTown town, Storm storm, int stations, Func<Task> happening)
    {
        town.Engine.Start();
        await town.Engine.Ready();
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        var watch = new StormWatch(town, storm, new LinkBounds(stations, InFlight));
        var watching = watch.Until(blowing);
        try
        {
            await await Task.WhenAny(Task.WhenAll(happening(), blowing), watching);
            await watching;
        }
        finally
        {
            output.WriteLine(watch.ToString());
        }
        var counts = await blowing;
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\n{counts}\nhighest memory {watch.HighestMemory >> 20} MiB");
        Assert.Equal(0, counts.InFlight);
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Acknowledged, account.Stored);
        Assert.Equal(0, account.Missing);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Warned > 0);
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
        Assert.True(watch.Samples.Count > 10);
        Assert.True(watch.HighestMemory < MostMemory, $"{watch.HighestMemory >> 20} MiB");
        return watch;
    }

    async Task StallArchive(SmallDisk disk, StormTown town, Storm storm, int seconds)
    {
        disk.Fill(8 << 10);
        await Eventually.True(() => town.Engine.Ask("readyz").GetAwaiter().GetResult().Status == 503, "the engine says that it does not store");
        // What was committed before the disk was full is acknowledged still.
        await Pass(1);
        var before = storm.Counts;
        await Pass(seconds);
        var (status, reason) = await town.Engine.Ask("readyz");
        output.WriteLine($"{status} {reason}");
        Assert.Equal(503, status);
        Assert.Contains("full", reason, StringComparison.Ordinal);
        Assert.Equal(before.Acknowledged, storm.Counts.Acknowledged);
        Assert.True(storm.Counts.InFlight > 0);
        disk.MakeRoom();
        await town.Engine.Ready();
        await Eventually.True(() => storm.Counts.Acknowledged > before.Acknowledged, "it acknowledges again");
    }

    async Task StallCarriers(StormTown town, Storm storm, int? rate, int seconds)
    {
        town.Carriers.Misbehave(new Misbehaviour("esms", Mode.Slow, Delay: TimeSpan.FromMinutes(10)));
        town.Carriers.Misbehave(new Misbehaviour("zalo", Mode.Cut));
        await Pass(1);
        var (before, letters) = (storm.Counts, town.Carriers.Letters(1_000_000).Count);
        var began = RealTime.Provider.GetTimestamp();
        await Pass(seconds);
        var (after, took) = (storm.Counts, RealTime.Provider.GetElapsedTime(began).TotalSeconds);
        var acknowledged = (after.ReadingsAcknowledged - before.ReadingsAcknowledged) / took;
        output.WriteLine($"carriers stalled: {acknowledged:0} readings/s acknowledged");
        Assert.True(acknowledged > 0.8 * (rate ?? (after.Readings - before.Readings) / took), $"{acknowledged:0} readings/s acknowledged");
        Assert.Equal(letters, town.Carriers.Letters(1_000_000).Count);
        Assert.NotEqual("[]", await town.Engine.Get("api/deliveries?state=planned"));
        // A delivery that one carrier has not answered for long is passed on to the next; what nobody brings would be lost.
        var failed = JsonDocument.Parse((await town.Engine.Get("api/deliveries?state=failed&count=1000"))!).RootElement.EnumerateArray().ToArray();
        output.WriteLine($"passed on to the next carrier: {failed.Length}");
        Assert.All(failed, one => Assert.NotNull(one.GetProperty("next_carrier").GetString()));
        using var http = new HttpClient();
        using var behaves = await http.DeleteAsync(new Uri(town.Carriers.Address, "sim/misbehave"), TestContext.Current.CancellationToken);
        behaves.EnsureSuccessStatusCode();
    }

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    static Task Pass(int seconds) => Task.Delay(Seconds(seconds), RealTime.Provider, TestContext.Current.CancellationToken);
}

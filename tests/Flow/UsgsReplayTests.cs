using System.Text.Json;
using CanhLu.FirmwareSim;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Replay;
using CanhLu.FirmwareSim.Script;
using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>Ten weeks of a real river, sent again within seconds.</summary>
[Collection(nameof(Storms))]
public sealed class UsgsReplayTests(ITestOutputHelper output)
{
    const string Levels = """
                    from: 2010-01-01T00:00:00+07:00
                    I: { raise_m: 3.80, clear_m: 3.70, raise_hold: 30m, clear_hold: 60m }
                    II: { raise_m: 5.00, clear_m: 4.80, raise_hold: 30m, clear_hold: 60m }
                    III: { raise_m: 6.50, clear_m: 6.00, raise_hold: 30m, clear_hold: 60m }
        """;

    [Fact]
    public async Task An_old_flood_is_judged_as_sql_judges_it_and_nobody_is_told_of_it()
    {
        Effort.Whole("A quarter of a minute");
        var speed = Effort.Of(1_000_000, 100_000);
        await using var town = await StormTown.Build(1, new GatewaySimOptions(), levels: Levels);
        town.Engine.Start();
        await town.Engine.Ready();
        var recording = Recording.Read(KentuckyRiver.File, null);
        var began = RealTime.Provider.GetTimestamp();
        await using (var fleet = new Fleet(
            new("127.0.0.1", town.Door.Port), town.Credential, new Pace(recording.Samples[0].At, speed, RealTime.Provider).DelayUntil, RealTime.Provider,
            new FleetOptions { Link = new LinkOptions { InFlight = 100 } }))
        {
            var counts = await fleet.Play([recording.Script(town.Devices[0])], TestContext.Current.CancellationToken);
            output.WriteLine($"{speed} ×: {RealTime.Provider.GetElapsedTime(began).TotalSeconds:0.0} s, {counts}");
            Assert.Equal(recording.Samples.Length, counts.ReadingsAcknowledged);
        }
        // Notify looks once a second for what it should plan.
        await Task.Delay(TimeSpan.FromSeconds(3), RealTime.Provider, TestContext.Current.CancellationToken);
        Assert.Equal(0, await town.Engine.Stop());

        var stored = StormAccount.ReadArchive(town).Select(row => (row.Milliseconds, row.Stage)).Order();
        Assert.Equal(KentuckyRiver.Readings(), stored);

        var expected = KentuckyRiver.Changes([(3800, 3700), (5000, 4800), (6500, 6000)], 30, 60);
        var changes = town.Read(connection => connection.Query<string>(
            "SELECT after FROM audit WHERE action IN ('opened', 'rose', 'fell', 'ended') ORDER BY id").AsList());
        output.WriteLine($"{expected.Length} changes: {string.Join(' ', expected.Select(change => change.Level))}");
        Assert.True(expected.Length > 4, "These levels say too little.");
        Assert.Equal(expected, changes.Select(Change));

        var told = expected.Where((change, i) => change.Level > (i == 0 ? AlarmLevel.None : expected[i - 1].Level) || change.Level == AlarmLevel.None);
        var bulletins = town.Read(connection => connection.Query<(long At, int Level, int Stage, long? Expired, long? Planned)>(
            "SELECT measured_at, level, stage_mm, expired_at, planned_at FROM bulletins ORDER BY id").AsList());
        Assert.Equal(
            told, bulletins.Select(one => (Instant.FromUnixTimeTicks(one.At * 10), (AlarmLevel)one.Level, one.Stage)));
        Assert.All(bulletins, one => Assert.True(one is { Expired: not null, Planned: null }));
        Assert.Equal(0, town.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM deliveries")));
        Assert.Empty(town.Carriers.Letters());
    }

    static (Instant At, AlarmLevel Level, int Stage) Change(string json)
    {
        var facts = JsonDocument.Parse(json).RootElement;
        return (InstantPattern.ExtendedIso.Parse(facts.GetProperty("since").GetString()!).Value,
            Enum.Parse<AlarmLevel>(facts.GetProperty("level").GetString()!), facts.GetProperty("stage_mm").GetInt32());
    }
}

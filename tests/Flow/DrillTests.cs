using System.Text.Json;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Host.Demo;
using CanhLu.Tests.Support;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>A drill of the real program while the real engine, another process, tells residents of a flood, both through the same carriers.</summary>
[Collection(nameof(Storms))]
public sealed class DrillTests(ITestOutputHelper output)
{
    const string Mark = "[DIEN TAP";
    const int Agreed = 40;
    const int Stations = 8;

    [Fact]
    public async Task No_word_of_a_drill_reaches_a_resident_and_no_real_word_is_delayed_by_one()
    {
        Effort.Whole("Forty seconds");
        // Not a carrier that throttles: what bunches on a busy machine between two processes and a third would be counted as the drill's.
        await using var town = await StormTown.Build(
            Stations, new GatewaySimOptions { NoZalo = 1, ReceiptDelay = TimeSpan.FromMilliseconds(50) }, peoplePerWard: 10, rate: Agreed);
        var ports = FreePorts.Take(2);
        var folder = Directory.CreateTempSubdirectory("canhlu-drill-").FullName;
        var roster = Path.Combine(folder, "drill.csv");
        await File.WriteAllTextAsync(roster, "name,phone,ward_code,language,lowest_level,drill\nLan,0912000001,20341,vi,I,yes\nMinh,0912000002,20335,en,I,yes\n", TestContext.Current.CancellationToken);
        await using var drill = new EngineProcess(
            $"drill --roster \"{roster}\" --data \"{Path.Combine(folder, "data")}\" --speed 8000 --urls http://127.0.0.1:{ports[0]} --mqtt 127.0.0.1:{ports[1]} --json",
            new Uri($"http://127.0.0.1:{ports[0]}"), new Dictionary<string, string>
            {
                ["CANHLU_Carriers__Esms__BaseUrl"] = town.Carriers.Address.ToString(),
                ["CANHLU_Carriers__Esms__ApiKey"] = "drill",
                ["CANHLU_Carriers__Esms__SecretKey"] = "drill",
                ["CANHLU_Carriers__Esms__Brandname"] = "CANHLU",
            });
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices],
                Credentials = town.Credential,
                Rate = 40,
                Curve = new StageCurve(1.0, 3.0, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(3)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);

        town.Engine.Start();
        await town.Engine.Ready();
        drill.Start();
        await storm.Run(TestContext.Current.CancellationToken);
        await KillStormTests.Settled(town);
        Assert.Equal(0, await drill.End());

        var letters = town.Carriers.Letters(100_000);
        var told = letters.ToLookup(letter => letter.Phone.Contains("91200000", StringComparison.Ordinal), letter => letter.Text);
        output.WriteLine($"{told[false].Count()} real messages, {told[true].Count()} of the drill");
        Assert.All(told[true], text => Assert.StartsWith(Mark, text, StringComparison.Ordinal));
        Assert.All(told[false], text => Assert.DoesNotContain("DIEN TAP", text, StringComparison.Ordinal));
        Assert.NotEmpty(told[true]);
        // Every real message was taken at its first attempt, and none ran out of its time.
        Assert.Empty(town.Read(connection => connection.Query<string>(
            "SELECT carrier || ' ' || state || ' ' || attempts || ' ' || coalesce(last_code, '') FROM deliveries WHERE carrier = 'esms' AND (attempts > 1 OR state = 'expired')")));
        // A drill takes one a second of what was agreed, at most.
        var taken = letters.Where(letter => letter.Text.StartsWith(Mark, StringComparison.Ordinal)).Select(letter => letter.AcceptedAt).ToArray();
        Assert.True(taken.Length <= (taken.Max() - taken.Min()).TotalSeconds + 2);
        // Ten people a ward and two stations in each: at least báo động I and the all-clear of every station.
        Assert.True(told[false].Count() >= Stations * 10 * 2);
        var scored = drill.Said.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Contains(scored, line => line.GetProperty("level").GetString() == "III" && line.GetProperty("decided_by").GetString() == "auto");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_roster_of_residents_is_no_roster_of_a_drill_and_the_stores_are_not_exchanged()
    {
        var folder = Directory.CreateTempSubdirectory("canhlu-drill-").FullName;
        var residents = Path.Combine(folder, "residents.csv");
        File.WriteAllText(residents, "name,phone,ward_code,language,lowest_level\nLan,0912000001,20341,vi,I\n");
        var half = Path.Combine(folder, "half.csv");
        File.WriteAllText(half, "name,phone,ward_code,language,lowest_level,diễn tập\nLan,0912000001,20341,vi,I,có\nMinh,0912000002,20341,vi,I,\n");
        foreach (var (roster, says) in new[] { (residents, "Residents are never told of a drill"), (half, "Line 3 does not say yes under drill") })
        {
            using var reader = File.OpenText(roster);
            Assert.Contains(says, Assert.Throws<CanhLu.Notify.NotARosterException>(() => CanhLu.Notify.DrillRoster.Checked(reader)).Message, StringComparison.Ordinal);
        }
        var (drill, real) = (Path.Combine(folder, "drill.db"), Path.Combine(folder, "real.db"));
        CanhLu.Database.Operations.Open(drill, CanhLu.Database.StoreMode.Drill).Dispose();
        CanhLu.Database.Operations.Open(real, CanhLu.Database.StoreMode.Real).Dispose();
        Assert.Throws<CanhLu.Database.WrongStoreException>(() => CanhLu.Database.Operations.Open(drill, CanhLu.Database.StoreMode.Real));
        Assert.Throws<CanhLu.Database.WrongStoreException>(() => CanhLu.Database.Operations.Open(real, CanhLu.Database.StoreMode.Drill));
        using (var any = CanhLu.Database.Operations.Open(drill))
            Assert.Equal(CanhLu.Database.StoreMode.Drill, any.Mode);
        Directory.Delete(folder, recursive: true);
    }
}

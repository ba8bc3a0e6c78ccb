using System.Globalization;
using System.Text.Json;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Dapper;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>The site is edited while a flood is running: the right thing each time, and nothing lost.</summary>
[Collection(nameof(Storms))]
public sealed class HotChangeTests(ITestOutputHelper output)
{
    const int Stormed = 10;
    const string Edited = "gauge-010";
    const string Added = "gauge-011";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_site_is_taken_over_while_the_flood_runs_and_a_wrong_one_is_refused()
    {
        Effort.Whole("Half a minute");
        await using var town = await StormTown.Build(Stormed + 2, new GatewaySimOptions { NoZalo = 0.3 });
        var whole = await File.ReadAllTextAsync(Path.Combine(town.SiteFolder, "site.yaml"), Token);
        town.Edit(WithoutAdded);
        town.Engine.Start();
        await town.Engine.Ready();
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices.Take(Stormed)],
                Credentials = town.Credential,
                Rate = 200,
                Curve = new(1.0, 3.0, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2)),
                Link = new LinkOptions { InFlight = 20, Keep = 10_000, LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);
        var blowing = storm.Run(Token);

        await Publish(town, Edited, 1.90m);
        await Eventually.True(() => Bulletins(town, "station-010") is [1], "báo động I of the station that is edited");

        // A lower threshold judges the water that stands there already.
        town.Edit(text => Lowered(WithoutAdded(whole)));
        await Eventually.True(() => Bulletins(town, "station-010") is [1, 2], "báo động II by the new threshold, without a new reading");
        await Eventually.True(() => Audit(town).Length == 1, "the audit");
        Assert.Contains("Stations/station-010/Ladders/2019-12-31T17:00:00Z/II/Raise: 2.200 m → 1.850 m", Audit(town)[^1].Changes);

        // Why it stands is told by the threshold in force, and of the minute before that it was another one.
        Assert.Contains("end of level II: 1.90 m ≥ 1.75 m (Cột 10), must fall by more than 15 cm", Clauses(await Explained(town, RealTime.Clock.GetCurrentInstant())));
        var before = await Explained(town, RealTime.Clock.GetCurrentInstant() - Duration.FromMinutes(2));
        Assert.Contains(
            "Stations/station-010/Ladders/2019-12-31T17:00:00Z/II/Raise: 2.200 m → 1.850 m",
            before.GetProperty("site_changes")[0].GetProperty("facts").GetProperty("changes").EnumerateArray().Select(one => one.GetString()));

        // A station that is not in the site is nobody's; added, it is watched from its first reading on.
        await Publish(town, Added, 1.75m);
        Assert.Contains("unknown", (await town.Engine.Get($"api/rejections?device={Added}"))!, StringComparison.OrdinalIgnoreCase);
        town.Edit(_ => Lowered(whole));
        await Eventually.True(() => Audit(town) is [.., ("took over", var changes)] && changes.Contains("Stations/station-011: added"), "the new station");
        await Publish(town, Added, 1.75m);
        await Eventually.True(() => Bulletins(town, "station-011") is [1], "báo động I of the new station");

        // A broken file changes nothing, and says so.
        town.Edit(text => text.Replace("raise_m: 1.85", "raise_m: 1,85", StringComparison.Ordinal));
        await Eventually.True(() => Audit(town) is [.., ("refused", _)], "the refusal");
        Assert.Contains("site.yaml:", Assert.Single(Audit(town)[^1].Changes, line => line.Contains("raise_m", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal([1, 2], Bulletins(town, "station-010"));
        Assert.Contains("end of level II: 1.90 m ≥ 1.75 m (Cột 10), must fall by more than 15 cm", Clauses(await Explained(town, RealTime.Clock.GetCurrentInstant())));
        Assert.Contains("The changed site is not in force", await Desk(town), StringComparison.Ordinal);

        // Back as it was: the present stage is below báo động II again.
        town.Edit(_ => whole);
        await Eventually.True(() => Audit(town) is [.., ("took over", _)], "the site of before");
        await Eventually.True(() => Level(town, "station-010") == 1, "báo động I again");
        Assert.DoesNotContain("not in force", await Desk(town), StringComparison.Ordinal);

        await Publish(town, Edited, 1.00m);
        await Publish(town, Added, 1.00m);
        var counts = await blowing;
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\n{counts}");
        Assert.Equal((0, account.Published, 0), (counts.InFlight, account.Acknowledged, account.Missing));
        Assert.Equal(account.Acknowledged + 4, account.Stored);
        // By the levels that the archive's readings met, but for the one that was edited.
        Assert.Equal(["station-010: 1 2 0 instead of 1 0"], account.WrongStations);
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
        Assert.True(account.Warned > 0);
    }

    static async Task<JsonElement> Explained(StormTown town, Instant at) =>
        JsonElement.Parse((await town.Engine.Get($"api/stations/station-010/explain?at={Uri.EscapeDataString(at.ToString())}"))!);

    static IEnumerable<string?> Clauses(JsonElement explained) => explained.GetProperty("rules").EnumerateArray()
        .SelectMany(rule => rule.GetProperty("clauses").EnumerateArray()).Select(clause => clause.GetProperty("en").GetString());

    static string WithoutAdded(string site)
    {
        var station = site.IndexOf("  - id: station-011", StringComparison.Ordinal);
        site = site.Remove(station, site.IndexOf("models:", StringComparison.Ordinal) - station);
        var device = site.IndexOf($"  - {{ id: {Added}", StringComparison.Ordinal);
        return site[..device];
    }

    static string Lowered(string site)
    {
        var station = site.IndexOf("  - id: station-010", StringComparison.Ordinal);
        return site[..station] + Replaced(site[station..], "II: { raise_m: 2.20, clear_m: 2.10", "II: { raise_m: 1.85, clear_m: 1.75");
    }

    static string Replaced(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        return text[..at] + to + text[(at + from.Length)..];
    }

    static int[] Bulletins(StormTown town, string station) => town.Read(connection =>
        connection.Query<int>("SELECT level FROM bulletins WHERE station = @station ORDER BY id", new { station }).ToArray());

    static int Level(StormTown town, string station) => town.Read(connection => connection.ExecuteScalar<int>(
        "SELECT level FROM episodes WHERE subject = @station AND ended_at IS NULL", new { station }));

    static (string Action, string[] Changes)[] Audit(StormTown town) => town.Read(connection =>
        connection.Query<(string Action, string After)>("SELECT action, after FROM audit WHERE subject = 'site/storm' ORDER BY id").AsList())
        .Select(row => (row.Action, JsonDocument.Parse(row.After).RootElement.GetProperty("changes").Deserialize<string[]>()!)).ToArray();

    // What the page shows first.
    static async Task<string> Desk(StormTown town)
    {
        using var http = new HttpClient();
        using var reader = new StreamReader(await http.GetStreamAsync(new Uri(town.Page, "api/live"), Token));
        while (await reader.ReadLineAsync(Token) is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        return "";
    }

    static async Task Publish(StormTown town, string device, decimal metres)
    {
        var credential = town.Credential(device);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", town.Door.Port).WithClientId(device)
                .WithCredentials(credential.User, credential.Password).Build(), Token);
        var now = RealTime.Clock.GetCurrentInstant().ToUnixTimeMilliseconds();
        var message = new MqttApplicationMessageBuilder().WithTopic($"canhlu/v1/{device}/up")
            .WithPayload(string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{now},\"stage_m\":{metres}}}"))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        Assert.True((await client.PublishAsync(message, Token)).IsSuccess);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), Token);
    }
}

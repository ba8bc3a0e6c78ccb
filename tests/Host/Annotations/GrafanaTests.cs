using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CanhLu.Archive;
using CanhLu.Archive.Influx;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Annotations;
using CanhLu.Notify;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Console;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace CanhLu.Tests.Host.Annotations;

/// <summary>The dashboards of <c>deploy/grafana</c>. Grafana itself is not in Debian: what it would ask is asked of a real InfluxDB, filled by the follower from a flood that was played.</summary>
public sealed partial class GrafanaTests : IDisposable
{
    static readonly string Deployed = Path.Combine(Folders.Repository, "deploy", "grafana");
    static readonly string[] Dashboards = ["river", "station", "network", "notification"];

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-grafana-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_query_of_every_dashboard_is_valid_and_gives_rows_after_a_flood()
    {
        Effort.Whole("Forty seconds");
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await Flood(engine);
        var now = RunningEngine.Now;
        await Copy(server, engine);

        var (asked, wrong) = (0, new List<string>());
        foreach (var name in Dashboards)
        {
            var dashboard = Json(name);
            var values = new Dictionary<string, string>();
            foreach (var variable in dashboard.GetProperty("templating").GetProperty("list").EnumerateArray())
            {
                var found = Rows(await server.Query(variable.GetProperty("query").GetString()!)).Select(row => row[1].GetString()!).Distinct().ToList();
                Assert.True(found.Count > 0, $"{name}: ${variable.GetProperty("name").GetString()} has no values");
                var chosen = variable.GetProperty("multi").GetBoolean() ? found : [variable.GetProperty("current").GetProperty("value").GetString()!];
                Assert.All(chosen, one => Assert.Contains(one, found));
                values[variable.GetProperty("name").GetString()!] = chosen.Count == 1 ? Regex.Escape(chosen[0]) : $"({string.Join('|', chosen.Select(Regex.Escape))})";
            }
            foreach (var (title, query) in Queries(dashboard))
            {
                asked++;
                var filled = Filled(query, values, now);
                if (!Rows(await server.Query(filled)).Any(row => row.Skip(1).Any(cell => cell.ValueKind != JsonValueKind.Null)))
                    wrong.Add($"{name}, {title}: {filled}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(asked >= 30, $"{asked} queries");

        // Báo động as lines: what the decision in force says.
        var ladder = Queries(Json("river")).Select(one => one.Query).First(query => query.Contains("\"ladder\"", StringComparison.Ordinal));
        var last = Rows(await server.Query(Filled(ladder, new() { ["device"] = "tk-gauge-1" }, now))).Last(row => row[1].ValueKind == JsonValueKind.Number);
        Assert.Equal([1.7, 2.2, 2.7], last.Skip(1).Select(cell => cell.GetDouble()));
    }

    [Fact]
    public void Every_panel_names_the_datasource_that_is_provisioned_and_speaks_both_languages()
    {
        var datasource = (YamlMappingNode)((YamlSequenceNode)Yaml("provisioning/datasources/canhlu.yaml")["datasources"])[0];
        Assert.Equal(("influxdb", "canhlu"), (datasource["type"].ToString(), datasource["uid"].ToString()));
        Assert.Equal(new InfluxOptions().Database, datasource["jsonData"]["dbName"].ToString());
        Assert.Equal("1", Yaml("provisioning/dashboards/canhlu.yaml")["apiVersion"].ToString());
        Assert.Equal(Dashboards.Order(), Directory.GetFiles(Path.Combine(Deployed, "dashboards"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order());
        var uids = new HashSet<string>();
        foreach (var name in Dashboards)
        {
            var dashboard = Json(name);
            Assert.True(uids.Add(dashboard.GetProperty("uid").GetString()!));
            Assert.Matches(@"\A\p{L}[^\[]+ \[[A-Z][^\]]+\]\z", dashboard.GetProperty("title").GetString());
            var panels = dashboard.GetProperty("panels").EnumerateArray().ToList();
            Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
            Assert.All(panels, panel =>
            {
                Assert.Matches(@"\A\p{L}[^\[]+ \[[A-Z][^\]]+\]\z", panel.GetProperty("title").GetString());
                Assert.Equal("canhlu", panel.GetProperty("datasource").GetProperty("uid").GetString());
                Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.Equal("canhlu", target.GetProperty("datasource").GetProperty("uid").GetString()));
                var place = panel.GetProperty("gridPos");
                Assert.True(place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32() <= 24);
            });
            var known = dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("name").GetString()!).Concat(["timeFilter", "__interval"]).ToHashSet();
            Assert.All(Queries(dashboard), one => Assert.All(Variable().Matches(one.Query), used => Assert.Contains(used.Groups[1].Value, known)));
        }
    }

    /// <summary>The river rises through all three levels and falls; a reading is wrong; a camera and an access point report; people decide.</summary>
    static async Task Flood(RunningEngine engine)
    {
        var now = RunningEngine.Now;
        foreach (var (gauge, height) in new[] { ("tn-gauge-1", 0.5m), ("ah-gauge-1", 0.3m), ("tk-gauge-1", 1.2m) })
            await engine.Publish(gauge, "[" + string.Join(',', Enumerable.Range(0, 36).Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"t\":{(now - Duration.FromMinutes(360 - 10 * i)).ToUnixTimeMilliseconds()},\"stage_m\":{(i == 10 ? 14m : height + (gauge == "tk-gauge-1" ? 0.06m : 0.01m) * i):0.00},\"battery_v\":3.9,\"rssi_dbm\":-71}}"))) + "]");
        foreach (var device in new[] { "tk-gauge-1", "tn-gauge-1", "ah-gauge-1", "wifi-01", "cam-01" })
            await engine.Publish(device, "online", what: "status");
        await engine.Publish("wifi-01", $$"""{"t":{{now.ToUnixTimeMilliseconds()}},"clients":17,"cpu_pct":12,"mem_pct":40}""");
        await engine.Publish("cam-01", $$"""{"t":{{now.ToUnixTimeMilliseconds()}},"fps":25,"people":3}""");
        var alarm = (await engine.First("api/alarms?open=true", one => one.GetProperty("rule").GetString() == "bao-dong" && one.GetProperty("level").GetString() == "III")).GetProperty("id").GetInt64();
        await engine.Say($"api/alarms/{alarm}/acknowledge", new { who = "Lan" });
        foreach (var proposal in (await engine.Get("api/proposals?waiting=true")).EnumerateArray())
            await engine.Say($"api/proposals/{proposal.GetProperty("id").GetInt64()}/approve", new { who = "Lan" });
        await engine.Say("api/announcements", new { who = "Lan", station = "tam-ky", text = new { vi = "Đường Bạch Đằng ngập." } });
        await Eventually.True(
            () => engine.Get("api/deliveries?limit=500").GetAwaiter().GetResult().EnumerateArray().ToList() is { Count: > 0 } all && all.All(one => one.GetProperty("state").GetString() is not ("Planned" or "HandedOver" or "Accepted")),
            "carriers have said what became of it");
        await Eventually.True(() => engine.Get("api/readings?device=cam-01&series=fps").GetAwaiter().GetResult().GetArrayLength() == 1, "the camera's reading is there");
    }

    static async Task Copy(PointStore server, RunningEngine engine)
    {
        var operations = engine.App.Services.GetRequiredService<Operations>();
        var (log, site) = (engine.App.Services.GetRequiredService<DutyLog>(), engine.App.Services.GetRequiredService<Func<Site>>());
        await engine.Stop();
        // An hour later: the minutes of the deliveries are over.
        var later = new FakeClock(RunningEngine.Now + Duration.FromHours(1));
        await using var rig = await ArchiveRig.Start(engine.Folder, beside: services =>
        {
            services.AddInflux().AddSingleton<ILineSource>(new DeedLines(log, site)).AddSingleton<ILineSource>(new DeliveryLines(new DeliveryMinutes(operations), later))
                .AddSingleton<ILineSource>(provider => new LadderLines(site, provider.GetRequiredService<History>(), later));
            services.Configure<InfluxOptions>(options => (options.Url, options.Delay) = (server.Url, TimeSpan.FromMilliseconds(20)));
        });
        var state = rig.Get<InfluxState>();
        var sources = rig.Get<IEnumerable<ILineSource>>().ToArray();
        await Eventually.True(() => state.Trouble is null && sources.All(source => state.Copied.GetValueOrDefault(source.Name) >= source.End), "all is copied");
    }

    static string Filled(string query, Dictionary<string, string> values, Instant now)
    {
        var filled = query.Replace("$timeFilter", string.Create(
            CultureInfo.InvariantCulture, $"time >= {(now - Duration.FromHours(12)).ToUnixTimeMilliseconds()}ms AND time <= {(now + Duration.FromMinutes(10)).ToUnixTimeMilliseconds()}ms"), StringComparison.Ordinal)
            .Replace("$__interval", "10m", StringComparison.Ordinal);
        return Variable().Replace(filled, used => values[used.Groups[1].Value]);
    }

    static IEnumerable<(string Title, string Query)> Queries(JsonElement dashboard) => dashboard.GetProperty("panels").EnumerateArray()
        .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("query").GetString()!)))
        .Concat(dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray().Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("query").GetString()!)));

    static IEnumerable<JsonElement[]> Rows(JsonElement result) => result.TryGetProperty("series", out var series)
        ? series.EnumerateArray().SelectMany(one => one.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().ToArray()))
        : [];

    static JsonElement Json(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Deployed, "dashboards", name + ".json")));
        return json.RootElement.Clone();
    }

    static YamlMappingNode Yaml(string file)
    {
        using var text = File.OpenText(Path.Combine(Deployed, file));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex(@"\$(?!/)([A-Za-z_]+)")]
    private static partial Regex Variable();
}

using System.Globalization;
using System.Text.Json;
using CanhLu.Archive.Influx;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Annotations;
using CanhLu.Host.SiteFiles;
using CanhLu.Notify;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Console;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Host.Annotations;

/// <summary>What people and rules did beside the water, in a real InfluxDB.</summary>
public sealed class AnnotationTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-deeds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Deeds_alarms_and_deliveries_of_a_flood_are_points_once_and_nobodys_number_or_words_are_among_them()
    {
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await Flood(engine);
        // What carriers still say, or is still planned, would come after the copy and be counted beside it.
        await engine.Stop();
        var operations = engine.App.Services.GetRequiredService<Operations>();
        var log = new DutyLog(operations);
        var site = engine.App.Services.GetRequiredService<Func<Site>>();
        // An hour later, twice over, as after a lost position.
        for (var run = 0; run < 2; run++)
        {
            await using var rig = await ArchiveRig.Start(_folder, beside: services =>
            {
                services.AddInflux().AddSingleton<ILineSource>(new DeedLines(log, site))
                    .AddSingleton<ILineSource>(new DeliveryLines(new DeliveryMinutes(operations), new FakeClock(RunningEngine.Now + Duration.FromHours(1))));
                services.Configure<InfluxOptions>(options => (options.Url, options.Delay, options.BatchCount) = (server.Url, TimeSpan.FromMilliseconds(20), 3));
            });
            var state = rig.Get<InfluxState>();
            await Eventually.True(
                () => state.Trouble is null && rig.Get<IEnumerable<ILineSource>>().All(source => state.Copied.GetValueOrDefault(source.Name) >= source.End || source.End <= 1), "all is copied", within: 60);
            await rig.Stop();
            File.Delete(Path.Combine(_folder, "influx.json"));
        }

        var deeds = await Points(server, "deed");
        var audit = log.AuditFrom(1, 1000);
        Assert.Equal(audit.Select(entry => entry.Action).Order(), deeds.Select(one => one["action"]).Order());
        Assert.Equal(audit.Select(entry => entry.Who).Order(), deeds.Select(one => one["who"]).Order());
        Assert.Contains(deeds, one => one["text"] == "Báo động #1 (Báo động theo mực nước, Tam Kỳ) bắt đầu · mức I · 1,75 m" || one["text"]!.StartsWith("Báo động #", StringComparison.Ordinal));
        Assert.Contains(deeds, one => (one["about"], one["action"], one["subject"], one["who"]) == ("proposal", "approved", "tam-ky", "Lan") || (one["about"], one["action"], one["subject"]) == ("bulletin", "decided", "tam-ky"));

        // The river's clock: since when each level holds.
        var alarms = (await Points(server, "alarm")).Where(one => one["rule"] == "bao-dong").ToList();
        var changes = audit.Where(entry => entry.Subject.StartsWith("episode/", StringComparison.Ordinal) && entry.Action is "opened" or "rose" or "fell" or "ended")
            .Where(entry => log.Episode(long.Parse(entry.Subject.AsSpan(8), CultureInfo.InvariantCulture))!.Rule == "bao-dong")
            .Select(entry => JsonDocument.Parse(entry.After!).RootElement)
            .Select(after => (Micros(InstantPattern.ExtendedIso.Parse(after.GetProperty("since").GetString()!).Value), after.GetProperty("level").GetString())).Order();
        Assert.Equal(changes, alarms.Select(one => (long.Parse(one["time"]!, CultureInfo.InvariantCulture), one["text"])).Order());
        Assert.Equal(["1", "2", "3"], alarms.Select(one => one["level"]).Distinct().Order());

        var deliveries = await Points(server, "delivery");
        foreach (var (state, column) in new[] { ("planned", "planned_at"), ("accepted", "accepted_at"), ("delivered", "delivered_at"), ("seen", "seen_at") })
            Assert.Equal(
                operations.Read(connection => connection.QuerySingle<long>($"SELECT count(*) FROM deliveries d JOIN bulletins b ON b.id = d.bulletin_id WHERE d.{column} IS NOT NULL AND b.kind <> 'reminder'")),
                deliveries.Where(one => one["state"] == state).Sum(one => long.Parse(one["count"]!, CultureInfo.InvariantCulture)));
        Assert.Contains(deliveries, one => one["state"] == "accepted");

        var everything = JsonSerializer.Serialize(await server.Query("SELECT * FROM /.*/ GROUP BY *"));
        Assert.All(["901000001", "901000005", "901000006", "901000007", "905123456", "905 123", "gọi ngay", "nước ngập", "giao thông"], word => Assert.DoesNotContain(word, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deeds_of_one_moment_stay_apart_and_a_minute_is_counted_when_it_is_over()
    {
        using var operations = Operations.Open(Path.Combine(_folder, "operations.db"));
        var at = Instant.FromUtc(2025, 10, 29, 14, 0);
        operations.Write(connection => Enumerable.Range(1, 600).Sum(i => connection.Execute(
            "INSERT INTO audit (id, at, who, action, subject) VALUES (@i, @at, '+84 905 123 456', 'ended account', 'user/1')", new { i, at })));
        var deeds = new DeedLines(new DutyLog(operations), () => Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site);
        using var lines = new LineBuffer(InfluxPrecision.Microseconds);
        var position = 0L;
        for (var next = 1L; position != next; next = await deeds.Read(position, 100, lines, TestContext.Current.CancellationToken))
            position = next;
        Assert.Equal((601, 601), (position, deeds.End));
        var text = System.Text.Encoding.UTF8.GetString(lines.Bytes(0, lines.Count).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(600, text.Length);
        Assert.All(text, line => Assert.Contains("who=\"•••\"", line, StringComparison.Ordinal));

        var clock = new FakeClock(at);
        var minutes = new DeliveryLines(new DeliveryMinutes(operations), clock);
        Assert.Equal(0, minutes.End);
    }

    static async Task Flood(RunningEngine engine)
    {
        var minute = Duration.FromMinutes(1);
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 21).Select(i => (minute * (200 - i * 10), 1.25m + 0.08m * i))]);
        await engine.First("api/alarms?open=true", one => one.GetProperty("rule").GetString() == "bao-dong" && one.GetProperty("level").GetString() == "III");
        var alarm = (await engine.First("api/alarms?open=true", one => one.GetProperty("rule").GetString() == "bao-dong")).GetProperty("id").GetInt64();
        Assert.Equal(200, (await engine.Say($"api/alarms/{alarm}/acknowledge", new { who = "Lan", note = "gọi ngay 0905 123 456" })).Status);
        Assert.Equal(200, (await engine.Say($"api/alarms/{alarm}/comment", new { who = "Lan", text = "đã gọi ngay cho anh Nam 0905123456" })).Status);
        foreach (var proposal in (await engine.Get("api/proposals?waiting=true")).EnumerateArray())
            await engine.Say($"api/proposals/{proposal.GetProperty("id").GetInt64()}/approve", new { who = "Lan" });
        var (status, said) = await engine.Say("api/announcements", new { who = "Lan", station = "tam-ky", text = new { vi = "Đường Bạch Đằng nước ngập, giao thông đi đường khác. Gọi 0905123456." } });
        Assert.True(status is 200 or 202, said.ToString());
        await Eventually.True(() => engine.Carriers.Letters().Count > 0, "somebody is told");
        await Eventually.True(
            () => engine.Get("api/deliveries?limit=500").GetAwaiter().GetResult().EnumerateArray().All(one => one.GetProperty("state").GetString() is not ("Planned" or "HandedOver" or "Accepted")), "carriers have said what became of it");
    }

    static long Micros(Instant at) => at.ToUnixTimeTicks() / 10;

    static async Task<List<Dictionary<string, string?>>> Points(PointStore server, string measurement)
    {
        var points = new List<Dictionary<string, string?>>();
        if (!(await server.Query($"SELECT * FROM \"{measurement}\"")).TryGetProperty("series", out var series))
            return points;
        var columns = series[0].GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
        foreach (var row in series[0].GetProperty("values").EnumerateArray())
            points.Add(columns.Zip(row.EnumerateArray()).ToDictionary(pair => pair.First, pair => pair.Second.ValueKind == JsonValueKind.Null ? null : pair.Second.ToString()));
        return points;
    }
}

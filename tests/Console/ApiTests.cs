using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The API of the whole engine, asked from outside. Each test has devices of its own.</summary>
public sealed class ApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readings_are_answered_one_by_one_and_in_stretches()
    {
        await engine.Stages("tn-gauge-1", (Duration.FromMinutes(20), 0.50m), (Duration.FromMinutes(10), 0.60m), (Duration.Zero, 0.70m));
        var readings = await engine.Get("api/readings?station=tam-ngoc");
        Assert.Equal([500, 600, 700], readings.EnumerateArray().Select(one => one.GetProperty("value").GetInt32()));
        Assert.Equal(700, Assert.Single((await engine.Get("api/readings?device=tn-gauge-1&limit=1")).EnumerateArray()).GetProperty("value").GetInt32());
        var (from, to) = (RunningEngine.Now - Duration.FromHours(1), RunningEngine.Now + Duration.FromHours(1));
        var stretches = (await engine.Get($"api/readings?station=tam-ngoc&every=1d&from={from}&to={to}")).EnumerateArray().ToArray();
        Assert.Equal(3, stretches.Sum(one => one.GetProperty("count").GetInt32()));
        Assert.Equal(500, stretches.Min(one => one.GetProperty("min").GetDouble()));
        Assert.Equal(700, stretches.Max(one => one.GetProperty("max").GetDouble()));

        var station = await engine.First("api/stations", one => one.GetProperty("id").GetString() == "tam-ngoc" && one.GetProperty("stage_m").ValueKind == JsonValueKind.Number);
        Assert.Equal(0.70m, station.GetProperty("stage_m").GetDecimal());
    }

    [Fact]
    public async Task The_quality_tests_of_a_reading_are_told_when_they_are_asked_for()
    {
        var minute = Duration.FromMinutes(1);
        await engine.Stages("ah-gauge-1", (minute * 40, 0.50m), (minute * 30, 0.51m), (minute * 20, 3.50m));
        // What this one decides of the one before goes back to a commit that is over.
        await engine.Stages("ah-gauge-1", (minute * 10, 0.52m));
        await engine.Stages("ah-gauge-1", (Duration.Zero, 0.53m));
        var readings = (await engine.Get("api/readings?station=an-ha&tests=true")).EnumerateArray().ToArray();
        Assert.Equal([2, 4, 4, 4, 2], readings.Select(one => one.GetProperty("tests").GetProperty("spike").GetInt32()));
        Assert.Equal([1, 1, 3, 3, 1], readings.Select(one => one.GetProperty("tests").GetProperty("rate_of_change").GetInt32()));
        Assert.Equal(["Good", "Fail", "Fail", "Fail", "Good"], readings.Select(one => one.GetProperty("flag").GetString()));
        Assert.All((await engine.Get("api/readings?station=an-ha")).EnumerateArray(), one => Assert.False(one.TryGetProperty("tests", out _)));
    }

    [Fact]
    public async Task The_map_places_stations_and_areas_and_says_of_a_reservoir_that_nobody_placed_it()
    {
        var map = await engine.Get("api/map");
        Assert.Equal("FeatureCollection", map.GetProperty("type").GetString());
        var features = map.GetProperty("features").EnumerateArray().ToLookup(one => one.GetProperty("properties").GetProperty("kind").GetString());
        Assert.Equal(["tam-ngoc", "tam-ky", "an-ha"], features["station"].Select(one => one.GetProperty("id").GetString()));
        Assert.Equal([108.4945, 15.5685], features["station"].ElementAt(1).GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(one => one.GetDouble()));
        Assert.Equal(["20335", "20341", "20350", "20356"], features["area"].Select(one => one.GetProperty("properties").GetProperty("code").GetString()));
        Assert.All(features["area"], area =>
        {
            Assert.Equal("MultiPolygon", area.GetProperty("geometry").GetProperty("type").GetString());
            var ring = area.GetProperty("geometry").GetProperty("coordinates")[0][0].EnumerateArray().Select(one => (one[0].GetDouble(), one[1].GetDouble())).ToArray();
            Assert.Equal(ring[0], ring[^1]);
        });
        var reservoir = Assert.Single(features["reservoir"]);
        Assert.Equal(("phu-ninh", JsonValueKind.Null), (reservoir.GetProperty("id").GetString(), reservoir.GetProperty("geometry").ValueKind));
    }

    [Fact]
    public async Task A_release_is_entered_proposed_and_ended()
    {
        var starts = (RunningEngine.Now + Duration.FromHours(3)).ToString();
        var notice = new { source = "phu-ninh", q_min = 100, q_max = 400, starts_at = starts, document = "12/TB", who = "Lan" };
        var (status, entered) = await engine.Say("api/releases", notice);
        Assert.Equal((200, 400), (status, entered.GetProperty("q_max").GetInt32()));
        var id = entered.GetProperty("id").GetInt64();
        var alarm = await engine.First("api/alarms?open=true", one => one.GetProperty("cause").GetString() == "Release");
        Assert.Equal("II", alarm.GetProperty("level").GetString());
        var proposal = await engine.First("api/proposals?waiting=true", one => one.GetProperty("rule").GetString() == "ho-phu-ninh-xa");
        Assert.StartsWith("Hồ Phú Ninh thông báo xả nước 100–400 m³/s, bắt đầu lúc ", proposal.GetProperty("text_vi").GetString(), StringComparison.Ordinal);

        Assert.Equal(409, (await engine.Say("api/releases", new { notice.source, notice.q_min, notice.q_max, notice.starts_at, notice.who, replaces = id + 7 })).Status);
        Assert.Equal(400, (await engine.Say("api/releases", new { notice.source, q_min = 500, notice.q_max, notice.starts_at, notice.who })).Status);
        Assert.Equal(400, (await engine.Say("api/releases", new { notice.source, notice.q_min, notice.q_max, starts_at = "14:00", notice.who })).Status);
        Assert.Equal(400, (await engine.Say("api/releases", new { source = "song-tranh", notice.q_min, notice.q_max, notice.starts_at, notice.who })).Status);
        Assert.Equal(id, Assert.Single((await engine.Get("api/releases?open=true")).EnumerateArray()).GetProperty("id").GetInt64());

        Assert.Equal(400, (await engine.Say($"api/releases/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal(200, (await engine.Say($"api/releases/{id}/end", new { who = "Minh", reason = "đóng cửa xả" })).Status);
        Assert.Equal(409, (await engine.Say($"api/releases/{id}/end", new { who = "Lan", reason = "đóng cửa xả" })).Status);
        Assert.Equal(404, (await engine.Say("api/releases/999999/end", new { who = "Lan", reason = "x" })).Status);
        Assert.DoesNotContain((await engine.Get("api/alarms?open=true")).EnumerateArray(), one => one.GetProperty("cause").GetString() == "Release");
    }

    [Fact]
    public async Task Of_two_who_acknowledge_an_alarm_the_second_is_told_who_was_first()
    {
        await engine.Publish("cam-02", $$"""{"t":{{RunningEngine.Now.ToUnixTimeMilliseconds()}},"tamper":1}""");
        var alarm = await engine.First("api/alarms?open=true", one => one.GetProperty("subject").GetString() == "cam-02" && one.GetProperty("rule").GetString() == "camera-che");
        var path = $"api/alarms/{alarm.GetProperty("id").GetInt64()}/acknowledge";
        Assert.Equal(200, (await engine.Say(path, new { who = "Lan" })).Status);
        var (status, problem) = await engine.Say(path, new { who = "Minh" });
        Assert.Equal(409, status);
        Assert.StartsWith("Lan was first", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(400, (await engine.Say(path, new { who = " " })).Status);
        Assert.Equal(404, (await engine.Say("api/alarms/999999/acknowledge", new { who = "Lan" })).Status);
    }

    [Fact]
    public async Task Maintenance_is_entered_shown_keeps_a_camera_quiet_and_is_ended_once()
    {
        var until = (RunningEngine.Now + Duration.FromHours(2)).ToString();
        Assert.Equal(400, (await engine.Say("api/maintenance", new { subject = "cam-03", until, reason = "lau kính" })).Status);
        Assert.Equal(400, (await engine.Say("api/maintenance", new { subject = "nowhere", until, reason = "lau kính", who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say("api/maintenance", new { subject = "cam-02", until = "soon", reason = "lau kính", who = "Lan" })).Status);
        var (status, begun) = await engine.Say("api/maintenance", new { subject = "cam-02", until, reason = "lau kính", who = "Lan" });
        Assert.Equal(200, status);
        var id = begun.GetProperty("id").GetInt64();
        var shown = await engine.First("api/maintenance", one => one.GetProperty("id").GetInt64() == id);
        Assert.Equal(("cam-02", "lau kính", "Lan"), (shown.GetProperty("subject").GetString(), shown.GetProperty("reason").GetString(), shown.GetProperty("entered_by").GetString()));
        await engine.Publish("cam-02", $$"""{"t":{{RunningEngine.Now.ToUnixTimeMilliseconds()}},"tamper":1}""");
        var quiet = await engine.First("api/alarms?open=true", one => one.GetProperty("subject").GetString() == "cam-02" && one.GetProperty("quiet").GetString() == "Maintenance");
        Assert.Contains("bảo trì", quiet.GetProperty("quiet_vi").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await engine.Say($"api/maintenance/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal(409, (await engine.Say($"api/maintenance/{id}/end", new { who = "Lan" })).Status);
        await engine.First("api/alarms?open=true", one => one.GetProperty("subject").GetString() == "cam-02" && one.GetProperty("quiet").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_proposal_goes_nowhere_when_it_is_declined_and_to_the_handsets_when_it_is_approved()
    {
        var minute = Duration.FromMinutes(1);
        // 36 cm in an hour, below báo động I: the rate rule asks.
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 7).Select(i => (minute * (300 - i * 10), 1.25m + 0.06m * i))]);
        var first = (await engine.First("api/proposals?waiting=true", _ => true)).GetProperty("id").GetInt64();
        Assert.Equal(400, (await engine.Say($"api/proposals/{first}/decline", new { who = "Lan" })).Status);
        Assert.Equal(200, (await engine.Say($"api/proposals/{first}/decline", new { who = "Lan", reason = "thủy triều" })).Status);
        Assert.Equal(409, (await engine.Say($"api/proposals/{first}/approve", new { who = "Minh" })).Status);
        var declined = await engine.First("api/proposals", one => one.GetProperty("id").GetInt64() == first);
        Assert.Equal("thủy triều", declined.GetProperty("reason").GetString());
        Assert.Empty(engine.Carriers.Letters());

        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 12).Select(i => (minute * (230 - i * 10), 1.60m - 0.02m * i))]);
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 7).Select(i => (minute * (60 - i * 10), 1.32m + 0.06m * i))]);
        var second = await engine.First("api/proposals?waiting=true", one => one.GetProperty("id").GetInt64() != first);
        var (status, decided) = await engine.Say($"api/proposals/{second.GetProperty("id").GetInt64()}/approve", new { who = "Minh" });
        Assert.Equal(200, status);
        var bulletin = decided.GetProperty("bulletin").GetInt64();
        Assert.Equal(409, (await engine.Say($"api/proposals/{second.GetProperty("id").GetInt64()}/approve", new { who = "Lan" })).Status);

        await Eventually.True(() => engine.Carriers.Letters().Count > 0, "somebody reads it");
        var delivered = await engine.First($"api/deliveries?bulletin={bulletin}&state=delivered", _ => true);
        Assert.DoesNotContain("901000", delivered.GetProperty("phone").GetString(), StringComparison.Ordinal);
        var broadcast = await engine.First("api/broadcasts", one => one.GetProperty("id").GetInt64() == bulletin);
        Assert.Equal("Minh", broadcast.GetProperty("decided_by").GetString());
        var told = await engine.First("api/stations/tam-ky/told", one => one.GetProperty("bulletin").GetInt64() == bulletin && one.GetProperty("first_delivered_at").ValueKind == JsonValueKind.String);
        Assert.True(told.GetProperty("delivered").GetInt64() > 0 && told.GetProperty("first_accepted_at").ValueKind == JsonValueKind.String);
        Assert.Equal(HttpStatusCode.NotFound, (await engine.Ask("api/stations/nowhere/told")).StatusCode);
        Assert.All(engine.Carriers.Letters(), letter => Assert.Contains($"-{bulletin}-", letter.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_is_no_reading_is_shown_with_its_reason_and_its_bytes()
    {
        // Of a camera and an access point what may be a resident's is masked; a gauge has none.
        await Refused("ah-gauge-1", """{"t":"hôm qua","stage_m":1.2}""", """{"t":"hôm qua","stage_m":1.2}""");
        await Refused("cam-01", """{"t":"hôm qua","fps":25}""", """{"t":"********","fps":25}""");
        Assert.Equal(1, (await engine.First("api/devices", one => one.GetProperty("id").GetString() == "cam-01")).GetProperty("rejections").GetInt32());

        async Task Refused(string device, string sent, string kept)
        {
            await engine.Publish(device, sent);
            var rejection = await engine.First($"api/rejections?device={device}", _ => true);
            Assert.Equal(kept, rejection.GetProperty("text").GetString());
            Assert.Equal(Encoding.UTF8.GetBytes(kept), rejection.GetProperty("bytes_base64").GetBytesFromBase64());
            Assert.False(string.IsNullOrEmpty(rejection.GetProperty("reason").GetString()));
        }
    }

    [Fact]
    public async Task The_live_stream_begins_with_the_whole_desk()
    {
        using var answer = await engine.Ask("api/live");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("event: desk", await lines.ReadLineAsync(Token));
        var desk = JsonDocument.Parse((await lines.ReadLineAsync(Token))!["data: ".Length..]).RootElement;
        Assert.Equal(["tam-ngoc", "tam-ky", "an-ha"], desk.GetProperty("stations").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.True(desk.GetProperty("ready").GetBoolean());
        Assert.Equal(8, desk.GetProperty("devices").GetArrayLength());
    }

    [Theory]
    [InlineData("callbacks/esms/wrong")]
    [InlineData("callbacks/zalo/wrong")]
    [InlineData("callbacks/nobody/" + RunningEngine.Secret)]
    public async Task A_report_under_a_wrong_secret_finds_nothing(string path)
    {
        using var answer = await engine.Ask(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Who_watches_the_engine_is_answered()
    {
        Assert.Equal("alive\n", await engine.Text("healthz"));
        Assert.Equal("ready\n", await engine.Text("readyz"));
        Assert.Contains("canhlu_", await engine.Text("metrics"), StringComparison.Ordinal);
        var paths = (await engine.Get("openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(one => one.Name).ToArray();
        Assert.Contains("/api/stations", paths);
        Assert.Contains("/api/proposals/{id}/approve", paths);
    }

    [Theory]
    [InlineData("api/readings", 400)]
    [InlineData("api/readings?station=tam-ky&device=tk-gauge-1", 400)]
    [InlineData("api/readings?station=tam-ky&limit=0", 400)]
    [InlineData("api/readings?station=tam-ky&from=yesterday", 400)]
    [InlineData("api/readings?station=tam-ky&every=10m", 400)]
    [InlineData("api/readings?station=tam-ky&every=ten", 400)]
    [InlineData("api/readings?station=nowhere", 404)]
    [InlineData("api/deliveries?state=lost", 400)]
    [InlineData("api/nothing", 404)]
    public async Task A_no_is_a_problem_in_words(string path, int status)
    {
        using var answer = await engine.Ask(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), problem.GetProperty("status").GetRawText());
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_a_problem_too() => Assert.Equal(400, await engine.SayRaw("api/alarms/1/acknowledge", "{who"));
}

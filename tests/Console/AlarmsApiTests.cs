using System.Text.Json;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>Alarms in officers' hands, the handover of a shift, and what is in force, over HTTP.</summary>
public sealed class AlarmsApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    [Fact]
    public async Task A_camera_that_is_put_aside_is_quiet_and_back_when_it_is_taken_back()
    {
        await engine.Publish("cam-02", $$"""{"t":{{RunningEngine.Now.ToUnixTimeMilliseconds()}},"tamper":1}""");
        var id = (await engine.First("api/alarms?open=true", one => Is(one, "subject", "cam-02") && Is(one, "rule", "camera-che"))).GetProperty("id").GetInt64();
        var until = (RunningEngine.Now + Duration.FromHours(2)).ToString();
        Assert.Equal(400, (await engine.Say($"api/alarms/{id}/shelve", new { until, who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say($"api/alarms/{id}/shelve", new { until = "soon", reason = "chờ thợ", who = "Lan" })).Status);
        Assert.Equal(200, (await engine.Say($"api/alarms/{id}/shelve", new { until, reason = "chờ thợ", who = "Lan" })).Status);
        Assert.Equal(409, (await engine.Say($"api/alarms/{id}/shelve", new { until, reason = "chờ thợ", who = "Minh" })).Status);
        await engine.First("api/alarms?open=true", one => one.GetProperty("id").GetInt64() == id && Is(one, "quiet", "Shelved"));
        Assert.Equal(200, (await engine.Say($"api/alarms/{id}/comment", new { text = "đã gọi thợ", who = "Minh" })).Status);
        Assert.Equal(200, (await engine.Say($"api/alarms/{id}/assign", new { to = "Hoa", who = "Lan" })).Status);
        var one = await engine.Get($"api/alarms/{id}");
        Assert.Equal(("Hoa", "chờ thợ", "đã gọi thợ", true), (
            one.GetProperty("alarm").GetProperty("assigned_to").GetString(), one.GetProperty("shelf").GetProperty("reason").GetString(),
            one.GetProperty("comments")[0].GetProperty("text").GetString(), one.GetProperty("may_be_shelved").GetBoolean()));
        Assert.Equal(200, (await engine.Say($"api/alarms/{id}/unshelve", new { who = "Minh" })).Status);
        await engine.First("api/alarms?open=true", back => back.GetProperty("id").GetInt64() == id && back.GetProperty("quiet").ValueKind == JsonValueKind.Null);
        Assert.Equal(404, (await engine.Say("api/alarms/999999/comment", new { text = "x", who = "Lan" })).Status);
        Assert.Equal(["unshelved", "assigned", "commented", "shelved"], (await engine.Get($"api/audit?subject=episode/{id}")).EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString()).Where(action => action is not ("opened" or "kept quiet" or "spoke again")));
    }

    [Fact]
    public async Task A_shift_is_handed_over_with_what_stands_and_accepted_item_by_item()
    {
        var until = (RunningEngine.Now + Duration.FromHours(2)).ToString();
        Assert.Equal(200, (await engine.Say("api/maintenance", new { subject = "cam-01", until, reason = "lau kính", who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say("api/handovers", new { who = "Lan" })).Status);
        var (written, done) = await engine.Say("api/handovers", new { who = "Lan", text = "nước đang rút" });
        Assert.Equal(200, written);
        var id = done.GetProperty("id").GetInt64();
        var handover = (await engine.Get("api/handovers"))[0];
        Assert.Equal(("Lan", true), (handover.GetProperty("held_by").GetString(), handover.GetProperty("is_open").GetBoolean()));
        var items = handover.GetProperty("items").EnumerateArray().ToArray();
        Assert.Contains(items, item => Is(item, "kind", "Maintenance") && Is(item, "detail", "lau kính"));
        Assert.Equal(400, (await engine.Say("api/handovers", new { who = "Minh", text = "x" })).Status);
        foreach (var item in items)
            Assert.Equal(200, (await engine.Say($"api/handovers/{id}/items/{item.GetProperty("item").GetInt32()}/accept", new { who = "Minh" })).Status);
        Assert.Equal(409, (await engine.Say($"api/handovers/{id}/items/1/accept", new { who = "Hoa" })).Status);
        Assert.Equal(404, (await engine.Say($"api/handovers/{id}/items/999/accept", new { who = "Hoa" })).Status);
        Assert.Equal("Minh", (await engine.Get("api/handovers"))[0].GetProperty("held_by").GetString());
    }

    [Fact]
    public async Task What_is_in_force_is_told_as_the_site_says_it()
    {
        var site = await engine.Get("api/rules");
        var rules = site.GetProperty("rules").EnumerateArray().ToArray();
        var rate = rules.First(rule => Is(rule, "id", "len-nhanh"));
        Assert.Equal(("RateOfRiseRule", "Ask", 0.30m), (rate.GetProperty("type").GetString(), rate.GetProperty("policy").GetString(), rate.GetProperty("facts").GetProperty("raise_m_per_h").GetDecimal()));
        var ladder = site.GetProperty("stations").EnumerateArray().First(one => Is(one, "id", "tam-ky")).GetProperty("ladders").EnumerateArray().Last();
        Assert.True(ladder.GetProperty("is_in_force").GetBoolean());
        Assert.Equal(["I", "II", "III"], ladder.GetProperty("levels").EnumerateArray().Select(level => level.GetProperty("level").GetString()));
        Assert.NotEmpty(site.GetProperty("quality").EnumerateArray());
        var installed = await engine.Get("api/installation");
        Assert.Equal(rules.Length, installed.GetProperty("rules").GetInt32());
        Assert.False(installed.GetProperty("drill").GetBoolean());
    }

    static bool Is(JsonElement one, string name, string value) => one.GetProperty(name).GetString() == value;
}

using System.Text.Json;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>What a technician does with devices, over HTTP and at the door: accounts, adoption, commands, live messages. Each test has devices of its own.</summary>
public sealed class DevicesApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static string Reading => $$"""{"t":{{RunningEngine.Now.ToUnixTimeMilliseconds()}},"clients":3}""";

    [Fact]
    public async Task An_account_is_given_renewed_and_revoked_and_each_deed_stands_in_the_audit()
    {
        const string device = "wifi-01";
        const string path = $"api/devices/{device}/account";
        Assert.Equal(400, (await engine.Say(path, new { })).Status);
        Assert.Equal(404, (await engine.Say("api/devices/nobody/account", new { who = "Lan" })).Status);
        Assert.Equal(409, (await engine.Say(path, new { who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say($"{path}/renew", new { who = "Lan", former_hours = 200 })).Status);

        var (status, renewed) = await engine.Say($"{path}/renew", new { who = "Lan", former_hours = 2 });
        Assert.Equal((200, device, $"canhlu/v1/{device}/up"), (status, Text(renewed, "user"), Text(renewed, "topic")));
        Assert.Equal(JsonValueKind.String, renewed.GetProperty("former_until").ValueKind);
        await engine.Publish(device, Reading);
        await engine.Publish(device, Reading, Text(renewed, "password"));

        var (_, again) = await engine.Say($"{path}/renew", new { who = "Lan", former_hours = 0 });
        await engine.Publish(device, Reading, Text(again, "password"));
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Publish(device, Reading));
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Publish(device, Reading, Text(renewed, "password")));
        Assert.Equal("WrongPassword", Text(await engine.First("api/devices/strangers", one => Text(one, "device") == device), "reason"));

        Assert.Equal(200, (await engine.Say($"{path}/revoke", new { who = "Minh" })).Status);
        Assert.Equal(404, (await engine.Say($"{path}/revoke", new { who = "Minh" })).Status);
        Assert.Equal(409, (await engine.Say($"{path}/renew", new { who = "Minh" })).Status);
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Publish(device, Reading, Text(again, "password")));
        var (_, given) = await engine.Say(path, new { who = "Hoa" });
        await engine.Publish(device, Reading, Text(given, "password"));
        Assert.DoesNotContain((await engine.Get("api/devices/strangers")).EnumerateArray(), one => Text(one, "device") == device);

        Assert.Equal(
            ["Hoa gave an account", "Minh revoked the account", "Lan renewed the account", "Lan renewed the account", "test gave an account"],
            (await engine.Get($"api/audit?subject=device/{device}")).EnumerateArray().Select(one => $"{Text(one, "who")} {Text(one, "action")}"));
        var shown = await engine.Text("api/devices/accounts");
        foreach (var secret in new[] { renewed, again, given })
            Assert.DoesNotContain(Text(secret, "password"), shown, StringComparison.Ordinal);
        using var answer = await engine.Ask("api/devices/accounts");
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_device_that_knocks_is_adopted_and_in_force_without_a_restart_and_let_go_again()
    {
        await engine.Stages("ah-gauge-1", (Duration.Zero, 0.50m));
        await engine.First("api/stations", one => Text(one, "id") == "an-ha" && one.GetProperty("stage_m").ValueKind == JsonValueKind.Number);
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Publish("wifi-99", Reading, "not-its-password"));
        var knocks = await engine.First("api/devices/strangers", one => Text(one, "device") == "wifi-99");
        Assert.Equal(("UnknownName", true, false), (Text(knocks, "reason"), knocks.GetProperty("is_name").GetBoolean(), knocks.GetProperty("is_of_site").GetBoolean()));

        Assert.Equal(404, (await engine.Say("api/devices/wifi-99/account", new { who = "Lan" })).Status);
        Assert.Equal(400, (await Adopt("wifi-99", "no-such-model", null)).Status);
        Assert.Equal(400, (await Adopt("wifi-99", "wifi-ap", "no-such-station")).Status);
        Assert.Equal(400, (await Adopt("wifi/99", "wifi-ap", null)).Status);
        Assert.Equal(400, (await Adopt("gauge-99", "radar-gauge", null)).Status);
        Assert.Equal(400, (await Adopt("wifi-02", "wifi-ap", null)).Status);
        var (status, adopted) = await Adopt("wifi-99", "wifi-ap", "an-ha");
        Assert.Equal((200, true), (status, adopted.GetProperty("in_force").GetBoolean()));
        Assert.Equal(400, (await Adopt("wifi-99", "wifi-ap", null)).Status);

        // Nothing of what was known is lost: the stage stands without a new reading.
        Assert.Equal(0.50m, (await engine.First("api/stations", one => Text(one, "id") == "an-ha")).GetProperty("stage_m").GetDecimal());
        var (_, account) = await engine.Say("api/devices/wifi-99/account", new { who = "Lan" });
        await engine.Publish("wifi-99", Reading, Text(account, "password"));
        Assert.Equal(3, Assert.Single((await engine.Get("api/readings?device=wifi-99&series=clients")).EnumerateArray()).GetProperty("value").GetInt32());
        Assert.Equal("Wi-Fi mới", Text(await engine.First("api/devices", one => Text(one, "id") == "wifi-99"), "name"));
        Assert.DoesNotContain((await engine.Get("api/devices/strangers")).EnumerateArray(), one => Text(one, "device") == "wifi-99");

        var id = adopted.GetProperty("id").GetInt64();
        Assert.Equal(200, (await engine.Say($"api/adoptions/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal(409, (await engine.Say($"api/adoptions/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal(404, (await engine.Say("api/adoptions/999999/end", new { who = "Minh" })).Status);
        Assert.DoesNotContain((await engine.Get("api/devices")).EnumerateArray(), one => Text(one, "id") == "wifi-99");
        await engine.Publish("wifi-99", Reading, Text(account, "password"));
        var unknown = await engine.First("api/devices/strangers", one => Text(one, "device") == "wifi-99");
        Assert.Equal((1, true), (unknown.GetProperty("messages").GetInt32(), unknown.GetProperty("has_account").GetBoolean()));
        Assert.Equal(["let go", "gave an account", "adopted"], (await engine.Get("api/audit?subject=device/wifi-99")).EnumerateArray().Select(one => Text(one, "action")));
        Assert.Contains("Devices/wifi-99: added", await engine.Text("api/audit?subject=site/tam-ky"), StringComparison.Ordinal);
        Assert.Equal("LetGo", Text((await engine.Get("api/adoptions")).GetProperty("adopted").EnumerateArray().First(one => one.GetProperty("id").GetInt64() == id), "standing"));

        Task<(int Status, JsonElement Body)> Adopt(string device, string model, string? station) =>
            engine.Say("api/adoptions", new { device, model, station, name = "Wi-Fi mới", who = "Lan" });
    }

    [Fact]
    public async Task A_name_that_may_be_a_password_is_masked()
    {
        using (var client = new MqttClientFactory().CreateMqttClient())
            Assert.NotEqual(MqttClientConnectResultCode.Success, (await client.ConnectAsync(engine.Connect("MuaLu2025TamKy", "x").WithClientId("phone-of-lan").Build(), Token)).ResultCode);
        var knock = await engine.First("api/devices/strangers", one => one.GetProperty("client_id").GetString() == "phone-of-lan");
        Assert.Equal(("Mu*** (14)", false), (Text(knock, "device"), knock.GetProperty("is_name").GetBoolean()));
        Assert.DoesNotContain("MuaLu2025", await engine.Text("api/devices/strangers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_kept_until_the_device_has_it_and_its_fate_is_told()
    {
        const string device = "tk-gauge-1";
        const string path = $"api/devices/{device}/commands";
        Assert.Equal("NobodyListens", Text((await engine.Say(path, new { interval_s = 60, who = "Lan" })).Body, "state"));
        foreach (var wrong in new object[] { new { who = "Lan" }, new { interval_s = 9, who = "Lan" }, new { interval_s = 601, who = "Lan" }, new { interval_s = 60 } })
            Assert.Equal(400, (await engine.Say(path, wrong)).Status);
        Assert.Equal(404, (await engine.Say("api/devices/nobody/commands", new { interval_s = 60, who = "Lan" })).Status);

        var heard = new List<string>();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            lock (heard)
                heard.Add($"{message.ApplicationMessage.Topic} {message.ApplicationMessage.ConvertPayloadToString()}");
            return Task.CompletedTask;
        };
        var connect = engine.Connect(device).WithCleanSession(false).WithSessionExpiryInterval(3600).Build();
        await client.ConnectAsync(connect, Token);
        await client.SubscribeAsync($"canhlu/v1/{device}/cmd", MqttQualityOfServiceLevel.AtLeastOnce, Token);
        Assert.Equal("Waiting", Text((await engine.Say(path, new { interval_s = 30, who = "Lan" })).Body, "state").Replace("Delivered", "Waiting", StringComparison.Ordinal));
        await Eventually.True(() => State(0) == "Delivered", "the device has the command");
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), Token);

        Assert.Equal("Waiting", Text((await engine.Say(path, new { interval_s = 45, who = "Minh" })).Body, "state"));
        Assert.Equal("Waiting", State(0));
        await client.ConnectAsync(connect, Token);
        await Eventually.True(() => State(0) == "Delivered", "the device came for the command");
        lock (heard)
            Assert.Equal([$$"""canhlu/v1/{{device}}/cmd {"interval_s":30}""", $$"""canhlu/v1/{{device}}/cmd {"interval_s":45}"""], heard);
        var orders = await engine.Get(path);
        Assert.Equal((true, 10, 600, "Minh"), (
            orders.GetProperty("is_told").GetBoolean(), orders.GetProperty("least_s").GetInt32(), orders.GetProperty("most_s").GetInt32(), Text(orders.GetProperty("orders")[0], "given_by")));
        Assert.Equal(3, (await engine.Get($"api/audit?subject=device/{device}")).EnumerateArray().Count(one => Text(one, "action") == "ordered"));
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), Token);

        string State(int at) => Text(engine.Get(path).GetAwaiter().GetResult().GetProperty("orders")[at], "state");
    }

    [Fact]
    public async Task What_a_device_publishes_is_seen_as_it_comes_in()
    {
        using var stream = await engine.Ask("api/devices/wifi-03/messages");
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        Assert.Equal("event: alive", await reader.ReadLineAsync(Token));
        await engine.Publish("wifi-02", Reading);
        await engine.Publish("wifi-03", """{"clients":"many"}""");
        string? said;
        do
            said = await reader.ReadLineAsync(Token);
        while (said is not null && !said.Contains("canhlu", StringComparison.Ordinal));
        var message = JsonElement.Parse(said!["data: ".Length..]);
        Assert.Equal(("canhlu/v1/wifi-03/up", """{"clients":"many"}""", 18), (Text(message, "topic"), Text(message, "text"), message.GetProperty("length").GetInt32()));
        using var nobody = await engine.Ask("api/devices/nobody-99/messages");
        Assert.Equal(404, (int)nobody.StatusCode);
    }

    [Fact]
    public async Task A_slow_reader_is_told_what_it_missed_and_no_more_are_heard_than_may_be()
    {
        var door = engine.App.Services.GetRequiredService<Door>();
        using var tail = door.Hear("wifi-04")!;
        var payload = $"[{string.Join(',', Enumerable.Repeat("1", 20))}]";
        for (var i = 0; i < DeviceTail.Messages + 5; i++)
            door.Tails.Offer("canhlu/v1/wifi-04/up"u8, System.Text.Encoding.UTF8.GetBytes(payload), false);
        var (messages, dropped) = (0, 0L);
        await foreach (var (message, missed) in tail.Follow(Token))
        {
            messages += message is null ? 0 : 1;
            dropped += missed;
            if (dropped > 0)
                break;
        }
        Assert.Equal((DeviceTail.Messages, 5L), (messages, dropped));
        var all = Enumerable.Range(0, DeviceTail.Most).Select(_ => door.Hear("wifi-04")).ToArray();
        Assert.Contains(null, all);
        foreach (var one in all)
            one?.Dispose();
        door.Hear("wifi-04")!.Dispose();
        Assert.Throws<ArgumentException>(() => door.Hear("+"));
    }

    [Fact]
    public async Task What_is_read_off_a_staff_is_held_against_the_gauge_and_changes_no_reading()
    {
        const string path = "api/stations/tam-ngoc/staff";
        var now = RunningEngine.Now;
        await engine.Stages("tn-gauge-1", (Duration.FromMinutes(10), 1.00m), (Duration.Zero, 1.10m));
        var at = (now - Duration.FromMinutes(5)).ToString();
        foreach (var wrong in new object[]
        {
            new { at, metres = 1.02, who = "" }, new { at, who = "Lan" }, new { at = "then", metres = 1.02, who = "Lan" }, new { at, metres = 200, who = "Lan" },
            new { at = (now + Duration.FromHours(1)).ToString(), metres = 1.02, who = "Lan" }, new { at = (now - Duration.FromDays(60)).ToString(), metres = 1.02, who = "Lan" },
        })
            Assert.Equal(400, (await engine.Say(path, wrong)).Status);
        Assert.Equal(404, (await engine.Say("api/stations/nowhere/staff", new { at, metres = 1.02, who = "Lan" })).Status);
        var (status, entered) = await engine.Say(path, new { at, metres = 1.02, note = "mép cầu", who = "Lan" });
        Assert.Equal(200, status);
        Assert.Equal(200, (await engine.Say(path, new { at = (now - Duration.FromHours(2)).ToString(), metres = 0.9, who = "Lan" })).Status);

        var both = (await engine.Get(path)).EnumerateArray().ToArray();
        Assert.Equal((0.9m, JsonValueKind.Null), (both[0].GetProperty("metres").GetDecimal(), both[0].GetProperty("difference_m").ValueKind));
        Assert.Equal((1.02m, "mép cầu", "Lan"), (both[1].GetProperty("metres").GetDecimal(), Text(both[1], "note"), Text(both[1], "entered_by")));
        Assert.InRange(both[1].GetProperty("gauge_m").GetDecimal(), 1.048m, 1.052m);
        Assert.Equal(both[1].GetProperty("gauge_m").GetDecimal() - 1.02m, both[1].GetProperty("difference_m").GetDecimal());
        Assert.Single((await engine.Get($"{path}?from={now - Duration.FromHours(1)}")).EnumerateArray());

        var id = entered.GetProperty("id").GetInt64();
        Assert.Equal(200, (await engine.Say($"api/staff/{id}/strike", new { who = "Minh" })).Status);
        Assert.Equal(409, (await engine.Say($"api/staff/{id}/strike", new { who = "Minh" })).Status);
        Assert.Equal(404, (await engine.Say("api/staff/999999/strike", new { who = "Minh" })).Status);
        Assert.Single((await engine.Get(path)).EnumerateArray());
        Assert.Equal(["Minh struck out", "Lan entered"], (await engine.Get($"api/audit?subject=staff/{id}")).EnumerateArray().Select(one => $"{Text(one, "who")} {Text(one, "action")}"));
        Assert.Equal([1000, 1100], (await engine.Get("api/readings?station=tam-ngoc")).EnumerateArray().Select(one => one.GetProperty("value").GetInt32()));
    }

    static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;
}

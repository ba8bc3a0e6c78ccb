using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanhLu.Database;
using CanhLu.GatewaySim;
using CanhLu.Host;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace CanhLu.Tests.Flow;

public sealed class SirenTests
{
    const string Ward = "20341";
    const string Topic = $"canhlu/storm/warnings/{Ward}";

    readonly ConcurrentQueue<JsonNode> _heard = [];

    [Fact]
    public async Task A_siren_hears_a_gauge_rise_and_fall_and_hears_it_once_whatever_is_killed_between()
    {
        Effort.Whole("Twelve seconds");
        await using var town = await StormTown.Build(1, new GatewaySimOptions());
        town.Edit(site => site + $"sirens:\n  - {{ id: loa-1, area: \"{Ward}\", name: Loa }}\n");
        string password;
        using (var operations = Operations.Open(Path.Combine(town.Data, "operations.db")))
            password = new Accounts(new DoorMemory(operations), RealTime.Clock).AddDevice("loa-1", "test");
        town.Engine.Start();
        await town.Engine.Ready();
        await Measure(town, "2.80");
        var first = await Next(town, password);
        Assert.Equal(("warning", "III", 1L), ((string)first["state"]!, (string)first["level"]!, (long)first["sequence"]!));

        await town.Engine.Kill();
        town.Engine.Start();
        await town.Engine.Ready();
        var again = await Next(town, password);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        var sirens = JsonNode.Parse((await town.Engine.Get("/api/sirens"))!)!;
        Assert.Equal(("door", "loa-1", 1L), ((string)sirens["line"]!, (string)sirens["sirens"]![0]!["id"]!, (long)sirens["sirens"]![0]!["heard_sequence"]!));

        await Measure(town, "1.20");
        await Eventually.True(() => IsStated(town, "AllClear"), "the all-clear stands");
        var over = await Next(town, password);
        Assert.Equal(("all_clear", 2L), ((string)over["state"]!, (long)over["sequence"]!));
    }

    static bool IsStated(StormTown town, string state) => town.Engine.Get("/api/sirens").GetAwaiter().GetResult() is { } answer
        && JsonNode.Parse(answer)!["wards"]!.AsArray().Any(ward => (string)ward!["state"]! == state && (bool)ward["stated"]!);

    static async Task Measure(StormTown town, string stage)
    {
        var (user, secret) = (town.Devices[0], town.Credential(town.Devices[0]).Password);
        using var gauge = await Connect(town, user, secret);
        var answer = await gauge.PublishStringAsync(
            $"canhlu/v1/{user}/up", $"{{\"t\":{RealTime.Clock.GetCurrentInstant().ToUnixTimeMilliseconds()},\"stage_m\":{stage}}}", MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccess);
    }

    /// <summary>What a siren that comes now hears first; it says that it has heard it, and goes.</summary>
    async Task<JsonNode> Next(StormTown town, string password)
    {
        _heard.Clear();
        using var siren = await Connect(town, "loa-1", password);
        siren.ApplicationMessageReceivedAsync += message =>
        {
            _heard.Enqueue(JsonNode.Parse(message.ApplicationMessage.ConvertPayloadToString())!);
            return Task.CompletedTask;
        };
        await siren.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await Eventually.True(() => !_heard.IsEmpty, "what stands is heard");
        var message = _heard.First();
        await siren.PublishStringAsync(
            "canhlu/storm/heard/loa-1", $"{{\"bulletin_id\":{message["bulletin_id"]},\"sequence\":{message["sequence"]}}}", MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: TestContext.Current.CancellationToken);
        await siren.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        return message;
    }

    static async Task<IMqttClient> Connect(StormTown town, string user, string password)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer(town.Door.Address.ToString(), town.Door.Port).WithClientId(user).WithCredentials(user, password).Build(),
            TestContext.Current.CancellationToken);
        return client;
    }
}

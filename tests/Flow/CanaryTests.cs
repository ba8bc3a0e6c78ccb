using System.Text.Json.Nodes;
using CanhLu.GatewaySim;
using CanhLu.Tests.Archive.Influx;
using CanhLu.Tests.Support;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Flow;

public sealed class CanaryTests
{
    const string TestPhone = "+84905999999";

    static readonly string[] Steps =
    [
        "measured → received", "received → stored (PUBACK)", "judged → decided", "decided → planned", "planned → handed over", "handed over → accepted", "accepted → receipt",
    ];

    [Fact]
    public async Task The_canary_goes_the_whole_way_to_the_test_telephone_and_to_nobody_else()
    {
        Effort.Whole("Twenty seconds");
        await using var collector = await ScriptedServer.Start(_ => new(200));
        await using var town = await StormTown.Build(1, new GatewaySimOptions { ReceiptDelay = TimeSpan.FromMilliseconds(50) }, settings: new Dictionary<string, string>
        {
            ["CANHLU_Otlp__Url"] = collector.Url.ToString(),
            ["CANHLU_Otlp__DeliveriesPerBulletin"] = "1",
            ["CANHLU_Otlp__Every"] = "00:00:02",
        });
        town.Edit(site => site + $"canary: {{ phones: [\"{TestPhone}\"], every: 1h, within: 30s, until: delivered }}\n");
        town.Engine.Start();
        await town.Engine.Ready();
        JsonNode? canary = null;
        await Eventually.True(
            () => town.Engine.Get("/api/canary").GetAwaiter().GetResult() is { } answer && (canary = JsonNode.Parse(answer))!["tried_at"] is not null, "the first trial is over");
        Assert.Null((string?)canary!["trouble"]);
        Assert.InRange((double)canary["accepted_s"]!, 0, 30);
        Assert.InRange((double)canary["delivered_s"]!, 0, 30);
        Assert.Contains("canhlu_canary_last_success_seconds", await town.Engine.Get("/metrics"), StringComparison.Ordinal);

        Assert.Equal([TestPhone], town.Read(connection => connection.Query<string>("SELECT DISTINCT r.phone FROM deliveries d JOIN recipients r ON r.id = d.recipient_id").AsList()));
        Assert.Equal(0, town.Read(connection => connection.ExecuteScalar<int>("SELECT (SELECT count(*) FROM debts) + (SELECT count(*) FROM told) + (SELECT count(*) FROM cap_messages) + (SELECT count(*) FROM proposals)")));
        Assert.StartsWith("(KIEM TRA) Canh Lu", Assert.Single(town.Carriers.Letters(10)).Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/api/alarms", "/api/broadcasts"])
            Assert.DoesNotContain("canary", await town.Engine.Get(path), StringComparison.Ordinal);

        // One trace of it, and the engine's metrics, reach a collector; nobody's number does.
        await Eventually.True(
            () => Steps.All(step => Sent(collector, "/v1/traces").Contains(step, StringComparison.Ordinal)) && Sent(collector, "/v1/metrics").Contains("canhlu.canary.last_success", StringComparison.Ordinal),
            "the collector has the trace and the metrics");
        Assert.DoesNotContain(TestPhone[3..], Sent(collector, "/v1/traces"), StringComparison.Ordinal);

        // A restart tries nothing anew: the hour is not over.
        await town.Engine.Kill();
        town.Engine.Start();
        await town.Engine.Ready();
        Assert.Equal(1, town.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM bulletins")));
    }

    static string Sent(ScriptedServer collector, string path) => string.Join('\n', collector.AllAsked.Where(asked => asked.Path == path).SelectMany(asked => asked.Lines));
}

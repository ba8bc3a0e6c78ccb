using System.Collections.Concurrent;
using System.Text;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

public sealed class BrokerNoticesTests
{
    const string Topic = "canhlu/tam-ky/warnings/20341";

    readonly ConcurrentQueue<string> _received = [];

    [Fact]
    public async Task A_message_is_retained_at_the_broker_and_a_broker_that_lost_it_is_told_again()
    {
        await using var mosquitto = await Mosquitto.Start();
        using var notices = New(mosquitto);
        Assert.False(await Retain(notices, "I"));
        Assert.NotNull(notices.Trouble);
        await notices.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => notices.Risen == 1 && notices.Trouble is null, "it stands");
        Assert.True(await Retain(notices, "II"));
        using (await Siren(mosquitto))
            await Eventually.True(() => _received.Contains("II retained"), "who comes later hears it");
        Assert.True(await Retain(notices, ""));

        await mosquitto.Stop();
        await Eventually.True(() => notices.Trouble is not null, "it is down, and says so");
        Assert.False(await Retain(notices, "III"));
        await mosquitto.Start();
        await Eventually.True(() => notices.Risen == 2 && notices.Trouble is null, "it stands again, and that can be seen");
        Assert.True(await Retain(notices, "III"));
        using (await Siren(mosquitto))
            await Eventually.True(() => _received.Contains("III retained"), "it is retained anew");
        Assert.Equal(["II retained", "III retained"], _received);
        await notices.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_a_siren_has_heard_comes_again_until_it_is_kept()
    {
        await using var mosquitto = await Mosquitto.Start();
        using var notices = New(mosquitto);
        var refusals = 1;
        notices.Heard = (siren, payload) =>
        {
            _received.Enqueue($"{siren} {Encoding.UTF8.GetString(payload.Span)}");
            return Interlocked.Decrement(ref refusals) < 0;
        };
        await notices.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => notices.Risen == 1, "it stands");
        using var siren = await Siren(mosquitto);
        await siren.PublishStringAsync("canhlu/tam-ky/heard/loa-1", "7", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.True(() => _received.Count == 2, "what was not kept comes with the next connection");
        Assert.Equal(["loa-1 7", "loa-1 7"], _received);
        await notices.StopAsync(CancellationToken.None);
    }

    static BrokerNotices New(Mosquitto mosquitto) => new(
        new Broker(mosquitto.Url, "canhlu-test", null, 1, 1000, null, null),
        Options.Create(new IngestOptions { Broker = new() { RetryFirst = TimeSpan.FromMilliseconds(20), RetryAtMost = TimeSpan.FromMilliseconds(200) } }), "tam-ky",
        RealTime.Provider, new Lines<BrokerNotices>());

    static Task<bool> Retain(BrokerNotices notices, string payload) => notices.Retain(Topic, Encoding.UTF8.GetBytes(payload), TestContext.Current.CancellationToken);

    async Task<IMqttClient> Siren(Mosquitto mosquitto)
    {
        var siren = new MqttClientFactory().CreateMqttClient();
        siren.ApplicationMessageReceivedAsync += message =>
        {
            _received.Enqueue($"{message.ApplicationMessage.ConvertPayloadToString()} {(message.ApplicationMessage.Retain ? "retained" : "live")}");
            return Task.CompletedTask;
        };
        await siren.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("localhost", mosquitto.Port).WithProtocolVersion(MqttProtocolVersion.V500).Build(),
            TestContext.Current.CancellationToken);
        await siren.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return siren;
    }
}

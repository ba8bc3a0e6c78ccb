using CanhLu.Ingest.Links;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

public sealed class BrokerLimitTests
{
    [Fact]
    public void An_answer_that_grants_what_was_asked_reveals_nothing() =>
        Assert.Empty(In(new MqttConnAckPacket { MaximumQoS = MqttQualityOfServiceLevel.ExactlyOnce, RetainAvailable = true, WildcardSubscriptionAvailable = true, SharedSubscriptionAvailable = true, ReceiveMaximum = 20, SessionExpiryInterval = 3600 }));

    [Fact]
    public void Every_limit_of_an_answer_is_told()
    {
        var limits = In(new MqttConnAckPacket { MaximumQoS = MqttQualityOfServiceLevel.AtMostOnce, SessionExpiryInterval = 60, MaximumPacketSize = 1024 });
        Assert.Equal(
            ["for 60 s", "QoS 0 only", "1024 bytes", "retains nothing", "no wildcards", "no shared"],
            limits.Select(limit => new[] { "for 60 s", "QoS 0 only", "1024 bytes", "retains nothing", "no wildcards", "no shared" }.First(word => limit.Text.Contains(word, StringComparison.Ordinal))));
    }

    static BrokerLimit[] In(MqttConnAckPacket answer) =>
        [.. BrokerLimit.In(MqttClientConnectResultFactory.Create(answer, MqttProtocolVersion.V500), 3600, isShared: true)];
}

using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.Ingest.Links;

/// <summary>A limit of the broker that its answer to our CONNECT reveals (MQTT 5, section 3.2.2.3).</summary>
/// <param name="Text">What it is and what follows from it, for the operator.</param>
readonly record struct BrokerLimit(string Text)
{
    /// <summary>The limits in an answer that are smaller than what was asked.</summary>
    public static IEnumerable<BrokerLimit> In(MqttClientConnectResult answer, ushort receiveMaximum, uint sessionExpirySeconds, bool isShared)
    {
        if (answer.SessionExpiryInterval is { } kept && kept < sessionExpirySeconds)
            yield return Of($"it keeps our session for {kept} s, where {sessionExpirySeconds} s were asked; after a longer outage messages are lost.");
        if (answer.MaximumQoS < MqttQualityOfServiceLevel.AtLeastOnce)
            yield return Of($"it knows QoS 0 only, and QoS 0 is lost whenever a link is down.");
        // The standard means it for our own publishing; brokers (Mosquitto's max_inflight_messages) have one limit for both ways.
        if (answer.ReceiveMaximum is { } inFlight && inFlight < receiveMaximum)
            yield return Of($"it takes {inFlight} unacknowledged messages at a time, and may hand over no more than that, where {receiveMaximum} were asked; a backlog drains slowly.");
        if (answer.MaximumPacketSize is { } size && size < Intake.MaxPayload)
            yield return Of($"it takes packets of {size} bytes at most, and backlogs may have {Intake.MaxPayload}.");
        if (!answer.RetainAvailable)
            yield return Of($"it retains nothing, so that a device's status is not known until it changes.");
        if (!answer.WildcardSubscriptionAvailable)
            yield return Of($"it has no wildcards, and without them nothing can be subscribed.");
        if (isShared && !answer.SharedSubscriptionAvailable)
            yield return Of($"it has no shared subscriptions; set the site's links to 1.");
    }

    public override string ToString() => Text;

    static BrokerLimit Of(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));
}

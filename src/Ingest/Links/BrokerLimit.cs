using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.Ingest.Links;

/// <summary>A limit of the broker that its answer to our CONNECT reveals (MQTT 5, section 3.2.2.3).</summary>
/// <remarks>Its Receive Maximum is none of them: that is for what we publish (section 3.2.2.3.3), and Mosquitto, whose <c>max_inflight_messages</c> shows
/// there, hands over as many as we ask for. The library tells nought for what the broker did not say; nought seconds of a session is told from a
/// broker that said nothing by the session being gone.</remarks>
/// <param name="Text">What it is and what follows from it, for the operator.</param>
readonly record struct BrokerLimit(string Text)
{
    /// <summary>The limits in an answer that are smaller than what was asked.</summary>
    public static IEnumerable<BrokerLimit> In(MqttClientConnectResult answer, uint sessionExpirySeconds, bool isShared)
    {
        if (answer.SessionExpiryInterval is > 0 and var kept && kept < sessionExpirySeconds)
            yield return Of($"it keeps our session for {kept} s, where {sessionExpirySeconds} s were asked; after a longer outage messages are lost.");
        if (answer.MaximumQoS < MqttQualityOfServiceLevel.AtLeastOnce)
            yield return Of($"it knows QoS 0 only, and QoS 0 is lost whenever a link is down.");
        if (answer.MaximumPacketSize is > 0 and var size && size < Intake.MaxPayload)
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

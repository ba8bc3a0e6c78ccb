using System.Net;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.Ingest.Links;

/// <summary>Publishes as a device does, from outside: a connection of its own for each message, QoS 1, to the front door or to the site's broker.</summary>
public sealed class FrontPublisher
{
    readonly Func<MqttClientOptions> _options;

    FrontPublisher(Func<MqttClientOptions> options) => _options = options;

    /// <summary>To the engine's own door, as one of its accounts.</summary>
    /// <param name="door">Where it listens; any address means this machine.</param>
    /// <param name="user">The account.</param>
    /// <param name="password">Its password, asked for at every connection.</param>
    public static FrontPublisher ToDoor(IPEndPoint door, string user, Func<string> password) => new(() => new MqttClientOptionsBuilder()
        .WithTcpServer((door.Address.Equals(IPAddress.Any) || door.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : door.Address).ToString(), door.Port)
        .WithClientId(user).WithCredentials(user, password()).Build());

    /// <summary>To an outside broker, with the engine's own user.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="knobs">The knobs of the links; they hold here too.</param>
    /// <param name="suffix">What the client id ends in.</param>
    public static FrontPublisher ToBroker(Broker broker, BrokerOptions knobs, string suffix) => new(() => new LinkOptions(broker, knobs, 1, [], suffix).Build(null));

    /// <summary>Publishes one message; returns when it was acknowledged, which a door does when it is stored.</summary>
    /// <returns>Null when it was acknowledged, else why not.</returns>
    public async Task<string?> Publish(string topic, byte[] payload, CancellationToken cancellation)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var welcome = await client.ConnectAsync(_options(), cancellation);
            if (welcome.ResultCode != MqttClientConnectResultCode.Success)
                return $"the connection was refused: {welcome.ResultCode}";
            var answer = await client.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancellation);
            if (client.IsConnected)
                await client.TryDisconnectAsync();
            return answer.IsSuccess ? null : $"the reading was refused: {answer.ReasonCode}";
        }
        // The library, the network and TLS fail in many ways, and time runs out; each of them means that it did not get in.
        catch (Exception exception)
        {
            return cancellation.IsCancellationRequested ? "it was not acknowledged in time" : exception.Message;
        }
    }
}

using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CanhLu.Bench;

/// <summary>The peer on the external side: MQTTnet's client on the same broker, QoS 1, with an empty handler.</summary>
sealed class BareClient : IAsyncDisposable
{
    readonly IMqttClient _client;
    long _received;

    BareClient(IMqttClient client) => _client = client;

    public long Received => Volatile.Read(ref _received);

    public static async Task<BareClient> StartAsync(int port)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var bare = new BareClient(client);
        client.ApplicationMessageReceivedAsync += _ =>
        {
            Interlocked.Increment(ref bare._received);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500).Build());
        await client.SubscribeAsync("canhlu/v1/+/up", MqttQualityOfServiceLevel.AtLeastOnce);
        return bare;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisconnectAsync();
        _client.Dispose();
    }
}

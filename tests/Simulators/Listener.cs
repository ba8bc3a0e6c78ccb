using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.Tests.Simulators;

/// <summary>Hears everything below <c>canhlu/</c> on a broker, in a session that outlives the broker's restart.</summary>
sealed class Listener : IAsyncDisposable
{
    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    readonly MqttClientOptions _options;

    Listener(int port)
    {
        _options = new MqttClientOptionsBuilder().WithClientId("listener").WithTcpServer("127.0.0.1", port)
            .WithCleanSession(false).WithSessionExpiryInterval(3600).Build();
        _client.ApplicationMessageReceivedAsync += heard =>
        {
            Heard.Enqueue((heard.ApplicationMessage.Topic, Encoding.UTF8.GetString(heard.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
    }

    public ConcurrentQueue<(string Topic, string Payload)> Heard { get; } = new();

    public static async Task<Listener> Open(int port)
    {
        var listener = new Listener(port);
        await listener.Connect();
        await listener._client.SubscribeAsync("canhlu/#", MqttQualityOfServiceLevel.AtLeastOnce);
        return listener;
    }

    public Task Connect() => _client.ConnectAsync(_options);

    /// <summary>All single samples heard: the device and the time that it wrote.</summary>
    public IEnumerable<(string Device, string Time)> Samples() => Heard
        .Where(message => message.Topic.EndsWith("/up", StringComparison.Ordinal))
        .SelectMany(message => Objects(message.Payload).Select(time => (message.Topic.Split('/')[2], time)));

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
    }

    static List<string> Objects(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().Select(sample => sample.GetProperty("t").ToString())]
            : [json.RootElement.GetProperty("t").ToString()];
    }
}

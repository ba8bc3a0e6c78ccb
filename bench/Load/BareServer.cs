using System.Net;
using MQTTnet.Server;

namespace CanhLu.Bench;

/// <summary>The peer on the embedded side: MQTTnet's server with an empty handler, nothing kept.</summary>
sealed class BareServer : IAsyncDisposable
{
    readonly MqttServer _server;

    BareServer(MqttServer server) => _server = server;

    public static async Task<BareServer> StartAsync(int port)
    {
        var factory = new MqttServerFactory();
        var options = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port)
            .WithMaxPendingMessagesPerClient(100_000).Build();
        var server = factory.CreateMqttServer(options);
        server.InterceptingPublishAsync += _ => Task.CompletedTask;
        await server.StartAsync();
        return new BareServer(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}

using System.Net;
using System.Net.Sockets;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A client that sends whatever bytes a test wants.</summary>
sealed class RawClient : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TcpClient _tcp = new() { NoDelay = true };
    Stream _stream = null!;

    public int Version { get; set; } = 4;

    public Packet? Connack { get; set; }

    public Stream Stream => _stream;

    public static async Task<RawClient> Dial(int port)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port);
        client._stream = client._tcp.GetStream();
        return client;
    }

    public async Task Send(params byte[][] packets)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(Packet.Join(packets), patience.Token);
    }

    public Task Publish(string topic, string payload, int qos = 0, int id = 0) => Send(Packet.Publish(Version, topic, payload, qos, id));

    /// <summary>The next packet; null when the door has closed.</summary>
    public async Task<Packet?> Receive()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var one = new byte[1];
            if (await _stream.ReadAsync(one, patience.Token) == 0)
                return null;
            var first = one[0];
            var length = 0;
            var shift = 0;
            do
            {
                await _stream.ReadExactlyAsync(one, patience.Token);
                length |= (one[0] & 127) << shift;
                shift += 7;
            }
            while (one[0] >= 128);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, patience.Token);
            return new Packet(first, body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The bytes of one read of the socket: what the door sent in one write.</summary>
    public async Task<byte[]> ReceiveOnce(int most = 1 << 20)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[most];
        var read = await _stream.ReadAsync(buffer, patience.Token);
        return buffer[..read];
    }

    /// <summary>Sends a PINGREQ and waits for its answer: whatever was sent before is dealt with.</summary>
    public async Task Settle()
    {
        await Send(Packet.Pingreq);
        Xunit.Assert.Equal(0xD0, (await Receive())!.First);
    }

    /// <summary>The line breaks, without a word.</summary>
    public void Break()
    {
        _tcp.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }

    public void Dispose() => _tcp.Dispose();
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CanhLu.Tests.Faults;

/// <summary>A server that takes a request and answers with nonsense of a kind, to everybody.</summary>
sealed class GarbageServer : IAsyncDisposable
{
    /// <summary>What it can do, by name; each writes until it is done or the other side has gone.</summary>
    public static readonly IReadOnlyDictionary<string, Func<GarbageServer, Stream, CancellationToken, Task>> Kinds =
        new Dictionary<string, Func<GarbageServer, Stream, CancellationToken, Task>>
        {
            ["a page of HTML with 200"] = Say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 35\r\n\r\n<html>Please sign in to Wi-Fi</html>"),
            ["JSON that is cut off"] = Say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"CodeResult\":\"100\",\"SMSID\":\"1\",\"error\":0,\"data\":{"),
            ["a shorter body than its length"] = Say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{}"),
            ["a longer body than its length"] = Say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\"CodeResult\":\"100\",\"error\":0}"),
            ["a length that is none"] = Say("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
            ["two lengths"] = Say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}"),
            ["a redirect to itself"] = (server, stream, token) => Say($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {server.Url}\r\nContent-Length: 0\r\n\r\n")(server, stream, token),
            ["a bomb of gzip"] = Bomb,
            ["a body without end"] = Endless("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", "{\"CodeResult\":"),
            ["chunks without end"] = Endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nabcd\r\n"),
            ["a refusal without end"] = Endless("HTTP/1.1 400 Bad Request\r\n\r\n", "partial write dropped=1 "),
            ["headers without end"] = Endless("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
            ["one header without end"] = Endless("HTTP/1.1 200 OK\r\nX-Long: ", "long"),
            ["100 Continue without end"] = Endless("", "HTTP/1.1 100 Continue\r\n\r\n"),
            ["101 Switching Protocols"] = Say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: nothing\r\nConnection: Upgrade\r\n\r\n{\"CodeResult\":\"100\",\"error\":0}"),
            ["noise"] = Noise,
            ["a letter a second"] = Drip,
            ["silence"] = (_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, Support.RealTime.Provider, token),
        };

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly Func<GarbageServer, Stream, CancellationToken, Task> _answer;
    readonly Task _serving;
    long _sent;

    public GarbageServer(string kind)
    {
        _answer = Kinds[kind];
        _listener.Start();
        _serving = Serve();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes that the other side let it send.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    async Task Serve()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(One(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    async Task One(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                // The request's head and what comes with it: its rest is not waited for.
                _ = await stream.ReadAsync(new byte[64 * 1024], _end.Token);
                await _answer(this, stream, _end.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[4096], _end.Token) > 0)
                {
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // The other side had enough.
            }
        }
    }

    async Task Send(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        await stream.WriteAsync(bytes, token);
        Interlocked.Add(ref _sent, bytes.Length);
    }

    static Func<GarbageServer, Stream, CancellationToken, Task> Say(string answer) => (server, stream, token) => server.Send(stream, Encoding.ASCII.GetBytes(answer), token);

    static Func<GarbageServer, Stream, CancellationToken, Task> Endless(string head, string more) => async (server, stream, token) =>
    {
        await server.Send(stream, Encoding.ASCII.GetBytes(head), token);
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(more, 200)));
        while (true)
            await server.Send(stream, piece, token);
    };

    static async Task Bomb(GarbageServer server, Stream stream, CancellationToken token)
    {
        // Two hundred megabytes of nothing in two hundred kilobytes.
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
                await gzip.WriteAsync(zeros, token);
        }
        await server.Send(stream, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), token);
        await server.Send(stream, packed.ToArray(), token);
    }

    static async Task Noise(GarbageServer server, Stream stream, CancellationToken token)
    {
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x15030100);
        await server.Send(stream, bytes, token);
    }

    static async Task Drip(GarbageServer server, Stream stream, CancellationToken token)
    {
        await server.Send(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), token);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), Support.RealTime.Provider);
        while (await second.WaitForNextTickAsync(token))
            await server.Send(stream, "{"u8.ToArray(), token);
    }
}

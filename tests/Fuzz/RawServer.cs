using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CanhLu.Tests.Fuzz;

/// <summary>A server that reads a request and answers with whatever bytes a test wants, then closes.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly Task _serving;
    byte[] _answer = [];

    RawServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What the next connections hear.</summary>
    public byte[] Answer
    {
        get => Volatile.Read(ref _answer);
        set => Volatile.Write(ref _answer, value);
    }

    public static RawServer Open() => new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    async Task Serve()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await One(client.GetStream());
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                // The other side had enough before the end.
            }
        }
    }

    async Task One(NetworkStream stream)
    {
        var (read, buffer) = (new List<byte>(), new byte[4096]);
        while (!IsWhole(read))
        {
            var got = await stream.ReadAsync(buffer, _end.Token);
            if (got == 0)
                return;
            read.AddRange(buffer.AsSpan(0, got));
        }
        await stream.WriteAsync(Answer, _end.Token);
        stream.Socket.Shutdown(SocketShutdown.Send);
        // Closing with unread bytes would take the answer back.
        while (await stream.ReadAsync(buffer, _end.Token) > 0)
        {
        }
    }

    static bool IsWhole(List<byte> request)
    {
        var text = Encoding.Latin1.GetString([.. request]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(text[(at + 16)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
        return request.Count >= end + 4 + length;
    }
}

using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace CanhLu.Ingest.Links;

/// <summary>The bytes of one connection. Reads nothing while the window is shut, and writes many acknowledgements at once.</summary>
/// <remarks>
/// ReceiveMaximum alone does not bound what a broker sends: Mosquitto 2.0.11 loses count of its window (asked for 50, it had 4,400 messages out after a
/// reconnect), and the library queues all of it. Here TCP holds it back. TLS, where there is any, is put on top of this stream by the library.
/// </remarks>
sealed class LinkStream(Window window) : Stream, IMqttClientStreamProvider
{
    readonly SemaphoreSlim _writing = new(1);
    readonly MemoryStream _corked = new();
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly CancellationTokenSource _closed = new();
    bool _isCorked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public async Task<Stream> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(endpoint, cancellationToken);
        return this;
    }

    /// <summary>Holds back what is written until <see cref="Uncork"/>.</summary>
    public async Task Cork()
    {
        await _writing.WaitAsync();
        _isCorked = true;
        _writing.Release();
    }

    /// <summary>Writes what was held back, in one piece.</summary>
    public async Task Uncork()
    {
        await _writing.WaitAsync();
        try
        {
            _isCorked = false;
            if (_corked.Length > 0)
                await Send(_corked.GetBuffer().AsMemory(0, (int)_corked.Length), CancellationToken.None);
        }
        finally
        {
            _corked.SetLength(0);
            _writing.Release();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (window.IsShut)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
            await window.Open(either.Token);
        }
        return await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_isCorked)
                _corked.Write(buffer.Span);
            else
                await Send(buffer, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closed.Cancel();
            _socket.Dispose();
        }
        base.Dispose(disposing);
    }

    async ValueTask Send(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
    }
}

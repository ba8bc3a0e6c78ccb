using System.Net;
using System.Net.Sockets;

namespace CanhLu.Tests.Faults;

/// <summary>Passes bytes on between whoever connects and a server; goes black on cue: both ways fall silent and nobody is told.</summary>
sealed class Relay : IAsyncDisposable
{
    readonly Socket _listener;
    readonly IPEndPoint _target;
    readonly CancellationTokenSource _end = new();
    readonly Lock _lock = new();
    readonly HashSet<Socket> _open = [];
    readonly Task _accepting;
    volatile bool _isDead;
    TaskCompletionSource _passing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="listener">Listens already, wherever its maker put it.</param>
    /// <param name="target">The server.</param>
    public Relay(Socket listener, IPEndPoint target)
    {
        (_listener, _target) = (listener, target);
        _passing.SetResult();
        _accepting = Accept();
    }

    /// <summary>On any free port of this machine.</summary>
    public static Relay To(IPEndPoint target)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        return new Relay(listener, target);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>From now on nothing passes, either way; connections stand, and new ones are taken.</summary>
    public void Black()
    {
        lock (_lock)
            if (_passing.Task.IsCompleted)
                _passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Goes on.</summary>
    public void Pass()
    {
        lock (_lock)
            _passing.TrySetResult();
    }

    /// <summary>Every connection is reset, and every new one, until <see cref="Live"/>: as when the process at the other end is killed.</summary>
    public void Die()
    {
        _isDead = true;
        Reset();
    }

    /// <summary>The process is there again.</summary>
    public void Live() => _isDead = false;

    void Reset()
    {
        lock (_lock)
            foreach (var socket in _open)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Pass();
        _listener.Dispose();
        Reset();
        await _accepting;
    }

    async Task Accept()
    {
        var pumps = new List<Task>();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptAsync(_end.Token);
                if (_isDead)
                {
                    near.LingerState = new LingerOption(true, 0);
                    near.Dispose();
                    continue;
                }
                pumps.RemoveAll(pump => pump.IsCompleted);
                pumps.Add(Serve(near));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Told to end; or a client that was gone before it was taken.
            }
        }
        await Task.WhenAll(pumps);
    }

    async Task Serve(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await Passing();
            Keep(near, far);
            await far.ConnectAsync(_target, _end.Token);
            await Task.WhenAny(Pump(near, far), Pump(far, near));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two is gone: so is the other.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }
            near.Dispose();
        }
    }

    void Keep(params ReadOnlySpan<Socket> sockets)
    {
        lock (_lock)
            foreach (var socket in sockets)
                _open.Add(socket);
    }

    Task Passing()
    {
        lock (_lock)
            return _passing.Task.WaitAsync(_end.Token);
    }

    async Task Pump(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer, SocketFlags.None, _end.Token);
                await Passing();
                if (read == 0)
                    return;
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), SocketFlags.None, _end.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the pair.
        }
    }
}

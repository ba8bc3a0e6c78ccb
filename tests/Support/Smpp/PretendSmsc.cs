using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CanhLu.Tests.Support.Smpp;

/// <summary>A telephone company's message centre that speaks SMPP 3.4: bind, submit_sm, receipts by deliver_sm, a limit a second, enquire_link, unbind.</summary>
/// <remarks>What it has taken it keeps over a <see cref="Crash"/>, and owes the receipts; a real centre has a disk.</remarks>
sealed class PretendSmsc : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<SmscMessage> _taken = [];
    readonly ConcurrentQueue<SmscMessage> _owed = new();
    readonly HashSet<SmscSession> _sessions = [];
    TcpListener? _listener;
    long _second;
    int _inSecond;
    int _throttled;
    int _silent;
    long _ids;

    /// <summary>Packets taken in any second of the clock; 0 for any number.</summary>
    public int PerSecond { get; set; }

    /// <summary>What becomes of a message: <c>DELIVRD</c>, <c>UNDELIV</c>, <c>EXPIRED</c> …; null when the number is not one.</summary>
    public Func<string, string?> Fate { get; init; } = _ => "DELIVRD";

    public int Port { get; private set; }

    /// <summary>What was taken, oldest first.</summary>
    public IReadOnlyList<SmscMessage> Taken
    {
        get
        {
            lock (_lock)
                return [.. _taken];
        }
    }

    /// <summary>How many packets were refused with ESME_RTHROTTLED.</summary>
    public int Throttled => Volatile.Read(ref _throttled);

    /// <summary>Binds and enquire_links answered.</summary>
    public ConcurrentDictionary<uint, int> Asked { get; } = new();

    /// <summary>Receipts that nobody has confirmed yet.</summary>
    public int Owed => _owed.Count + Sum(session => session.Unconfirmed);

    /// <summary>Listens, on the same port as before.</summary>
    public void Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _ = Accept(listener);
    }

    /// <summary>Takes the next packets and tells nobody; then cuts every line and listens no more.</summary>
    /// <param name="unanswered">How many.</param>
    public async Task Crash(int unanswered)
    {
        Volatile.Write(ref _silent, unanswered);
        await Eventually.True(() => Volatile.Read(ref _silent) <= 0, "as many packets came as were to be left without an answer");
        _listener!.Stop();
        CutAll();
        await Eventually.True(() => Sum(_ => 1) == 0, "every line is cut");
    }

    public ValueTask DisposeAsync()
    {
        _listener?.Stop();
        CutAll();
        return ValueTask.CompletedTask;
    }

    /// <summary>Judges a packet: its status and the id when it was taken, null for no answer at all.</summary>
    internal (uint Status, string Id)? Judge(SubmitSm sm)
    {
        lock (_lock)
        {
            if (_silent < 0)
                return null;
            if (Fate(sm.To) is null)
                return (SmppPdu.InvalidDestination, "");
            var second = (long)RealTime.Provider.GetElapsedTime(0).TotalSeconds;
            (_second, _inSecond) = second == _second ? (_second, _inSecond) : (second, 0);
            if (PerSecond > 0 && _inSecond >= PerSecond)
            {
                Interlocked.Increment(ref _throttled);
                return (SmppPdu.Throttled, "");
            }
            _inSecond++;
            var id = (++_ids).ToString("x8", CultureInfo.InvariantCulture);
            var silent = _silent > 0;
            if (silent && --_silent == 0)
                _silent = -1;
            var message = new SmscMessage(id, sm, !silent, second);
            _taken.Add(message);
            if (silent)
                Owe(message);
            return silent ? null : (0, id);
        }
    }

    internal bool NextReceipt(out SmscMessage? message) => _owed.TryDequeue(out message);

    /// <summary>The answer is on its way: only now may the receipt follow, for Kannel knows nothing of a message whose id it has not read yet.</summary>
    internal void Answered(string id)
    {
        lock (_lock)
            Owe(_taken.FindLast(message => message.Id == id)!);
    }

    internal void Owe(SmscMessage message)
    {
        if ((message.Sm.RegisteredDelivery & 1) != 0)
            _owed.Enqueue(message);
    }

    internal void Gone(SmscSession session)
    {
        lock (_lock)
            _sessions.Remove(session);
    }

    void CutAll()
    {
        SmscSession[] sessions;
        lock (_lock)
            sessions = [.. _sessions];
        foreach (var session in sessions)
            session.Cut();
    }

    int Sum(Func<SmscSession, int> of)
    {
        lock (_lock)
            return _sessions.Sum(of);
    }

    async Task Accept(TcpListener listener)
    {
        Volatile.Write(ref _silent, 0);
        try
        {
            while (true)
            {
                var session = new SmscSession(this, await listener.AcceptTcpClientAsync());
                lock (_lock)
                    _sessions.Add(session);
                _ = session.Run();
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // It listens no more.
        }
    }
}

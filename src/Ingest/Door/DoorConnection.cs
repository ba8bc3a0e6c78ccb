using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CanhLu.Ingest;

/// <summary>One client's connection: one loop that reads, hands readings to the Archive, and acknowledges what is stored.</summary>
/// <remarks>
/// At most two fillings are with the Archive at once: while one is committed, the next is decoded if it has come already. With two on their way
/// nothing is read, and TCP holds the client back. When the connection ends, a filling that the Archive has not taken yet is dropped.
/// </remarks>
sealed class DoorConnection : IDisposable
{
    // What a client has to take its farewell in, before its connection is cut.
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    readonly Door _door;
    readonly ConnectionContext _context;
    readonly PipeReader _input;
    readonly Splitter _splitter;
    readonly Reception _reception;
    readonly Admission _admission;
    readonly CancellationTokenSource _cut = new();
    readonly Lock _waiting = new();
    readonly long _arrivedAt;
    Filling? _waitsFor;
    Filling? _older;
    Filling? _newer;
    Delivery? _delivery;
    bool _isCut;
    bool _reading;
    bool _gone;
    bool _hasLeft;
    int _ended;
    long _endedAt;
    long _lastPacketAt;
    ReasonCode _reason;

    public DoorConnection(Door door, ConnectionContext context)
    {
        _door = door;
        _context = context;
        _input = context.Transport.Input;
        Out = new Outgoing(context.Transport.Output, door.Time);
        _splitter = new Splitter(this);
        _reception = new Reception(door, this);
        _admission = new Admission(door, this);
        _arrivedAt = _lastPacketAt = door.Time.GetTimestamp();
        Address = (context.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "unknown";
    }

    public string Address { get; }

    public Outgoing Out { get; }

    public bool Five { get; set; }

    /// <summary>Whose connection it is; null before CONNECT was accepted.</summary>
    public Account? Account { get; set; }

    public Session? Session { get; set; }

    public Will? Will { get; set; }

    public OwnTopics Topics { get; set; } = null!;

    /// <summary>What it may do if it is a siren; null for everyone else.</summary>
    public Seat? Seat { get; set; }

    /// <summary>What a siren hears; null when it has not asked for anything.</summary>
    public Listening? Listening { get; set; }

    /// <summary>Seconds without a packet after which it ends; 0: never.</summary>
    public double SilenceAllowed { get; set; }

    public int ReceiveMaximum { get; set; }

    public uint MaximumPacketSize { get; set; } = uint.MaxValue;

    /// <summary>The client went by DISCONNECT: its will is not told.</summary>
    public bool SaidGoodbye { get; set; }

    /// <summary>What DISCONNECT said about the session's life; null: nothing.</summary>
    public uint? NewExpiry { get; set; }

    /// <summary>The live view of a technician; null when none was asked for.</summary>
    public Tail? Tail { get; set; }

    public string? CertificateName => _context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
        ? certificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, forIssuer: false)
        : null;

    public async Task Run()
    {
        WatchForSilentDeath();
        await using var gone = _context.ConnectionClosed.UnsafeRegister(static self => ((DoorConnection)self!).Gone(), this);
        var lifetime = _context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var stop = lifetime.UnsafeRegister(static self => ((DoorConnection)self!).End(ReasonCode.ServerShuttingDown), this);
        try
        {
            await Serve();
            while (!_hasLeft && _older is not null && await Answer())
            {
            }
            if (!_gone && !_hasLeft)
                await SayGoodbye();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The transport broke: the client is gone.
            Gone();
        }
        // One client's connection must not take the engine with it, whatever it sent; the log line has the whole of it.
        catch (Exception exception)
        {
            DoorLog.Fault(_door.Log, exception);
        }
        finally
        {
            await Leave();
        }
    }

    /// <summary>Ends the connection from outside its loop; in 5.0 with a DISCONNECT. The first reason counts.</summary>
    public void End(ReasonCode reason)
    {
        if (!TryEnd(reason))
            return;
        CutWaits();
        try
        {
            _input.CancelPendingRead();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this very moment.
        }
    }

    /// <summary>Ends the connection from inside its loop: what came before is still stored and acknowledged.</summary>
    public Step Fail(ReasonCode reason)
    {
        TryEnd(reason);
        return Step.Ended;
    }

    /// <summary>The client has sent DISCONNECT: it takes no answer any more.</summary>
    public void Left(bool saidGoodbye)
    {
        SaidGoodbye = saidGoodbye;
        _hasLeft = true;
        TryEnd(ReasonCode.Success);
    }

    /// <summary>Once a second: what has lasted too long.</summary>
    public void Tick()
    {
        var time = _door.Time;
        if (Volatile.Read(ref _ended) != 0 && time.GetElapsedTime(Volatile.Read(ref _endedAt)) > Farewell
            || Out.UnreadFor.TotalSeconds > _door.Options.UnreadSeconds)
            _context.Abort();
        else if (Account is null && time.GetElapsedTime(_arrivedAt).TotalSeconds > _door.Options.ConnectSeconds)
            End(ReasonCode.ProtocolError);
        else if (SilenceAllowed > 0 && Volatile.Read(ref _reading)
            && time.GetElapsedTime(Volatile.Read(ref _lastPacketAt)).TotalSeconds > SilenceAllowed)
            End(ReasonCode.KeepAliveTimeout);
        Volatile.Read(ref _delivery)?.Retry();
    }

    /// <summary>There may be something to deliver.</summary>
    public void Wake() => Volatile.Read(ref _delivery)?.Wake();

    public void StartDelivery()
    {
        if (_delivery is null)
            Volatile.Write(ref _delivery, new Delivery(_door, this));
        _delivery.Wake();
    }

    /// <summary>Whether a packet of this length may come now.</summary>
    public bool Allows(Frame frame)
    {
        if (Account is null && (frame.Type != PacketType.Connect || frame.Length > Admission.LongestConnect))
            Fail(ReasonCode.ProtocolError);
        else if (frame.Length > _door.Options.MaxPacketSize)
            Fail(ReasonCode.PacketTooLarge);
        else if (frame.IsPadded && Five)
            Fail(ReasonCode.MalformedPacket);
        else
            return true;
        return false;
    }

    public Step Take(Frame frame, ReadOnlySpan<byte> body, Filling filling) =>
        Account is null ? Step.Rare : _reception.Take(frame, body, filling);

    public void Dispose()
    {
        _splitter.Dispose();
        _cut.Dispose();
        Out.Dispose();
    }

    async Task Serve()
    {
        while (Volatile.Read(ref _ended) == 0)
        {
            ReadResult read;
            if (_older is null)
            {
                Volatile.Write(ref _reading, true);
                read = await _input.ReadAsync();
                Volatile.Write(ref _reading, false);
            }
            else if (_newer is not null || !_input.TryRead(out read))
            {
                if (!await Answer())
                    return;
                continue;
            }
            if (Volatile.Read(ref _ended) != 0)
            {
                _input.AdvanceTo(read.Buffer.Start);
                return;
            }
            var filling = _door.Fillings.Get();
            filling.ReceivedAt = _door.Now;
            var to = _splitter.Split(read.Buffer, filling, out var step);
            if (step == Step.NeedMore && to.Equals(read.Buffer.Start))
                _input.AdvanceTo(to, read.Buffer.End);
            else
            {
                Volatile.Write(ref _lastPacketAt, _door.Time.GetTimestamp());
                _input.AdvanceTo(to, step == Step.NeedMore ? read.Buffer.End : to);
            }
            await Hand(filling);
            if (_reception.Pings > 0 && !await AnswerPings())
                return;
            if (step == Step.Rare && !await _admission.Take(_splitter.RareFrame, _splitter.RareBody))
                return;
            if (step == Step.Ended || step == Step.NeedMore && read.IsCompleted)
                return;
        }
    }

    async ValueTask Hand(Filling filling)
    {
        if (filling.IsEmpty)
        {
            if (filling.Messages > 0)
                _door.Taken.Took(WayIn.Door, filling.Messages, 0);
            _door.Fillings.Return(filling);
            return;
        }
        if (filling.Batch.Count > 0 && !_door.Archive.TryWrite(filling.Batch))
        {
            try
            {
                await _door.Archive.WriteAsync(filling.Batch, _cut.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                // The connection ended, or the engine stops: nothing of it is acknowledged.
                _door.Metrics.Lost(filling.Batch.Count);
                _door.Taken.Unanswered(WayIn.Door, filling.Replies);
                if (exception is not OperationCanceledException)
                    End(ReasonCode.ServerShuttingDown);
                return;
            }
        }
        filling.Handed();
        if (_older is null)
            _older = filling;
        else
            _newer = filling;
    }

    /// <summary>Waits for the Archive, and sends the replies of all that is stored in one write. False: the connection is over.</summary>
    async ValueTask<bool> Answer()
    {
        var filling = _older!;
        var next = _newer;
        (_older, _newer) = (next, null);
        if (!await IsStored(filling))
            return false;
        await Out.Enter();
        Write(filling);
        // The same commit may hold both.
        if (next is not null && next.IsSettled && await IsStored(next))
        {
            _older = null;
            Write(next);
            _door.Fillings.Return(next);
        }
        _door.Fillings.Return(filling);
        Volatile.Write(ref _lastPacketAt, _door.Time.GetTimestamp());
        return await Out.Leave();
    }

    async ValueTask<bool> IsStored(Filling filling)
    {
        lock (_waiting)
        {
            if (_isCut)
            {
                _door.Taken.Unanswered(WayIn.Door, filling.Replies);
                return false;
            }
            _waitsFor = filling;
        }
        var outcome = await filling.Answer;
        lock (_waiting)
            _waitsFor = null;
        if (outcome == Outcome.Stored)
            return true;
        _door.Taken.Unanswered(WayIn.Door, filling.Replies);
        if (outcome == Outcome.NotStored)
        {
            _door.Fillings.Return(filling);
            TryEnd(ReasonCode.ServerShuttingDown);
        }
        return false;
    }

    void Write(Filling filling)
    {
        _door.Taken.Took(WayIn.Door, filling.Messages, filling.Batch.Count);
        var replies = filling.Replies;
        for (var i = 0; i < replies;)
        {
            var span = Out.Writer.GetSpan(PacketWriter.LongestReply);
            var written = 0;
            for (; i < replies && span.Length - written >= PacketWriter.LongestReply; i++)
            {
                var (type, reason, packetId) = filling.ReplyAt(i);
                _reception.Replied(type, reason, packetId);
                written += PacketWriter.Reply(span[written..], type, packetId, reason, Five);
            }
            Out.Writer.Advance(written);
        }
    }

    async ValueTask<bool> AnswerPings()
    {
        await Out.Enter();
        for (; _reception.Pings > 0; _reception.Pings--)
            PacketWriter.Pingresp(Out.Writer);
        return await Out.Leave();
    }

    async Task SayGoodbye()
    {
        if (_ended != 0 && Five && Account is not null)
        {
            await Out.Enter();
            PacketWriter.Disconnect(Out.Writer, _reason);
            if (!await Out.Leave())
                return;
        }
        // Closing with unread bytes would make TCP throw away what we said last: so they are read, until the client goes or its time is up.
        while (_ended != 0 && _reason != ReasonCode.ServerShuttingDown && Account is not null && !_gone)
        {
            var read = await _input.ReadAsync();
            _input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    async Task Leave()
    {
        TryEnd(ReasonCode.Success);
        CutWaits();
        if (_delivery is not null)
            await _delivery.Stop();
        if (Tail is not null)
            _door.Tails.Remove(Tail);
        if (Listening is not null)
            _door.Board.Leave(Listening);
        if (Account is null)
            _door.NoLongerUnknown();
        else
            await TakeLeave(Account);
        _door.Release(this);
    }

    async Task TakeLeave(Account account)
    {
        // When it is we who stop, the device did not go, and its will would be false news.
        var over = _door.Sessions.Leave(this, SaidGoodbye || _reason == ReasonCode.ServerShuttingDown || _door.IsStopping, NewExpiry);
        if (over is not null)
            await _door.Ledger.Lose(over, _door.Metrics);
        else if (NewExpiry is not null)
            await _door.Ledger.Keep(Session!.Key);
        _door.TellWills();
        _door.Metrics.Went();
        _door.Metrics.Ended(_reason);
        if (_reason is ReasonCode.Success)
            DoorLog.Went(_door.Log, account.Name, Session!.Key.ClientId, _reason);
        else
            DoorLog.Ended(_door.Log, account.Name, Session!.Key.ClientId, Address, _reason);
    }

    bool TryEnd(ReasonCode reason)
    {
        lock (_waiting)
        {
            if (_ended != 0)
                return false;
            _reason = reason;
            Volatile.Write(ref _endedAt, _door.Time.GetTimestamp());
            Volatile.Write(ref _ended, 1);
            return true;
        }
    }

    // The client closed, or the line broke. What it sent before is still read, but waited for is nothing any more.
    void Gone()
    {
        Volatile.Write(ref _gone, true);
        CutWaits();
    }

    void CutWaits()
    {
        lock (_waiting)
        {
            if (_isCut)
                return;
            _isCut = true;
            _waitsFor?.Abandon();
        }
        _cut.Cancel();
    }

    // A client without keep-alive whose line is cut would stay for ever: TCP asks for it.
    void WatchForSilentDeath()
    {
        if (_context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
            return;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 300);
        }
        catch (SocketException)
        {
            // It is gone already: the first read says so.
        }
    }
}

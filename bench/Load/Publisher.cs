using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>A device that keeps a number of QoS 1 messages in flight on one MQTT 3.1.1 connection, and times each from its write to its PUBACK; or publishes at QoS 0.</summary>
/// <param name="endpoint">Where the server listens; loopback.</param>
/// <param name="device">Its id, its user name and its topic.</param>
/// <param name="password">Its password; null for none.</param>
/// <param name="orders">What it sends.</param>
/// <param name="latency">Takes the times, in ticks of 100 ns; others may write into it only when it is made for that.</param>
sealed class Publisher(IPEndPoint endpoint, string device, string? password, Orders orders, HistogramBase latency) : IDisposable
{
    const int Burst = 1024;
    const byte AtQos0 = 0x30, AtQos1 = 0x32, Again = 0x08;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // PUBACKs come in the order of the messages, so that twice as many identifiers as may be in flight never meet. The rings are small: there may be ten thousand of us.
    readonly int _ids = Math.Clamp(2 * orders.InFlight, 64, 65_535);
    readonly long[] _sentAt = new long[orders.Qos == 0 ? 0 : Math.Clamp(2 * orders.InFlight, 64, 65_535)];
    readonly (Payload Payload, long Time)[] _unanswered = new (Payload, long)[orders.ComesBack ? Math.Clamp(2 * orders.InFlight, 64, 65_535) : 0];
    readonly byte[] _topic = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/up");
    readonly byte[] _read = new byte[Math.Clamp(8 * orders.InFlight, 256, 64 * 1024)];
    Socket _socket = NewSocket(endpoint);
    Payload _payload = orders.Payload;
    long _nextTime = orders.FirstTime;
    int _kept;

    public long Sent { get; private set; }

    /// <summary>Messages acknowledged; at QoS 0, messages handed to the system.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>When the first high stage was written to the socket, a time of <see cref="Stopwatch"/>; 0: none was.</summary>
    public long CrossedAt { get; private set; }

    /// <summary>Is let in.</summary>
    public async Task ConnectAsync(CancellationToken abort)
    {
        await _socket.ConnectAsync(endpoint, abort);
        await _socket.SendAsync(Connect(), abort);
        for (var got = 0; got < 4;)
        {
            var read = await _socket.ReceiveAsync(_read.AsMemory(got, 4 - got), abort);
            if (read == 0)
                throw new LetDownException($"{device} was not let in: the server hung up.");
            got += read;
        }
        if (_read[0] != 0x20 || _read[3] != 0)
            throw new LetDownException($"{device} was not let in: CONNACK {_read[3]}.");
        _kept = 0;
    }

    /// <summary>Publishes until told to stop, then waits for what is in flight.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var outgoing = new byte[Math.Min(orders.InFlight, Burst) * (_payload.Length + _topic.Length + 16)];
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await PublishAsync(outgoing, started, stop, abort);
                return;
            }
            catch (Exception gone) when (orders.ComesBack && gone is LetDownException or SocketException)
            {
                await ComeBackAsync(outgoing, abort);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    async Task PublishAsync(byte[] outgoing, long started, CancellationToken stop, CancellationToken abort)
    {
        while (true)
        {
            var goesOn = !stop.IsCancellationRequested && Sent < orders.Most;
            if (!goesOn && Sent == Acknowledged)
                return;
            var elapsed = Stopwatch.GetElapsedTime(started);
            var room = goesOn ? Room(elapsed) : 0;
            if (room > 0)
            {
                if (orders.High is { } high && CrossedAt == 0 && elapsed >= orders.CrossAfter)
                {
                    _payload = high;
                    CrossedAt = Stopwatch.GetTimestamp();
                }
                var length = 0;
                var now = Stopwatch.GetTimestamp();
                for (var i = 0; i < room; i++)
                    length += Publish(outgoing.AsSpan(length), now);
                await SendAsync(outgoing, length, abort);
                if (orders.Qos == 0)
                {
                    Acknowledged = Sent;
                    // A write that does not wait would keep its thread for itself.
                    await Task.Yield();
                }
            }
            else if (Sent == Acknowledged)
            {
                var due = TimeSpan.FromSeconds((Sent + 1 + orders.Phase) / orders.PerSecond) - elapsed;
                await Task.Delay(due > TimeSpan.FromMilliseconds(1) ? due : TimeSpan.FromMilliseconds(1), Clocks.Timers, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            if (orders.Qos == 0)
                continue;
            var read = await _socket.ReceiveAsync(_read.AsMemory(_kept), abort);
            if (read == 0)
                throw new LetDownException($"{device}: the server hung up after {Acknowledged} of {Sent}.");
            _kept = Acknowledge(_read, _kept + read);
        }
    }

    /// <summary>Connects again, however often it takes, and repeats what is in flight, marked so.</summary>
    async Task ComeBackAsync(byte[] outgoing, CancellationToken abort)
    {
        while (true)
        {
            _socket.Dispose();
            _socket = NewSocket(endpoint);
            try
            {
                await ConnectAsync(abort);
                for (var next = Acknowledged; next < Sent;)
                {
                    var length = 0;
                    for (var i = 0; i < Burst && next < Sent; i++, next++)
                        length += Write(outgoing.AsSpan(length), next, AtQos1 | Again, _unanswered[next % _ids].Payload, _unanswered[next % _ids].Time);
                    await SendAsync(outgoing, length, abort);
                }
                return;
            }
            catch (Exception still) when (still is LetDownException or SocketException)
            {
                await Task.Delay(Pause, Clocks.Timers, abort);
            }
        }
    }

    int Room(TimeSpan elapsed)
    {
        var room = Math.Min(orders.InFlight - (Sent - Acknowledged), orders.Most - Sent);
        if (orders.PerSecond > 0)
            room = Math.Min(room, (long)(elapsed.TotalSeconds * orders.PerSecond - orders.Phase) - Sent);
        return (int)Math.Min(room, Math.Min(orders.InFlight, Burst));
    }

    async Task SendAsync(byte[] bytes, int length, CancellationToken abort)
    {
        for (var sent = 0; sent < length;)
            sent += await _socket.SendAsync(bytes.AsMemory(sent, length - sent), abort);
    }

    byte[] Connect()
    {
        var id = Encoding.UTF8.GetBytes(device);
        var secret = password is null ? null : Encoding.UTF8.GetBytes(password);
        var length = 10 + 2 + id.Length + (secret is null ? 0 : 2 + id.Length + 2 + secret.Length);
        using var packet = new MemoryStream();
        packet.WriteByte(0x10);
        WriteLength(packet, length);
        packet.Write([0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, (byte)(secret is null ? 0x02 : 0xC2), 0, 0]);
        WriteField(packet, id);
        if (secret is not null)
        {
            WriteField(packet, id);
            WriteField(packet, secret);
        }
        return packet.ToArray();
    }

    static Socket NewSocket(IPEndPoint endpoint) => new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    static void WriteLength(MemoryStream packet, int length)
    {
        for (; length >= 0x80; length >>= 7)
            packet.WriteByte((byte)(length | 0x80));
        packet.WriteByte((byte)length);
    }

    static void WriteField(MemoryStream packet, byte[] field)
    {
        packet.Write([(byte)(field.Length >> 8), (byte)field.Length]);
        packet.Write(field);
    }

    int Publish(Span<byte> target, long now)
    {
        var length = Write(target, Sent, orders.Qos == 0 ? AtQos0 : AtQos1, _payload, _nextTime);
        if (orders.Qos > 0)
            _sentAt[Sent % _ids] = now;
        if (orders.ComesBack)
            _unanswered[Sent % _ids] = (_payload, _nextTime);
        _nextTime += _payload.Readings * _payload.Step;
        Sent++;
        return length;
    }

    /// <summary>Writes a message; its number gives its identifier.</summary>
    int Write(Span<byte> target, long number, byte head, Payload payload, long time)
    {
        var withId = head != AtQos0;
        var remaining = 2 + _topic.Length + (withId ? 2 : 0) + payload.Length;
        var at = 0;
        target[at++] = head;
        for (; remaining >= 0x80; remaining >>= 7)
            target[at++] = (byte)(remaining | 0x80);
        target[at++] = (byte)remaining;
        BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)_topic.Length);
        _topic.CopyTo(target[(at += 2)..]);
        at += _topic.Length;
        if (withId)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)(number % _ids + 1));
            at += 2;
        }
        return at + payload.Write(target[at..], time);
    }

    /// <summary>Counts the PUBACKs; returns how many bytes of an unfinished one were moved to the front.</summary>
    int Acknowledge(byte[] buffer, int length)
    {
        var now = Stopwatch.GetTimestamp();
        var at = 0;
        for (; length - at >= 4; at += 4)
        {
            if (buffer[at] != 0x40 || buffer[at + 1] != 2)
                throw new InvalidOperationException($"{device}: {buffer[at]:x2} {buffer[at + 1]:x2} is no PUBACK.");
            var id = BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(at + 2));
            if (id != Acknowledged % _ids + 1)
                throw new InvalidOperationException($"{device}: PUBACK {id} out of its order.");
            latency.RecordValue(Math.Clamp(Stopwatch.GetElapsedTime(_sentAt[id - 1], now).Ticks, 1, latency.HighestTrackableValue));
            Acknowledged++;
        }
        buffer.AsSpan(at, length - at).CopyTo(buffer);
        return length - at;
    }
}

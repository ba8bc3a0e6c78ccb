using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>A device that keeps a number of QoS 1 messages in flight on one MQTT 3.1.1 connection, and times each from its write to its PUBACK.</summary>
/// <param name="endpoint">Where the server listens; loopback.</param>
/// <param name="device">Its id, its user name and its topic.</param>
/// <param name="password">Its password; null for none.</param>
/// <param name="orders">What it sends.</param>
sealed class Publisher(IPEndPoint endpoint, string device, string? password, Orders orders) : IDisposable
{
    const int Burst = 1024;

    readonly Socket _socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _topic = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/up");
    readonly byte[] _read = new byte[64 * 1024];
    readonly long[] _sentAt = new long[65536];
    readonly LongHistogram _latency = new(TimeSpan.FromMinutes(1).Ticks, 3);
    Payload _payload = orders.Payload;
    long _nextTime = orders.FirstTime;
    ushort _nextId;

    public long Sent { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>When the first high stage was written to the socket, a time of <see cref="Stopwatch"/>; 0: none was.</summary>
    public long CrossedAt { get; private set; }

    public LongHistogram Latency => _latency;

    /// <summary>Is let in.</summary>
    public async Task ConnectAsync(CancellationToken abort)
    {
        await _socket.ConnectAsync(endpoint, abort);
        await _socket.SendAsync(Connect(), abort);
        for (var got = 0; got < 4;)
        {
            var read = await _socket.ReceiveAsync(_read.AsMemory(got, 4 - got), abort);
            if (read == 0)
                throw new InvalidOperationException($"{device} was not let in: the server hung up.");
            got += read;
        }
        if (_read[0] != 0x20 || _read[3] != 0)
            throw new InvalidOperationException($"{device} was not let in: CONNACK {_read[3]}.");
    }

    /// <summary>Publishes until told to stop, then waits for what is in flight.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var outgoing = new byte[Math.Min(orders.InFlight, Burst) * (_payload.Length + _topic.Length + 16)];
        var kept = 0;
        var started = Stopwatch.GetTimestamp();
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
                    length += Publish(outgoing.AsSpan(length), _topic, now);
                for (var sent = 0; sent < length;)
                    sent += await _socket.SendAsync(outgoing.AsMemory(sent, length - sent), abort);
            }
            else if (Sent == Acknowledged)
            {
                var due = TimeSpan.FromSeconds((Sent + 1 + orders.Phase) / orders.PerSecond) - elapsed;
                await Task.Delay(due > TimeSpan.FromMilliseconds(1) ? due : TimeSpan.FromMilliseconds(1), Clocks.Timers, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            var read = await _socket.ReceiveAsync(_read.AsMemory(kept), abort);
            if (read == 0)
                throw new InvalidOperationException($"{device}: the server hung up after {Acknowledged} of {Sent}.");
            kept = Acknowledge(_read, kept + read);
        }
    }

    public void Dispose() => _socket.Dispose();

    int Room(TimeSpan elapsed)
    {
        var room = Math.Min(orders.InFlight - (Sent - Acknowledged), orders.Most - Sent);
        if (orders.PerSecond > 0)
            room = Math.Min(room, (long)(elapsed.TotalSeconds * orders.PerSecond - orders.Phase) - Sent);
        return (int)Math.Min(room, Math.Min(orders.InFlight, Burst));
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

    int Publish(Span<byte> target, byte[] topic, long now)
    {
        if (++_nextId == 0)
            _nextId = 1;
        var remaining = 2 + topic.Length + 2 + _payload.Length;
        var at = 0;
        target[at++] = 0x32;
        for (; remaining >= 0x80; remaining >>= 7)
            target[at++] = (byte)(remaining | 0x80);
        target[at++] = (byte)remaining;
        BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)topic.Length);
        topic.CopyTo(target[(at += 2)..]);
        BinaryPrimitives.WriteUInt16BigEndian(target[(at += topic.Length)..], _nextId);
        at += 2;
        at += _payload.Write(target[at..], _nextTime);
        _nextTime += _payload.Readings * _payload.Step;
        _sentAt[_nextId] = now;
        Sent++;
        return at;
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
            _latency.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(_sentAt[id], now).Ticks));
            Acknowledged++;
        }
        buffer.AsSpan(at, length - at).CopyTo(buffer);
        return length - at;
    }
}

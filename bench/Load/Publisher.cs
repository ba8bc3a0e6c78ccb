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
/// <param name="payload">What it sends.</param>
/// <param name="inFlight">How many messages wait for their PUBACK, 1 to 60,000.</param>
/// <param name="firstTime">The first reading's time, epoch ms; each next reading is 1 ms later.</param>
/// <param name="perSecond">Messages a second; 0 for as many as go.</param>
sealed class Publisher(IPEndPoint endpoint, string device, string? password, Payload payload, int inFlight, long firstTime, int perSecond = 0)
{
    readonly long[] _sentAt = new long[65536];
    readonly LongHistogram _latency = new(TimeSpan.FromMinutes(1).Ticks, 3);
    long _nextTime = firstTime;
    ushort _nextId;

    public long Sent { get; private set; }

    public long Acknowledged { get; private set; }

    public LongHistogram Latency => _latency;

    /// <summary>Publishes until told to stop, then waits for what is in flight.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint, abort);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Connect(), abort);
        var buffer = new byte[64 * 1024];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 4), abort);
        if (buffer[0] != 0x20 || buffer[3] != 0)
            throw new InvalidOperationException($"{device} was not let in: CONNACK {buffer[3]}.");

        var topic = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/up");
        var outgoing = new byte[Math.Min(inFlight, 1024) * (payload.Length + topic.Length + 16)];
        var kept = 0;
        var started = Stopwatch.GetTimestamp();
        while (Sent > Acknowledged || !stop.IsCancellationRequested)
        {
            var room = stop.IsCancellationRequested ? 0 : inFlight - (int)(Sent - Acknowledged);
            if (perSecond > 0)
                room = (int)Math.Min(room, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) - Sent);
            room = Math.Min(room, Math.Min(inFlight, 1024));
            if (room > 0)
            {
                var length = 0;
                var now = Stopwatch.GetTimestamp();
                for (var i = 0; i < room; i++)
                    length += Publish(outgoing.AsSpan(length), topic, now);
                await stream.WriteAsync(outgoing.AsMemory(0, length), abort);
            }
            else if (perSecond > 0 && Sent == Acknowledged)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), Clocks.Timers, abort);
                continue;
            }
            var read = await stream.ReadAsync(buffer.AsMemory(kept), abort);
            if (read == 0)
                throw new InvalidOperationException($"{device}: the server hung up after {Acknowledged} of {Sent}.");
            kept = Acknowledge(buffer, kept + read);
        }
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
        var remaining = 2 + topic.Length + 2 + payload.Length;
        var at = 0;
        target[at++] = 0x32;
        for (; remaining >= 0x80; remaining >>= 7)
            target[at++] = (byte)(remaining | 0x80);
        target[at++] = (byte)remaining;
        BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)topic.Length);
        topic.CopyTo(target[(at += 2)..]);
        BinaryPrimitives.WriteUInt16BigEndian(target[(at += topic.Length)..], _nextId);
        at += 2;
        at += payload.Write(target[at..], _nextTime);
        _nextTime += payload.Readings;
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

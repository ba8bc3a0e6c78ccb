namespace CanhLu.Ingest;

/// <summary>One line of a SUBSCRIBE.</summary>
/// <param name="Filter">Its bytes; not yet judged but that they are text.</param>
/// <param name="Qos">The greatest QoS wanted, 0 to 2.</param>
/// <param name="RetainAsPublished">Whether the RETAIN bit is handed on (5.0, 3.8.3.1).</param>
/// <param name="RetainHandling">0: retained messages are sent; 1: only for a new subscription; 2: not.</param>
/// <param name="NoLocal">Not to be sent what it publishes itself.</param>
readonly record struct Wish(byte[] Filter, int Qos, bool RetainAsPublished, int RetainHandling, bool NoLocal);

/// <summary>SUBSCRIBE (MQTT 5.0, 3.8) and UNSUBSCRIBE (3.10).</summary>
sealed record SubscribePacket(ushort PacketId, List<Wish> Wishes)
{
    public static ReasonCode Read(PacketType type, int flags, ReadOnlySpan<byte> body, bool five, out SubscribePacket packet)
    {
        packet = null!;
        var subscribing = type == PacketType.Subscribe;
        var reader = new WireReader(body);
        if (flags != 2 || !reader.TryUInt16(out var packetId) || packetId == 0)
            return ReasonCode.MalformedPacket;
        if (five)
        {
            if (!reader.TryBlock(out var block))
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, subscribing ? PropertySet.Subscribe : PropertySet.Unsubscribe);
            while (properties.Next(out var property, out var number, out _))
                if (property == Property.SubscriptionIdentifier)
                    return number == 0 ? ReasonCode.ProtocolError : ReasonCode.SubscriptionIdentifiersNotSupported;
            if (properties.Failure != ReasonCode.Success)
                return properties.Failure;
        }
        // A packet without a filter is a protocol error (3.8.3-2, 3.10.3-2).
        if (reader.AtEnd)
            return ReasonCode.ProtocolError;
        var wishes = new List<Wish>();
        while (!reader.AtEnd)
        {
            byte options = 0;
            if (!reader.TryText(out var filter) || subscribing && !reader.TryByte(out options))
                return ReasonCode.MalformedPacket;
            // 3.1.1 reserves all but the QoS; 5.0 the upper two bits. QoS 3 and retain handling 3 are nothing.
            if ((options & (five ? 0xC0 : 0xFC)) != 0 || (options & 3) == 3 || (options >> 4 & 3) == 3)
                return ReasonCode.MalformedPacket;
            var noLocal = (options & 4) != 0;
            if (noLocal && TopicFilter.IsShared(filter))
                return ReasonCode.ProtocolError;
            wishes.Add(new Wish(filter.ToArray(), options & 3, (options & 8) != 0, options >> 4 & 3, noLocal));
        }
        packet = new SubscribePacket(packetId, wishes);
        return ReasonCode.Success;
    }
}

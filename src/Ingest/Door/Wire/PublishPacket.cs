using System.Buffers.Binary;

namespace CanhLu.Ingest;

/// <summary>PUBLISH (MQTT 5.0, 3.3), read in place.</summary>
readonly ref struct PublishPacket
{
    public ReadOnlySpan<byte> Topic { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public int Qos { get; private init; }

    public bool Retain { get; private init; }

    /// <summary>0 with QoS 0, never otherwise.</summary>
    public ushort PacketId { get; private init; }

    /// <summary>Null when the packet has none.</summary>
    public ushort? Alias { get; private init; }

    /// <summary>Reads the body. The topic's bytes are the caller's to judge: most of them it knows.</summary>
    public static ReasonCode Read(int flags, ReadOnlySpan<byte> body, bool five, out PublishPacket packet)
    {
        packet = default;
        var qos = flags >> 1 & 3;
        // DUP with QoS 0 is forbidden (3.3.1-2).
        if (qos == 3 || qos == 0 && (flags & 8) != 0)
            return ReasonCode.MalformedPacket;
        if (body.Length < 2)
            return ReasonCode.MalformedPacket;
        var topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        var rest = body[2..];
        if (rest.Length < topicLength)
            return ReasonCode.MalformedPacket;
        var topic = rest[..topicLength];
        rest = rest[topicLength..];
        ushort packetId = 0;
        if (qos > 0)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out packetId) || packetId == 0)
                return ReasonCode.MalformedPacket;
            rest = rest[2..];
        }
        ushort? alias = null;
        if (five)
        {
            if (rest.IsEmpty)
                return ReasonCode.MalformedPacket;
            if (rest[0] == 0)
                rest = rest[1..];
            else
            {
                var reader = new WireReader(rest);
                if (!reader.TryBlock(out var block))
                    return ReasonCode.MalformedPacket;
                var failure = ReadProperties(block, out alias);
                if (failure != ReasonCode.Success)
                    return failure;
                rest = reader.Rest;
            }
        }
        packet = new PublishPacket
        {
            Topic = topic,
            Payload = rest,
            Qos = qos,
            Retain = (flags & 1) != 0,
            PacketId = packetId,
            Alias = alias,
        };
        return ReasonCode.Success;
    }

    static ReasonCode ReadProperties(ReadOnlySpan<byte> block, out ushort? alias)
    {
        alias = null;
        var properties = new PropertyReader(block, PropertySet.Publish);
        while (properties.Next(out var property, out var number, out var bytes))
        {
            switch (property)
            {
                case Property.TopicAlias:
                    alias = (ushort)number;
                    break;
                case Property.SubscriptionIdentifier:
                case Property.PayloadFormatIndicator when number > 1:
                case Property.ResponseTopic when !TopicName.IsValid(bytes):
                    return ReasonCode.ProtocolError;
            }
        }
        return properties.Failure;
    }
}

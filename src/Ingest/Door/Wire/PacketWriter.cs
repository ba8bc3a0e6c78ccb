using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CanhLu.Ingest;

/// <summary>Writes the packets of the door (MQTT 3.1.1 and 5.0) into an output.</summary>
static class PacketWriter
{
    /// <summary>Room that the longest <see cref="Reply"/> takes.</summary>
    public const int LongestReply = 5;

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP into <paramref name="span"/>; returns the bytes written.</summary>
    public static int Reply(Span<byte> span, PacketType type, ushort packetId, ReasonCode reason, bool five)
    {
        var withReason = five && reason != ReasonCode.Success;
        span[0] = (byte)((int)type << 4 | (type == PacketType.Pubrel ? 2 : 0));
        span[1] = (byte)(withReason ? 3 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], packetId);
        if (!withReason)
            return 4;
        span[4] = (byte)reason;
        return 5;
    }

    public static void Pingresp(IBufferWriter<byte> output) => Put(output, [(byte)((int)PacketType.Pingresp << 4), 0]);

    public static void Disconnect(IBufferWriter<byte> output, ReasonCode reason) =>
        Put(output, [(byte)((int)PacketType.Disconnect << 4), 1, (byte)reason]);

    /// <summary>CONNACK of a refusal.</summary>
    public static void Refuse(IBufferWriter<byte> output, ReasonCode reason, bool five)
    {
        if (five)
            Put(output, [0x20, 3, 0, (byte)reason, 0]);
        else
            Put(output, [0x20, 2, 0, ReturnCode(reason)]);
    }

    /// <summary>CONNACK of a welcome.</summary>
    public static void Welcome(IBufferWriter<byte> output, bool five, bool sessionPresent, in WelcomeTerms terms)
    {
        if (!five)
        {
            Put(output, [0x20, 2, (byte)(sessionPresent ? 1 : 0), 0]);
            return;
        }
        // Nothing below is longer than the numbers and one client identifier of our own making.
        Span<byte> properties = stackalloc byte[128];
        var length = 0;
        Add16(properties, ref length, Property.ReceiveMaximum, (ushort)terms.ReceiveMaximum);
        Add32(properties, ref length, Property.MaximumPacketSize, (uint)terms.MaximumPacketSize);
        Add16(properties, ref length, Property.TopicAliasMaximum, (ushort)terms.TopicAliasMaximum);
        Add8(properties, ref length, Property.SubscriptionIdentifierAvailable, 0);
        Add8(properties, ref length, Property.SharedSubscriptionAvailable, 0);
        if (terms.SessionExpiry is { } expiry)
            Add32(properties, ref length, Property.SessionExpiryInterval, expiry);
        if (terms.ServerKeepAlive is { } keepAlive)
            Add16(properties, ref length, Property.ServerKeepAlive, keepAlive);
        if (terms.AssignedClientId is { } clientId)
        {
            properties[length++] = (byte)Property.AssignedClientIdentifier;
            var written = Encoding.UTF8.GetBytes(clientId, properties[(length + 2)..]);
            BinaryPrimitives.WriteUInt16BigEndian(properties[length..], (ushort)written);
            length += 2 + written;
        }
        Put(output, [0x20, (byte)(3 + length), (byte)(sessionPresent ? 1 : 0), 0, (byte)length]);
        Put(output, properties[..length]);
    }

    /// <summary>SUBACK and UNSUBACK; the latter has no codes in 3.1.1.</summary>
    public static void Answers(IBufferWriter<byte> output, PacketType type, ushort packetId, ReadOnlySpan<byte> codes, bool five)
    {
        var withCodes = five || type == PacketType.Suback;
        Header(output, (byte)((int)type << 4), 2 + (five ? 1 : 0) + (withCodes ? codes.Length : 0));
        Put(output, [(byte)(packetId >> 8), (byte)packetId]);
        if (five)
            Put(output, [(byte)0]);
        if (withCodes)
            Put(output, codes);
    }

    public static int PublishLength(int topic, int payload, int qos, bool five)
    {
        var body = 2 + topic + (qos > 0 ? 2 : 0) + (five ? 1 : 0) + payload;
        return body + (body < 1 << 7 ? 2 : body < 1 << 14 ? 3 : body < 1 << 21 ? 4 : 5);
    }

    public static void Publish(
        IBufferWriter<byte> output, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, int qos, ushort packetId, bool repeated, bool retain,
        bool five)
    {
        var first = (int)PacketType.Publish << 4 | (repeated ? 8 : 0) | qos << 1 | (retain ? 1 : 0);
        Header(output, (byte)first, 2 + topic.Length + (qos > 0 ? 2 : 0) + (five ? 1 : 0) + payload.Length);
        Put(output, [(byte)(topic.Length >> 8), (byte)topic.Length]);
        Put(output, topic);
        if (qos > 0)
            Put(output, [(byte)(packetId >> 8), (byte)packetId]);
        if (five)
            Put(output, [(byte)0]);
        Put(output, payload);
    }

    /// <summary>The return code of 3.1.1 (3.2.2.3) that says what a reason code of 5.0 says.</summary>
    static byte ReturnCode(ReasonCode reason) => reason switch
    {
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword => 4,
        ReasonCode.NotAuthorized => 5,
        _ => 3,
    };

    static void Put(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);

    static void Header(IBufferWriter<byte> output, byte first, int length)
    {
        var span = output.GetSpan(Frame.LongestHeader);
        span[0] = first;
        var written = 1;
        do
        {
            span[written++] = (byte)(length & 0x7F | (length > 0x7F ? 0x80 : 0));
            length >>= 7;
        }
        while (length > 0);
        output.Advance(written);
    }

    static void Add8(Span<byte> span, ref int length, Property property, byte value)
    {
        span[length++] = (byte)property;
        span[length++] = value;
    }

    static void Add16(Span<byte> span, ref int length, Property property, ushort value)
    {
        span[length++] = (byte)property;
        BinaryPrimitives.WriteUInt16BigEndian(span[length..], value);
        length += 2;
    }

    static void Add32(Span<byte> span, ref int length, Property property, uint value)
    {
        span[length++] = (byte)property;
        BinaryPrimitives.WriteUInt32BigEndian(span[length..], value);
        length += 4;
    }
}

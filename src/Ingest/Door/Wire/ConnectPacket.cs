using System.Text;

namespace CanhLu.Ingest;

/// <summary>CONNECT (MQTT 3.1.1 and 5.0, 3.1).</summary>
sealed record ConnectPacket
{
    /// <summary>5.0, otherwise 3.1.1. Told even of a packet that is refused, so that the answer has the right form.</summary>
    public bool Five { get; private set; }

    /// <summary>Clean Session of 3.1.1, Clean Start of 5.0.</summary>
    public bool CleanStart { get; private set; }

    /// <summary>Seconds without a packet, of which one and a half times as many end the connection; 0: never.</summary>
    public ushort KeepAlive { get; private set; }

    public string ClientId { get; private set; } = "";

    public string? UserName { get; private set; }

    public byte[]? Password { get; private set; }

    public Will? Will { get; private set; }

    /// <summary>Seconds that the session lives on; null when not said (3.1.1, or the 0 of 5.0).</summary>
    public uint? SessionExpiry { get; private set; }

    /// <summary>How many of our QoS 1 messages the client takes unacknowledged.</summary>
    public int ReceiveMaximum { get; private set; } = ushort.MaxValue;

    /// <summary>The largest packet that the client takes.</summary>
    public uint MaximumPacketSize { get; private set; } = uint.MaxValue;

    /// <summary>Reads the body; anything but success is a refusal, and <see cref="CanAnswer"/> tells whether with a CONNACK.</summary>
    public ReasonCode Read(int flags, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (flags != 0 || !reader.TryBinary(out var protocol) || !reader.TryByte(out var level))
            return ReasonCode.MalformedPacket;
        if (!protocol.SequenceEqual("MQTT"u8))
        {
            CanAnswer = protocol.SequenceEqual("MQIsdp"u8);
            return ReasonCode.UnsupportedProtocolVersion;
        }
        CanAnswer = true;
        Five = level >= 5;
        if (level is not (4 or 5))
            return ReasonCode.UnsupportedProtocolVersion;
        if (!reader.TryByte(out var connectFlags) || !reader.TryUInt16(out var keepAlive))
            return ReasonCode.MalformedPacket;
        var (userName, password) = ((connectFlags & 0x80) != 0, (connectFlags & 0x40) != 0);
        var (willRetain, willQos, will) = ((connectFlags & 0x20) != 0, connectFlags >> 3 & 3, (connectFlags & 4) != 0);
        if ((connectFlags & 1) != 0 || willQos == 3 || !will && (willRetain || willQos != 0) || !Five && password && !userName)
            return ReasonCode.MalformedPacket;
        CleanStart = (connectFlags & 2) != 0;
        KeepAlive = keepAlive;
        if (Five && ReadProperties(ref reader) is var failure and not ReasonCode.Success)
            return failure;
        if (!reader.TryText(out var clientId))
            return ReasonCode.MalformedPacket;
        ClientId = Encoding.UTF8.GetString(clientId);
        if (will && ReadWill(ref reader, willQos, willRetain) is var wrong and not ReasonCode.Success)
            return wrong;
        if (userName)
        {
            if (!reader.TryText(out var name))
                return ReasonCode.MalformedPacket;
            UserName = Encoding.UTF8.GetString(name);
        }
        if (password)
        {
            if (!reader.TryBinary(out var bytes))
                return ReasonCode.MalformedPacket;
            Password = bytes.ToArray();
        }
        return reader.AtEnd ? ReasonCode.Success : ReasonCode.MalformedPacket;
    }

    /// <summary>Whether the refused client would understand a CONNACK at all.</summary>
    public bool CanAnswer { get; private set; }

    ReasonCode ReadProperties(ref WireReader reader)
    {
        if (!reader.TryBlock(out var block))
            return ReasonCode.MalformedPacket;
        var properties = new PropertyReader(block, PropertySet.Connect);
        var method = false;
        var data = false;
        while (properties.Next(out var property, out var number, out _))
        {
            switch (property)
            {
                case Property.SessionExpiryInterval:
                    SessionExpiry = number;
                    break;
                case Property.ReceiveMaximum when number > 0:
                    ReceiveMaximum = (int)number;
                    break;
                case Property.MaximumPacketSize when number > 0:
                    MaximumPacketSize = number;
                    break;
                case Property.AuthenticationMethod:
                    method = true;
                    break;
                case Property.AuthenticationData:
                    data = true;
                    break;
                case Property.TopicAliasMaximum:
                case Property.RequestProblemInformation or Property.RequestResponseInformation when number <= 1:
                    break;
                default:
                    return ReasonCode.ProtocolError;
            }
        }
        if (properties.Failure != ReasonCode.Success)
            return properties.Failure;
        if (method)
            return ReasonCode.BadAuthenticationMethod;
        return data ? ReasonCode.ProtocolError : ReasonCode.Success;
    }

    ReasonCode ReadWill(ref WireReader reader, int qos, bool retain)
    {
        var delay = 0u;
        if (Five)
        {
            if (!reader.TryBlock(out var block))
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySet.Will);
            while (properties.Next(out var property, out var number, out var bytes))
            {
                if (property == Property.WillDelayInterval)
                    delay = number;
                else if (property == Property.PayloadFormatIndicator && number > 1
                    || property == Property.ResponseTopic && !TopicName.IsValid(bytes))
                    return ReasonCode.ProtocolError;
            }
            if (properties.Failure != ReasonCode.Success)
                return properties.Failure;
        }
        if (!reader.TryText(out var topic) || !TopicName.IsValid(topic) || !reader.TryBinary(out var payload))
            return ReasonCode.MalformedPacket;
        Will = new Will(topic.ToArray(), payload.ToArray(), qos, retain, delay);
        return ReasonCode.Success;
    }
}

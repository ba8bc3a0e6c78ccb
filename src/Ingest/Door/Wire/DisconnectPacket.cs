namespace CanhLu.Ingest;

/// <summary>DISCONNECT (MQTT 5.0, 3.14) from a client.</summary>
/// <param name="Reason">0 is the normal end: the will is thrown away.</param>
/// <param name="SessionExpiry">Seconds; null leaves what CONNECT said.</param>
readonly record struct DisconnectPacket(byte Reason, uint? SessionExpiry)
{
    public static ReasonCode Read(int flags, ReadOnlySpan<byte> body, bool five, out DisconnectPacket packet)
    {
        packet = default;
        if (flags != 0 || !five && !body.IsEmpty)
            return ReasonCode.MalformedPacket;
        var reader = new WireReader(body);
        if (reader.AtEnd)
            return ReasonCode.Success;
        uint? expiry = null;
        if (!reader.TryByte(out var reason))
            return ReasonCode.MalformedPacket;
        if (!reader.AtEnd)
        {
            if (!reader.TryBlock(out var block) || !reader.AtEnd)
                return ReasonCode.MalformedPacket;
            var properties = new PropertyReader(block, PropertySet.Disconnect);
            while (properties.Next(out var property, out var number, out _))
                if (property == Property.SessionExpiryInterval)
                    expiry = number;
            if (properties.Failure != ReasonCode.Success)
                return properties.Failure;
        }
        packet = new DisconnectPacket(reason, expiry);
        return ReasonCode.Success;
    }
}

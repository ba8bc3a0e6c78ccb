namespace CanhLu.Ingest;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (MQTT 5.0, 3.4 to 3.7) from a client.</summary>
readonly record struct ReplyPacket(ushort PacketId, byte Reason)
{
    public static ReasonCode Read(PacketType type, int flags, ReadOnlySpan<byte> body, bool five, out ReplyPacket packet)
    {
        packet = default;
        if (flags != (type == PacketType.Pubrel ? 2 : 0))
            return ReasonCode.MalformedPacket;
        var reader = new WireReader(body);
        if (!reader.TryUInt16(out var packetId) || packetId == 0)
            return ReasonCode.MalformedPacket;
        byte reason = 0;
        if (!reader.AtEnd)
        {
            if (!five || !reader.TryByte(out reason))
                return ReasonCode.MalformedPacket;
            if (!reader.AtEnd)
            {
                if (!reader.TryBlock(out var block) || !reader.AtEnd)
                    return ReasonCode.MalformedPacket;
                var failure = PropertyReader.Skip(block, PropertySet.Acknowledgement);
                if (failure != ReasonCode.Success)
                    return failure;
            }
        }
        packet = new ReplyPacket(packetId, reason);
        return ReasonCode.Success;
    }
}

namespace CanhLu.Ingest;

/// <summary>A set of packet identifiers: 8 KiB once something is in it.</summary>
sealed class PacketIds
{
    ulong[]? _bits;

    public bool Contains(ushort packetId) => _bits is { } bits && (bits[packetId >> 6] & 1UL << packetId) != 0;

    public void Add(ushort packetId) => (_bits ??= new ulong[1024])[packetId >> 6] |= 1UL << packetId;

    public bool Remove(ushort packetId)
    {
        if (!Contains(packetId))
            return false;
        _bits![packetId >> 6] &= ~(1UL << packetId);
        return true;
    }
}

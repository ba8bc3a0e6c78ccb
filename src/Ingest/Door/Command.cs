namespace CanhLu.Ingest;

/// <summary>A message to a device on its <c>cmd</c>, until it has arrived.</summary>
/// <param name="number">Its number in the store; 0 when it is not kept.</param>
/// <param name="payload">The message.</param>
/// <param name="qos">0 or 1.</param>
/// <param name="order">The order of a person that it carries; null when nobody ordered it.</param>
sealed class Command(long number, byte[] payload, int qos, long? order = null)
{
    public long Number { get; } = number;

    public byte[] Payload { get; } = payload;

    public int Qos { get; } = qos;

    public long? Order { get; } = order;

    /// <summary>The identifier under which it was sent first and is sent again; 0 before.</summary>
    public ushort PacketId { get; set; }

    /// <summary>The connection on which it was sent last; null after a restart.</summary>
    public DoorConnection? SentOn { get; set; }
}

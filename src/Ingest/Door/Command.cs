namespace CanhLu.Ingest;

/// <summary>A message to a device on its <c>cmd</c>, until it has arrived.</summary>
/// <param name="number">Its number in the store; 0 when it is not kept.</param>
/// <param name="payload">The message.</param>
/// <param name="qos">0 or 1.</param>
sealed class Command(long number, byte[] payload, int qos)
{
    public long Number { get; } = number;

    public byte[] Payload { get; } = payload;

    public int Qos { get; } = qos;

    /// <summary>The identifier under which it was sent first and is sent again; 0 before.</summary>
    public ushort PacketId { get; set; }

    /// <summary>The connection on which it was sent last; null after a restart.</summary>
    public DoorConnection? SentOn { get; set; }
}

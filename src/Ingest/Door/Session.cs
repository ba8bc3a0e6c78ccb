namespace CanhLu.Ingest;

/// <summary>What outlives a connection (MQTT 5.0, 4.1). Whoever touches it holds its lock.</summary>
sealed class Session(SessionKey key)
{
    public SessionKey Key { get; } = key;

    /// <summary>The connection that speaks for it now; a connection that is no longer this one changes nothing.</summary>
    public DoorConnection? Owner { get; set; }

    /// <summary>Seconds that it lives on without a connection.</summary>
    public uint Expiry { get; set; }

    /// <summary>When its last connection ended, as a timestamp of the door's timer.</summary>
    public long EndedAt { get; set; }

    /// <summary>The QoS at which the device hears its <c>cmd</c>; null when it does not.</summary>
    public int? CommandQos { get; set; }

    /// <summary>Whether the operations store knows it: told by the <see cref="Ledger"/>.</summary>
    public bool IsKept { get; set; }

    /// <summary>QoS 2 messages that are stored, and whose PUBREL has not come.</summary>
    public PacketIds Received { get; } = new();

    /// <summary>Commands that have not arrived, in the order in which they were given.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>The command that <paramref name="connection"/> has to send next, ready to be sent; null when there is none, or enough are in flight.</summary>
    public Command? Next(DoorConnection connection, int receiveMaximum)
    {
        if (Owner != connection || CommandQos is null)
            return null;
        var inFlight = 0;
        foreach (var command in Commands)
        {
            if (command.SentOn == connection)
            {
                inFlight += command.Qos;
                continue;
            }
            return inFlight < receiveMaximum || command.Qos == 0 ? command : null;
        }
        return null;
    }

    public ushort FreePacketId()
    {
        for (ushort candidate = 1; ; candidate++)
            if (!Commands.Exists(command => command.PacketId == candidate))
                return candidate;
    }
}

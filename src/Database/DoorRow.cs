namespace CanhLu.Database;

/// <summary>A row of <c>door_sessions</c>.</summary>
public sealed record DoorSessionRow
{
    /// <summary>Whose session.</summary>
    public required string Account { get; init; }

    /// <summary>Its client identifier.</summary>
    public required string ClientId { get; init; }

    /// <summary>Seconds that it lives on without a connection.</summary>
    public required long Expiry { get; init; }

    /// <summary>The QoS at which it hears commands; null when it does not.</summary>
    public int? CommandQos { get; init; }
}

/// <summary>A row of <c>door_commands</c>.</summary>
public sealed record DoorCommandRow
{
    /// <summary>Its number; they rise.</summary>
    public required long Number { get; init; }

    /// <summary>Whose session it waits for.</summary>
    public required string Account { get; init; }

    /// <summary>That session's client identifier.</summary>
    public required string ClientId { get; init; }

    /// <summary>The identifier under which it was sent; 0 before.</summary>
    public required int PacketId { get; init; }

    /// <summary>The message.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>The order of a person that it carries; null when nobody ordered it.</summary>
    public long? DeviceOrder { get; init; }
}

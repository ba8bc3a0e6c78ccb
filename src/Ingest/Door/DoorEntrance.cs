using Microsoft.AspNetCore.Connections;

namespace CanhLu.Ingest;

/// <summary>Where Kestrel hands its connections over.</summary>
/// <param name="door">The door.</param>
public sealed class DoorEntrance(Door door) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var guest = new DoorConnection(door, connection);
        if (door.Admit(guest))
            await guest.Run();
    }
}

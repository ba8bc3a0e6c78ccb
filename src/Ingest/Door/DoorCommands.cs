namespace CanhLu.Ingest;

/// <summary>Commands by the engine's own door.</summary>
/// <param name="door">The door.</param>
public sealed class DoorCommands(Door door) : ICommandWay
{
    /// <inheritdoc/>
    public bool IsTold => true;

    /// <inheritdoc/>
    public async Task<(CommandFate Fate, string? Why)> Send(string device, byte[] payload, long order, CancellationToken cancellation) =>
        (await door.SendCommand(device, payload, order, cancellation), null);
}

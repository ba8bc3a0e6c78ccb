namespace CanhLu.Ingest;

/// <summary>The way of a command to a device: by the engine's own door, or by an outside broker.</summary>
public interface ICommandWay
{
    /// <summary>Whether the door keeps a command until the device has it, and so knows what becomes of it; a broker does not say.</summary>
    bool IsTold { get; }

    /// <summary>Gives a device a command on <c>canhlu/v1/{device}/cmd</c>.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="payload">The message.</param>
    /// <param name="order">The order of a person that it carries.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What became of it, and in a sentence why when nothing did.</returns>
    Task<(CommandFate Fate, string? Why)> Send(string device, byte[] payload, long order, CancellationToken cancellation);
}

using MQTTnet;

namespace CanhLu.FirmwareSim.Link;

/// <summary>One connection that stands, and how many messages the server takes on it at once.</summary>
sealed class Connection(IMqttClient client, int quota) : IDisposable
{
    public IMqttClient Client { get; } = client;

    /// <summary>Keeps the server's Receive Maximum: to exceed it would end the connection.</summary>
    public SemaphoreSlim Quota { get; } = new(quota);

    /// <summary>Ends when the connection does.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is no longer the device's connection, and what was not acknowledged on it may go on the next one.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Without DISCONNECT: the server speaks the last will. Quota is left to the collector, as a delivery may still release it.
    public void Dispose()
    {
        Ended.TrySetResult();
        Client.Dispose();
    }
}

namespace CanhLu.Bench.Peers;

/// <summary>A program, or several, that judges stages which come by MQTT and makes an HTTP call when one crosses: ours and others.</summary>
interface IPeer : IAsyncDisposable
{
    /// <summary>What it is.</summary>
    string Name { get; }

    /// <summary>What it cannot do, or does otherwise, in a plain sentence; empty for ours.</summary>
    string Cannot { get; }

    /// <summary>Where devices publish.</summary>
    int Port { get; }

    /// <summary>CPU time of its own processes so far, the broker's not among it.</summary>
    TimeSpan Cpu { get; }

    /// <summary>CPU time of the broker before it; zero where it has none.</summary>
    TimeSpan BrokerCpu { get; }

    /// <summary>The most resident memory of its own processes together, bytes.</summary>
    long MostBytes { get; }

    /// <summary>The last of what its processes wrote.</summary>
    string Said { get; }

    /// <summary>The password of a device; null where none is asked.</summary>
    string? Password(int device);

    /// <summary>Starts it, and returns before it may be ready.</summary>
    Task StartAsync();

    /// <summary>Kills it (SIGKILL) and starts it again at once.</summary>
    void KillAndStart();
}

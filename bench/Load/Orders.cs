namespace CanhLu.Bench;

/// <summary>What one device has to publish.</summary>
/// <param name="Payload">The message.</param>
/// <param name="FirstTime">The first reading's time, epoch ms.</param>
/// <param name="InFlight">How many messages wait for their PUBACK, 1 to 30,000; at QoS 0, how many go in one write at most.</param>
sealed record Orders(Payload Payload, long FirstTime, int InFlight)
{
    /// <summary>Messages a second; 0 for as many as go.</summary>
    public double PerSecond { get; init; }

    /// <summary>After so many it is done.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>What it sends from <see cref="CrossAfter"/> on, as long as the other one; null for the same throughout.</summary>
    public Payload? High { get; init; }

    /// <summary>How long after its start the water has risen.</summary>
    public TimeSpan CrossAfter { get; init; }

    /// <summary>The share of a pause that it waits behind its first pause, so that devices do not march in step; from −1 on it begins within its first pause.</summary>
    public double Phase { get; init; }

    /// <summary>0 or 1.</summary>
    public int Qos { get; init; } = 1;

    /// <summary>Whether it connects again when the server is gone, and sends once more what was not acknowledged, as devices do; otherwise that is an error.</summary>
    public bool ComesBack { get; init; }
}

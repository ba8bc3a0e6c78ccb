namespace CanhLu.Bench.Peers;

/// <summary>One line of the comparison.</summary>
/// <param name="Peer">Who.</param>
/// <param name="Load">Under which load.</param>
sealed record PeerRow(string Peer, string Load)
{
    /// <summary>Whether it is ours: only then a call that is missing or doubled is a fault of this project.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Messages a second that were published; under a flood, that were published and judged.</summary>
    public double MessagesPerSecond { get; init; }

    /// <summary>From the write of the crossing message to the call's arrival.</summary>
    public double? P50Ms { get; init; }

    /// <inheritdoc cref="P50Ms"/>
    public double? P99Ms { get; init; }

    /// <inheritdoc cref="P50Ms"/>
    public double? MaxMs { get; init; }

    /// <summary>CPU time of its own processes a message, µs.</summary>
    public double CpuUs { get; init; }

    /// <summary>CPU time of the broker before it a message, µs; null where it has none.</summary>
    public double? BrokerCpuUs { get; init; }

    /// <summary>The most resident memory of its own processes, MB.</summary>
    public double PeakMegabytes { get; init; }

    /// <summary>Kills of it.</summary>
    public int Kills { get; init; }

    /// <summary>Crossings: one call is owed for each.</summary>
    public int Owed { get; init; }

    /// <summary>Crossings that nobody was called for.</summary>
    public int Missing { get; init; }

    /// <summary>Calls beyond the first of a crossing.</summary>
    public int Doubled { get; init; }

    /// <summary>How many of the doubled bore the key of an earlier one: a receiver that minds keys, as eSMS does, drops them.</summary>
    public int DoubledWithKey { get; init; }

    /// <summary>What it cannot do.</summary>
    public string Cannot { get; init; } = "";

    public bool IsGood => !IsOurs || (Missing == 0 && Doubled == DoubledWithKey);
}

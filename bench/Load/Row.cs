namespace CanhLu.Bench;

/// <summary>One line of the result.</summary>
/// <param name="Way">Which way in, or which latency.</param>
/// <param name="Load">Under which load.</param>
sealed record Row(string Way, string Load)
{
    public double? BareMessagesPerSecond { get; init; }

    public double MessagesPerSecond { get; init; }

    public double ReadingsPerSecond { get; init; }

    public double? Ratio { get; init; }

    public double? BareP50Ms { get; init; }

    public double? BareP99Ms { get; init; }

    public double P50Ms { get; init; }

    public double P99Ms { get; init; }

    public double MaxMs { get; init; }

    /// <summary>CPU time of the whole process a message, generator included, µs.</summary>
    public double? BareCpuUs { get; init; }

    /// <inheritdoc cref="BareCpuUs"/>
    public double? CpuUs { get; init; }

    public Commits? Commits { get; init; }

    /// <summary>From the end of the publishing until all of it was stored; null where that is not asked.</summary>
    public double? BehindMs { get; init; }

    /// <summary>Readings published at QoS 0 that are not stored: nobody promised them.</summary>
    public long? Missing { get; init; }

    /// <summary>From the making of the site until devices were let in and judged.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>The engine's resident memory, MB.</summary>
    public double? ResidentMegabytes { get; init; }

    /// <summary>The most that it was.</summary>
    public double? PeakMegabytes { get; init; }

    /// <summary>Its managed heap, MB.</summary>
    public double? ManagedMegabytes { get; init; }

    /// <summary>Readings acknowledged and not stored, or crossings that nobody was told of.</summary>
    public long Lost { get; init; }

    public string Target { get; init; } = "";

    public bool Met { get; init; }

    public bool IsGood => Met && Lost == 0;
}

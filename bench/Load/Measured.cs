using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>What one load gave.</summary>
/// <param name="Messages">Messages acknowledged.</param>
/// <param name="Readings">Readings in them.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Unanswered">Messages sent and never acknowledged.</param>
/// <param name="Latency">Publish → PUBACK, in ticks of 100 ns.</param>
sealed record Measured(long Messages, long Readings, double Seconds, long Unanswered, HistogramBase Latency)
{
    /// <summary>When the first message could go, a time of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long StartedAt { get; init; }

    /// <summary>CPU time that the whole process took, generator included.</summary>
    public TimeSpan Cpu { get; init; }

    public double CpuUsAMessage => Cpu.TotalMicroseconds / Math.Max(1, Messages);

    /// <summary>When each device wrote its first high stage; 0: it did not.</summary>
    public IReadOnlyList<long> CrossedAt { get; init; } = [];

    /// <summary>Readings that were acknowledged and are not in the archive; negative: more are there than were sent.</summary>
    public long Lost { get; init; }

    public double MessagesPerSecond => Messages / Seconds;

    public double ReadingsPerSecond => Readings / Seconds;

    /// <summary>Publish → PUBACK; 0 when none came.</summary>
    public double Milliseconds(double percentile) =>
        Latency.TotalCount == 0 ? 0 : Latency.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond;
}

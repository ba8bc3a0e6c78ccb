using HdrHistogram;

namespace CanhLu.Bench;

/// <summary>What one run gave.</summary>
/// <param name="Name">Who was measured.</param>
/// <param name="Messages">Messages acknowledged.</param>
/// <param name="Readings">Readings in them.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Lost">Messages sent and never acknowledged, or acknowledged and not found where they should be.</param>
/// <param name="Latency">Publish → PUBACK, in ticks of 100 ns.</param>
sealed record Measured(string Name, long Messages, long Readings, double Seconds, long Lost, HistogramBase Latency)
{
    public double MessagesPerSecond => Messages / Seconds;

    public double ReadingsPerSecond => Readings / Seconds;

    public double Milliseconds(double percentile) => Latency.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond;
}

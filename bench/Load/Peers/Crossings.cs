using System.Diagnostics;
using HdrHistogram;

namespace CanhLu.Bench.Peers;

/// <summary>What became of the crossings that were sent: each is one call that is owed.</summary>
/// <param name="Owed">How many.</param>
/// <param name="Missing">How many nobody was called for.</param>
/// <param name="Doubled">How many calls came beyond the first of each.</param>
/// <param name="Known">How many of those bore the key of an earlier one, so that a receiver that minds keys drops them.</param>
/// <param name="Latency">From the write of the crossing message to the call's arrival, ticks of 100 ns; crossings of the rate have no one such message and are not in it.</param>
sealed record Crossings(int Owed, int Missing, int Doubled, int Known, HistogramBase Latency)
{
    public double? Milliseconds(double percentile) =>
        Latency.TotalCount == 0 ? null : Latency.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond;

    /// <summary>Compares what was sent with what came.</summary>
    /// <param name="owed">The cause by which each device crosses.</param>
    /// <param name="crossedAt">When each device sent its crossing message.</param>
    /// <param name="came">The calls. One by another cause than the device's own is not counted: a jump to the level is a fast rise too.</param>
    public static Crossings Of(IReadOnlyList<CallCause> owed, IReadOnlyList<long> crossedAt, IReadOnlyList<Call> came)
    {
        var latency = new LongHistogram(TimeSpan.FromMinutes(10).Ticks, 3);
        var (missing, doubled, known) = (0, 0, 0);
        var byDevice = came.ToLookup(call => (call.Device, call.Cause));
        for (var device = 0; device < owed.Count; device++)
        {
            var calls = byDevice[(device, owed[device])].OrderBy(call => call.At).ToArray();
            if (calls.Length == 0)
            {
                missing++;
                continue;
            }
            doubled += calls.Length - 1;
            known += calls.Count(call => call.Key is not null) - calls.Where(call => call.Key is not null).DistinctBy(call => call.Key).Count();
            if (owed[device] == CallCause.Threshold && crossedAt[device] != 0)
                latency.RecordValue(Math.Clamp(Stopwatch.GetElapsedTime(crossedAt[device], calls[0].At).Ticks, 1, latency.HighestTrackableValue));
        }
        return new Crossings(owed.Count, missing, doubled, known, latency);
    }
}

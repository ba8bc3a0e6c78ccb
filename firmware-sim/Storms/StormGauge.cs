using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Storms;

/// <summary>One gauge of a storm: it stamps its samples with rising milliseconds, so that no two readings of it are one.</summary>
sealed class StormGauge(string device)
{
    long _last;
    long _seq;

    public string Device { get; } = device;

    public Sample Measure(Instant now, decimal stage)
    {
        _last = Math.Max(_last + 1, now.ToUnixTimeMilliseconds());
        return new Sample(Instant.FromUnixTimeMilliseconds(_last), ++_seq, [new Value("stage_m", stage)]);
    }
}

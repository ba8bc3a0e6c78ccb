using NodaTime;

namespace CanhLu.Host;

/// <summary>A clock that starts at a moment of the past and runs a number of times faster than time: the demo's clock.</summary>
/// <remarks>Only "what time is it" runs fast. Timers, rates and time-outs stay real: a carrier is not a thousand times quicker in a demo.</remarks>
/// <param name="start">What it shows when it is made.</param>
/// <param name="speed">How many seconds pass on it in one real second; at least 1.</param>
/// <param name="time">Real time.</param>
sealed class FastClock(Instant start, double speed, TimeProvider time) : IClock
{
    readonly long _startedAt = time.GetTimestamp();

    public Instant GetCurrentInstant() => start + Duration.FromTimeSpan(time.GetElapsedTime(_startedAt)) * speed;

    /// <summary>How long, in real time, until it shows <paramref name="at"/>; zero when it has.</summary>
    public TimeSpan Until(Instant at)
    {
        var left = (at - GetCurrentInstant()) / speed;
        return left > Duration.Zero ? left.ToTimeSpan() : TimeSpan.Zero;
    }
}

using NodaTime;

namespace CanhLu.FirmwareSim.Script;

/// <summary>Simulated time that starts at a given instant now and runs a given number of times as fast as real time.</summary>
/// <param name="from">The simulated time at this moment.</param>
/// <param name="speed">Simulated seconds a real second; 0 for as fast as it goes.</param>
/// <param name="time">Measures real time.</param>
public sealed class Pace(Instant from, double speed, TimeProvider time)
{
    readonly long _began = time.GetTimestamp();

    /// <summary>How long, in real time, until an instant of the simulated world.</summary>
    public Duration DelayUntil(Instant simulated)
    {
        if (speed == 0)
        {
            return Duration.Zero;
        }

        var elapsed = Duration.FromTimeSpan(time.GetElapsedTime(_began));
        return (simulated - from) / speed - elapsed;
    }
}

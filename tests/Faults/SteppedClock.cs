using CanhLu.Tests.Support;
using NodaTime;

namespace CanhLu.Tests.Faults;

/// <summary>The machine's clock as a hand or NTP may put it: what it shows jumps, what passes does not.</summary>
/// <param name="offset">How far it is ahead of the real one at first.</param>
sealed class SteppedClock(Duration offset) : TimeProvider, IClock
{
    readonly Lock _lock = new();
    Duration _offset = offset;

    /// <summary>How far it is ahead of the real one.</summary>
    public Duration Offset
    {
        get
        {
            lock (_lock)
                return _offset;
        }
        set
        {
            lock (_lock)
                _offset = value;
        }
    }

    public override long TimestampFrequency => RealTime.Provider.TimestampFrequency;

    public Instant GetCurrentInstant() => RealTime.Clock.GetCurrentInstant() + Offset;

    public override DateTimeOffset GetUtcNow() => GetCurrentInstant().ToDateTimeOffset();

    public override long GetTimestamp() => RealTime.Provider.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        RealTime.Provider.CreateTimer(callback, state, dueTime, period);
}

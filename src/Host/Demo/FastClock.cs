using NodaTime;

namespace CanhLu.Host.Demo;

/// <summary>A clock that shows a moment of the past, runs a number of times faster than time from its start to an end, and as fast as time from there on.</summary>
/// <remarks>Only "what time is it" runs fast. Timers, rates and time-outs stay real: a carrier is not a thousand times quicker in a demo.</remarks>
/// <param name="from">What it shows until it is started.</param>
/// <param name="until">What it shows when it falls back to the pace of real time.</param>
/// <param name="speed">How many seconds pass on it in one real second until then.</param>
/// <param name="time">Real time.</param>
sealed class FastClock(Instant from, Instant until, double speed, TimeProvider time) : IClock
{
    readonly Duration _fastFor = (until - from) / speed;
    long _startedAt;

    /// <summary>Lets it run.</summary>
    public void Start() => Volatile.Write(ref _startedAt, time.GetTimestamp());

    public Instant GetCurrentInstant()
    {
        if (Volatile.Read(ref _startedAt) is not (not 0 and var startedAt))
            return from;
        var elapsed = Duration.FromTimeSpan(time.GetElapsedTime(startedAt));
        return elapsed < _fastFor ? from + elapsed * speed : until + (elapsed - _fastFor);
    }

    /// <summary>How long, in real time, until it shows <paramref name="at"/>; zero or less when it has.</summary>
    public Duration Until(Instant at)
    {
        var now = GetCurrentInstant();
        return now >= until ? at - now : (Instant.Min(at, until) - now) / speed + Duration.Max(at - until, Duration.Zero);
    }
}

namespace CanhLu.Notify;

/// <summary>A token bucket: never more than the agreed number in any second (half-open: from an instant to just before the same instant of the next
/// second), and nearly that many when there is enough to do.</summary>
/// <remarks>
/// Tokens come at 98 % of the rate, and the bucket holds the other 2 %, which makes up for timers that wake late; together they are the agreed number. Kept as one
/// instant, the theoretical arrival time of the next (GCRA, as in ATM traffic control), so that nothing has to be filled by a timer. One owner: the courier's send loop.
/// </remarks>
/// <param name="ratePerSecond">What was agreed.</param>
/// <param name="time">Real time.</param>
sealed class Pace(double ratePerSecond, TimeProvider time)
{
    /// <summary>The share of the agreed rate at which tokens come.</summary>
    public const double Steady = 0.98;

    readonly long _interval = (long)Math.Ceiling(time.TimestampFrequency / (ratePerSecond * Steady));
    readonly long _tolerance = (long)(time.TimestampFrequency * ((1 - Steady) / Steady));
    long _next = long.MinValue;

    /// <summary>Takes a token when there is one; otherwise says how long until there will be.</summary>
    public TimeSpan Take()
    {
        var now = time.GetTimestamp();
        var wait = _next == long.MinValue ? 0 : _next - _tolerance - now;
        if (wait > 0)
            return TimeSpan.FromSeconds((double)wait / time.TimestampFrequency) + TimeSpan.FromTicks(1);
        _next = Math.Max(_next, now) + _interval;
        return TimeSpan.Zero;
    }
}

using NodaTime;

namespace CanhLu.Notify;

/// <summary>When waits are over: the machine's time as it was at the start, and what has really passed since.</summary>
/// <remarks>Delays, paces and receipts that are waited for are real time. Somebody who puts the machine's clock right in the middle of a broadcast (NTP, or a hand) would otherwise hold every letter back by the
/// step, or have every missing report overdue at once.</remarks>
/// <param name="time">Real time.</param>
sealed class DueClock(TimeProvider time)
{
    readonly Instant _start = Instant.FromDateTimeOffset(time.GetUtcNow());
    readonly long _began = time.GetTimestamp();

    public Instant Now => _start + Duration.FromTimeSpan(time.GetElapsedTime(_began));
}

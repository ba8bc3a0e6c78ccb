namespace CanhLu.Notify;

/// <summary>Never more than the agreed number in any second as the carrier counts them, although nobody knows when between its hand-over and its answer a letter arrives there.</summary>
/// <remarks>
/// A letter takes a place from its hand-over until a second after its answer, less the shortest way there and back that was seen. Of the letters that arrive in one second, let x be handed
/// over last: it left no later than it arrived, so every other one of them arrived, and was answered, less than a second before x left, or later; so all of them hold a place as x leaves,
/// and there are not more places than agreed. What a stall of the machine or of the line bunches is held back by that, and a steady line costs nothing. Hand-overs are the courier's send loop's;
/// answers come from anywhere.
/// </remarks>
/// <param name="ratePerSecond">What was agreed.</param>
/// <param name="time">Real time.</param>
sealed class AgreedSecond(double ratePerSecond, TimeProvider time)
{
    /// <summary>When every place is held by a letter without an answer.</summary>
    static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(2);

    readonly int _places = Math.Max(1, (int)ratePerSecond);
    readonly Lock _lock = new();
    readonly Queue<long> _free = new();
    long _shortest = long.MaxValue;
    long _lastFree = long.MinValue;
    int _unanswered;
    int _answered;

    /// <summary>How long until there is a place; zero when there is one.</summary>
    public TimeSpan Wait()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            while (_free.TryPeek(out var free) && free <= now)
                _free.Dequeue();
            if (_unanswered + _free.Count < _places)
                return TimeSpan.Zero;
            return _free.TryPeek(out var next) ? time.GetElapsedTime(now, next) + TimeSpan.FromTicks(1) : _soon;
        }
    }

    /// <summary>A letter goes now.</summary>
    /// <returns>To be given back with its answer.</returns>
    public long Go()
    {
        lock (_lock)
            _unanswered++;
        return time.GetTimestamp();
    }

    /// <summary>A letter was answered, or will never be.</summary>
    /// <param name="gone">What <see cref="Go"/> gave.</param>
    public void Answered(long gone)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _shortest = Math.Min(_shortest, now - gone);
            _unanswered--;
            // The first letters of all meet a cold line: what they took is no shortest way yet.
            _answered = Math.Min(_answered + 1, _places);
            _lastFree = Math.Max(_lastFree, now - (_answered < _places ? 0 : _shortest) + time.TimestampFrequency);
            _free.Enqueue(_lastFree);
        }
    }
}

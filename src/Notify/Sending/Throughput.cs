namespace CanhLu.Notify;

/// <summary>How many letters a courier has handed over in the last whole seconds, together and of each bulletin.</summary>
/// <param name="time">Real time.</param>
sealed class Throughput(TimeProvider time)
{
    /// <summary>Long enough that a few late timers do not show, short enough to be now.</summary>
    const int Seconds = 10;

    readonly Lock _lock = new();
    readonly long _began = time.GetTimestamp();

    /// <summary>A ring: the current second and the whole ones before it.</summary>
    readonly (long Second, int All, Dictionary<long, int> Bulletins)[] _ring = [.. Enumerable.Range(0, Seconds + 1).Select(_ => (-1L, 0, new Dictionary<long, int>()))];

    public void Count(long bulletin)
    {
        lock (_lock)
        {
            var second = Now();
            ref var slot = ref _ring[second % _ring.Length];
            if (slot.Second != second)
            {
                (slot.Second, slot.All) = (second, 0);
                slot.Bulletins.Clear();
            }
            slot.All++;
            slot.Bulletins[bulletin] = slot.Bulletins.GetValueOrDefault(bulletin) + 1;
        }
    }

    /// <summary>The mean of the last whole seconds for one bulletin.</summary>
    public double PerSecond(long bulletin)
    {
        lock (_lock)
        {
            var (now, sum) = (Now(), 0);
            foreach (var slot in _ring)
                sum += IsWholeAndRecent(slot.Second, now) ? slot.Bulletins.GetValueOrDefault(bulletin) : 0;
            return (double)sum / Math.Clamp(now, 1, Seconds);
        }
    }

    /// <summary>The mean of the last whole seconds for all bulletins; null when in any of them nothing was handed over, so that the mean says nothing of what the
    /// carrier bears.</summary>
    public double? Busy()
    {
        lock (_lock)
        {
            var (now, sum, whole) = (Now(), 0, 0);
            foreach (var slot in _ring)
            {
                if (!IsWholeAndRecent(slot.Second, now))
                    continue;
                sum += slot.All;
                whole++;
            }
            return whole == Seconds ? (double)sum / Seconds : null;
        }
    }

    static bool IsWholeAndRecent(long second, long now) => second >= 0 && second < now && second >= now - Seconds;

    long Now() => (long)time.GetElapsedTime(_began).TotalSeconds;
}

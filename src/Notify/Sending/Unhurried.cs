namespace CanhLu.Notify;

/// <summary>A look that is made every time while it is quick; a slow one only when something has changed, or a minute has passed, and for a fifth of the time at most.</summary>
sealed class Unhurried(ChangeSignal changes, TimeProvider time)
{
    static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan AtLeastEvery = TimeSpan.FromMinutes(1);

    (long Version, long At, TimeSpan Took) _last = (-1, 0, TimeSpan.Zero);

    /// <summary>Looks, or gives what there is when there is nothing.</summary>
    public T? Look<T>(Func<T> look)
    {
        var (version, began) = (changes.Version, time.GetTimestamp());
        var since = time.GetElapsedTime(_last.At, began);
        if (_last.Took > Quick && (since < _last.Took * 4 || (version == _last.Version && since < AtLeastEvery)))
            return default;
        var seen = look();
        _last = (version, time.GetTimestamp(), time.GetElapsedTime(began));
        return seen;
    }
}

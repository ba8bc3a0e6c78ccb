namespace CanhLu;

/// <summary>Tells any number of watchers that Duty's or Notify's books have changed; they then read anew what they show.</summary>
/// <remarks>A counter and no queue: a slow watcher misses nothing but repetitions, and holds nothing up.</remarks>
public sealed class ChangeSignal
{
    readonly Lock _lock = new();
    TaskCompletionSource _next = Fresh();
    long _version;

    /// <summary>How often the books have changed; begins at 0 with the process.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Completes with the newest version as soon as it is beyond <paramref name="seen"/>.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<long> WaitAsync(long seen, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_version > seen)
                    return _version;
                next = _next.Task;
            }
            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Something has changed, and is committed.</summary>
    public void Advance()
    {
        TaskCompletionSource reached;
        lock (_lock)
        {
            _version++;
            reached = _next;
            _next = Fresh();
        }
        reached.SetResult();
    }

    static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

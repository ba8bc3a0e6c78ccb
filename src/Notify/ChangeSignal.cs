namespace CanhLu.Notify;

/// <summary>Tells the live page that something about deliveries has changed: a number that grows, and a wait for it to grow.</summary>
public sealed class ChangeSignal
{
    readonly Lock _gate = new();
    TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _version;

    /// <summary>Grows with every change; begins at 0 with the process.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Completes with the version in force as soon as it is a later one than the one known.</summary>
    public async Task<long> After(long known, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_version > known)
                    return _version;
                changed = _next.Task;
            }
            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    internal void Raise()
    {
        TaskCompletionSource raised;
        lock (_gate)
        {
            _version++;
            raised = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        raised.SetResult();
    }
}

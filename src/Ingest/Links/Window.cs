namespace CanhLu.Ingest.Links;

/// <summary>How many messages of a connection are held: received, and neither acknowledged nor given up. Shut while there are too many.</summary>
/// <param name="limit">From here on it is shut.</param>
sealed class Window(int limit)
{
    int _held;
    TaskCompletionSource? _shut;

    public int Held => Volatile.Read(ref _held);

    public bool IsShut => Held >= limit;

    public void Add() => Interlocked.Increment(ref _held);

    public void Remove(int count)
    {
        if (Interlocked.Add(ref _held, -count) < limit)
            Interlocked.Exchange(ref _shut, null)?.TrySetResult();
    }

    /// <summary>Completes when it is open. For one waiter at a time.</summary>
    public async ValueTask Open(CancellationToken cancellationToken)
    {
        while (IsShut)
        {
            var shut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _shut, shut);
            // It may have opened between the look and the exchange.
            if (IsShut)
                await shut.Task.WaitAsync(cancellationToken);
        }
    }
}

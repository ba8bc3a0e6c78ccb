using System.Threading.Tasks.Sources;

namespace CanhLu;

/// <summary>Readings on their way from one maker (a connection) to the Archive, and the answer on its way back.</summary>
/// <remarks>
/// The maker fills it, writes it to the Archive's channel, awaits <see cref="Stored"/>, acknowledges, calls <see cref="Clear"/> and fills it again:
/// one batch a connection, nothing allocated per message. Between the write to the channel and the answer it belongs to the Archive.
/// </remarks>
/// <param name="capacity">Readings it holds before it grows.</param>
public sealed class ReadingBatch(int capacity = 256) : IValueTaskSource<bool>
{
    Reading[] _readings = new Reading[capacity];
    int _count;
    ManualResetValueTaskSourceCore<bool> _settled = new() { RunContinuationsAsynchronously = true };

    /// <summary>How many readings it holds.</summary>
    public int Count => _count;

    /// <summary>The readings, in the order in which they came.</summary>
    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, _count);

    /// <summary>Adds a reading; the batch grows when it is full.</summary>
    public void Add(in Reading reading)
    {
        if (_count == _readings.Length)
            Array.Resize(ref _readings, _readings.Length * 2);
        _readings[_count++] = reading;
    }

    /// <summary>Takes back the readings added after the batch held <paramref name="count"/>: the rest of their message was no reading.</summary>
    public void Truncate(int count) => _count = Math.Min(_count, count);

    /// <summary>Completes when the Archive has answered: true, the readings are committed to disk; false, they are not (the engine is
    /// stopping) and must not be acknowledged. To be awaited once per filling.</summary>
    public ValueTask<bool> Stored => new(this, _settled.Version);

    /// <summary>The Archive's answer.</summary>
    /// <param name="stored">Whether every reading of the batch is on disk, or was there before.</param>
    public void Settle(bool stored) => _settled.SetResult(stored);

    /// <summary>Makes the batch empty and ready for the next filling. Only after <see cref="Stored"/> was awaited.</summary>
    public void Clear()
    {
        _count = 0;
        _settled.Reset();
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _settled.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _settled.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _settled.OnCompleted(continuation, state, token, flags);
}

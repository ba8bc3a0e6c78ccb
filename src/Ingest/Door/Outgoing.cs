using System.IO.Pipelines;

namespace CanhLu.Ingest;

/// <summary>The one way out of a connection. Whoever writes enters, writes whole packets, and leaves by flushing: packets never mix.</summary>
sealed class Outgoing(PipeWriter output, TimeProvider time) : IDisposable
{
    readonly SemaphoreSlim _one = new(1, 1);
    long _flushingSince;

    /// <summary>Only between <see cref="Enter"/> and <see cref="Leave"/>.</summary>
    public PipeWriter Writer => output;

    public Task Enter() => _one.WaitAsync();

    /// <summary>Sends what was written. False: the client is gone.</summary>
    public async ValueTask<bool> Leave()
    {
        try
        {
            Volatile.Write(ref _flushingSince, time.GetTimestamp());
            var flushed = await output.FlushAsync();
            return !flushed.IsCompleted;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The transport ended under the write: its own reader says so with more words.
            return false;
        }
        finally
        {
            Volatile.Write(ref _flushingSince, 0);
            _one.Release();
        }
    }

    /// <summary>For how long the client has left our bytes unread.</summary>
    public TimeSpan UnreadFor => Volatile.Read(ref _flushingSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void Dispose() => _one.Dispose();
}

using System.Threading.Channels;

namespace CanhLu.Archive;

/// <summary>The way to other offsets. They are asked of the archive's loop, which restates what is stored between two commits, and stores by them from then on.</summary>
public sealed class OffsetChanges
{
    /// <summary>People who calibrate at the same moment wait for one another.</summary>
    readonly Channel<Change> _asked = Channel.CreateBounded<Change>(1);
    volatile Offsets _inForce = Offsets.None;

    /// <summary>What every value of the file holds now.</summary>
    public Offsets InForce
    {
        get => _inForce;
        internal set => _inForce = value;
    }

    internal ChannelReader<Change> Asked => _asked.Reader;

    /// <summary>Brings others into force.</summary>
    /// <param name="next">What is to be added from now on, to what is stored too.</param>
    /// <param name="meanwhile">Runs between the restating and the next commit, so that whoever remembers stored values can read them again before a new one comes. Nothing is stored, and no
    /// device is answered, so long; it must not wait for a commit.</param>
    /// <param name="cancellation">Ends the wait: what the loop has not begun is not done.</param>
    /// <returns>How many readings were restated.</returns>
    /// <exception cref="ArchiveNotReadyException">The archive stops, or cannot be written at present: nothing was changed.</exception>
    /// <exception cref="Exception">What <paramref name="meanwhile"/> threw; the offsets are in force.</exception>
    public async Task<long> AdoptAsync(Offsets next, Func<Task> meanwhile, CancellationToken cancellation = default)
    {
        var change = new Change(next, meanwhile, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously), cancellation);
        try
        {
            await _asked.Writer.WriteAsync(change, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Stopping();
        }
        return await change.Done.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>No change is made any more.</summary>
    internal void End()
    {
        _asked.Writer.TryComplete();
        while (_asked.Reader.TryRead(out var change))
            change.Done.SetException(Stopping());
    }

    static ArchiveNotReadyException Stopping() => new("The archive stops; what was entered is in force with the next start.");

    internal sealed record Change(Offsets Next, Func<Task> Meanwhile, TaskCompletionSource<long> Done, CancellationToken Cancellation);
}

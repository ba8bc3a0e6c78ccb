using System.Threading.Channels;

namespace CanhLu.Notify;

/// <summary>Wakes one loop that otherwise looks by itself from time to time. Rings that nobody has heard yet are one ring.</summary>
sealed class Bell(TimeProvider time)
{
    readonly Channel<byte> _rings = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rings.Writer.TryWrite(0);

    /// <summary>Completes at the next ring, or when the time has passed.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await _rings.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time has passed.
        }
    }
}

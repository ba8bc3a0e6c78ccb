using System.Threading.Channels;

namespace CanhLu;

/// <summary>The bell between Duty and Notify: "there is a bulletin not yet planned".</summary>
/// <remarks>It carries nothing and may be lost: what is durable is the truth, the bell only shortens the wait. Rings that nobody has heard yet
/// are one ring.</remarks>
public sealed class BulletinSignal
{
    readonly Channel<byte> _bell = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Rings; never waits.</summary>
    public void Ring() => _bell.Writer.TryWrite(0);

    /// <summary>Completes at the next ring, or at once when it rang since the last wait. For one listener.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; a ring that comes then waits for the next one.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellation) => await _bell.Reader.ReadAsync(cancellation).ConfigureAwait(false);
}

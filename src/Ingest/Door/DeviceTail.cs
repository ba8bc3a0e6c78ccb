using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>What was heard of a device: a message, so many that were dropped before it, or neither, from time to time, as a sign that the line is alive.</summary>
/// <param name="Message">The message; null for none.</param>
/// <param name="Dropped">Messages that were dropped since the last time, because whoever hears was too slow.</param>
public readonly record struct Overheard(HeardMessage? Message, long Dropped);

/// <summary>A message of a device as it came in.</summary>
/// <param name="At">When it was taken up, by our clock.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Bytes">Its payload, the first <see cref="DeviceTail.LongestShown"/> bytes.</param>
/// <param name="Length">How long the payload was, bytes.</param>
/// <param name="IsRetained">Whether it is what the device has retained there, from before one began to hear.</param>
public sealed record HeardMessage(Instant At, string Topic, ReadOnlyMemory<byte> Bytes, int Length, bool IsRetained);

/// <summary>A live view of one device's messages, for one reader. Bounded by count and weight like a technician's own; what does not fit is counted and told.</summary>
public sealed class DeviceTail : IDisposable
{
    /// <summary>How many may be heard at once, all devices together.</summary>
    public const int Most = 32;

    /// <summary>How many messages a reader may be behind.</summary>
    public const int Messages = 256;

    /// <summary>How many bytes of a payload are given.</summary>
    public const int LongestShown = 2_048;

    static readonly TimeSpan SignEvery = TimeSpan.FromSeconds(5);

    readonly Door _door;
    readonly Action _over;
    readonly byte[] _filter;
    readonly Tail _tail;
    readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    bool _isOver;

    internal DeviceTail(Door door, string device, Action over)
    {
        (_door, _over) = (door, over);
        _filter = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"canhlu/v1/{device}/#"));
        _tail = new Tail(Messages, () => _wake.Writer.TryWrite(true), door.Metrics);
        _tail.Add(new Wish(_filter, 0, RetainAsPublished: false, RetainHandling: 0, NoLocal: false), 1);
        door.Tails.Add(_tail);
    }

    /// <summary>What is retained, then what comes in, until it is cancelled.</summary>
    public async IAsyncEnumerable<Overheard> Follow([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var retained in _door.Retained.Matching(_filter))
            yield return new Overheard(Of(retained, isRetained: true), 0);
        using var timer = new PeriodicTimer(SignEvery, _door.Time);
        var sign = timer.WaitForNextTickAsync(cancellation).AsTask();
        var woken = _wake.Reader.WaitToReadAsync(cancellation).AsTask();
        while (true)
        {
            await Task.WhenAny(sign, woken);
            cancellation.ThrowIfCancellationRequested();
            if (woken.IsCompleted)
            {
                _wake.Reader.TryRead(out _);
                // What was dropped came after what still waits.
                while (_tail.TryTake(out var message))
                    yield return new Overheard(Of(message, isRetained: false), 0);
                if (_tail.TakeDropped() is > 0 and var dropped)
                    yield return new Overheard(null, dropped);
                woken = _wake.Reader.WaitToReadAsync(cancellation).AsTask();
            }
            if (sign.IsCompleted)
            {
                yield return default;
                sign = timer.WaitForNextTickAsync(cancellation).AsTask();
            }
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _door.Tails.Remove(_tail);
        _over();
    }

    HeardMessage Of(TailMessage message, bool isRetained) => new(
        _door.Now, Encoding.UTF8.GetString(message.Topic), message.Payload.AsMemory(0, Math.Min(message.Payload.Length, LongestShown)), message.Payload.Length, isRetained);
}

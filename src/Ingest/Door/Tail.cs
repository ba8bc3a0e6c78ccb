using System.Threading.Channels;

namespace CanhLu.Ingest;

/// <summary>A technician's live view: filters, and the messages that wait to be sent. Bounded by count and weight; what does not fit is counted.</summary>
sealed class Tail
{
    // 1 MiB behind is some seconds at the rate that a phone with one bar of signal can take.
    const int MostWeight = 1 << 20;

    readonly Channel<TailMessage> _waiting;
    readonly Action _wake;
    readonly DoorMetrics _metrics;
    Wish[] _filters = [];
    long _weight;
    long _dropped;

    public Tail(int messages, Action wake, DoorMetrics metrics)
    {
        _waiting = Channel.CreateBounded<TailMessage>(messages);
        _wake = wake;
        _metrics = metrics;
    }

    /// <summary>Adds a filter, or replaces the same one, and tells whether it is new; null when there are <paramref name="most"/> others.</summary>
    public bool? Add(in Wish wish, int most)
    {
        var others = Without(wish.Filter);
        if (others.Length >= most)
            return null;
        var added = others.Length == _filters.Length;
        Volatile.Write(ref _filters, [.. others, wish]);
        return added;
    }

    public bool Remove(byte[] filter)
    {
        var others = Without(filter);
        var removed = others.Length != _filters.Length;
        Volatile.Write(ref _filters, others);
        return removed;
    }

    /// <summary>Takes a message if a filter wants it. <paramref name="message"/> is made by the first tail that does.</summary>
    public void Offer(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool retain, ref TailMessage? message)
    {
        foreach (var wish in Volatile.Read(ref _filters))
        {
            if (!TopicFilter.Matches(wish.Filter, topic))
                continue;
            message ??= new TailMessage(topic.ToArray(), payload.ToArray(), false);
            Put(retain && wish.RetainAsPublished ? message with { Retain = true } : message);
            return;
        }
    }

    public void Put(TailMessage message)
    {
        if (Volatile.Read(ref _weight) + message.Weight <= MostWeight && _waiting.Writer.TryWrite(message))
            Interlocked.Add(ref _weight, message.Weight);
        else
        {
            Interlocked.Increment(ref _dropped);
            _metrics.TailDropped(1);
        }
        _wake();
    }

    public bool TryTake(out TailMessage message)
    {
        if (!_waiting.Reader.TryRead(out message!))
            return false;
        Interlocked.Add(ref _weight, -message.Weight);
        return true;
    }

    /// <summary>How many were dropped since the last time this was asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    Wish[] Without(byte[] filter) => Array.FindAll(_filters, wish => !wish.Filter.AsSpan().SequenceEqual(filter));
}

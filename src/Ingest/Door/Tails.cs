namespace CanhLu.Ingest;

/// <summary>All live views. Nobody watching costs a message one read of a field.</summary>
sealed class Tails
{
    readonly Lock _changing = new();
    Tail[] _all = [];

    public int Count => Volatile.Read(ref _all).Length;

    public void Add(Tail tail)
    {
        lock (_changing)
            Volatile.Write(ref _all, [.. _all, tail]);
    }

    public void Remove(Tail tail)
    {
        lock (_changing)
            Volatile.Write(ref _all, Array.FindAll(_all, other => other != tail));
    }

    public void Offer(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool retain)
    {
        TailMessage? message = null;
        foreach (var tail in Volatile.Read(ref _all))
            tail.Offer(topic, payload, retain, ref message);
    }
}

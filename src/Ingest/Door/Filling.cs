using System.Threading.Tasks.Sources;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>What became of a filling's readings.</summary>
enum Outcome
{
    /// <summary>They are on disk: its replies may go out.</summary>
    Stored,

    /// <summary>The engine stops: nothing of it may be acknowledged.</summary>
    NotStored,

    /// <summary>The connection ended before the Archive answered.</summary>
    Abandoned,
}

/// <summary>The messages of one look into a connection's buffer: their readings, and the replies that go out when these are stored. Used again and again.</summary>
sealed class Filling : IValueTaskSource<Outcome>
{
    /// <summary>Replies, and readings, after which a filling is handed on although the buffer holds more: 56 bytes each, so about 250 KB.</summary>
    public const int Most = 4_096;

    const int Usual = 64;

    readonly Action _onStored;
    uint[] _replies = new uint[Usual];
    int _count;
    int _answered;
    ManualResetValueTaskSourceCore<Outcome> _answer;

    public Filling() => _onStored = OnStored;

    public ReadingBatch Batch { get; } = new(Usual);

    /// <summary>When its messages were received.</summary>
    public Instant ReceivedAt { get; set; }

    /// <summary>Messages in it.</summary>
    public int Messages { get; set; }

    public int Replies => _count;

    /// <summary>Whether it once held far more than the usual.</summary>
    public bool HasGrown { get; private set; }

    public bool IsEmpty => _count == 0 && Batch.Count == 0;

    public bool IsFull => _count >= Most || Batch.Count >= Most;

    /// <summary>Whether the Archive has answered, or need not.</summary>
    public bool IsSettled => Batch.Count == 0 || Batch.Stored.IsCompleted;

    public void Reply(PacketType type, ushort packetId, ReasonCode reason)
    {
        if (_count == _replies.Length)
            Array.Resize(ref _replies, _replies.Length * 2);
        _replies[_count++] = (uint)type << 24 | (uint)reason << 16 | packetId;
    }

    public (PacketType Type, ReasonCode Reason, ushort PacketId) ReplyAt(int index)
    {
        var reply = _replies[index];
        return ((PacketType)(reply >> 24), (ReasonCode)(byte)(reply >> 16), (ushort)reply);
    }

    /// <summary>The batch was given to the Archive: from here on an answer comes.</summary>
    public void Handed()
    {
        if (Batch.Count == 0)
        {
            Answered(Outcome.Stored);
            return;
        }
        var stored = Batch.Stored.GetAwaiter();
        if (stored.IsCompleted)
            OnStored();
        else
            stored.UnsafeOnCompleted(_onStored);
    }

    /// <summary>The Archive's answer, or the connection's end, whichever is first.</summary>
    public ValueTask<Outcome> Answer => new(this, _answer.Version);

    /// <summary>Ends the wait. The filling must not be used again: the Archive may still hold its batch.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
            // Whoever ends a connection does not go on with its work on their own thread.
            ThreadPool.UnsafeQueueUserWorkItem(static filling => filling._answer.SetResult(Outcome.Abandoned), this, preferLocal: false);
    }

    /// <summary>Makes it ready for the next look; only after <see cref="Answer"/> gave something else than <see cref="Outcome.Abandoned"/>.</summary>
    public void Clear()
    {
        HasGrown |= Batch.Count > Usual * 4 || _count > Usual * 4;
        _count = 0;
        Messages = 0;
        Batch.Clear();
        _answered = 0;
        _answer.Reset();
    }

    // The batch continues us on the thread pool already.
    void OnStored() => Answered(Batch.Stored.GetAwaiter().GetResult() ? Outcome.Stored : Outcome.NotStored);

    void Answered(Outcome outcome)
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
            _answer.SetResult(outcome);
    }

    Outcome IValueTaskSource<Outcome>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Outcome>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<Outcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}

using System.Buffers;

namespace CanhLu.Ingest;

/// <summary>How far a look into the buffer came.</summary>
enum Step
{
    /// <summary>Every complete packet is read; more bytes are needed.</summary>
    NeedMore,

    /// <summary>The packet is dealt with; on to the next.</summary>
    Next,

    /// <summary>The filling is full; the buffer holds more.</summary>
    Full,

    /// <summary>A packet that takes its time (CONNECT, SUBSCRIBE…) was set aside; the rest has to wait.</summary>
    Rare,

    /// <summary>The connection ends here.</summary>
    Ended,
}

/// <summary>Cuts a connection's bytes into packets, where they lie; only a packet over the edge of two segments is copied.</summary>
sealed class Splitter(DoorConnection connection) : IDisposable
{
    byte[] _copy = [];

    /// <summary>The packet that was set aside by <see cref="Step.Rare"/>.</summary>
    public Frame RareFrame { get; private set; }

    /// <inheritdoc cref="RareFrame"/>
    public byte[] RareBody { get; private set; } = [];

    /// <summary>Reads packets until <see cref="Step"/> says otherwise, and tells where it came to.</summary>
    public SequencePosition Split(ReadOnlySequence<byte> buffer, Filling filling, out Step step)
    {
        Span<byte> head = stackalloc byte[Frame.LongestHeader];
        while (true)
        {
            var segment = buffer.FirstSpan;
            var consumed = 0;
            Frame frame;
            bool malformed;
            while (Frame.TryRead(segment[consumed..], out frame, out malformed))
            {
                if (!connection.Allows(frame))
                {
                    step = Step.Ended;
                    return buffer.GetPosition(consumed);
                }
                if (frame.Length > segment.Length - consumed)
                    break;
                step = Take(frame, segment.Slice(consumed + frame.HeaderLength, frame.BodyLength), filling);
                consumed += frame.Length;
                if (step != Step.Next)
                    return buffer.GetPosition(consumed);
            }
            if (malformed)
                return Malformed(buffer, consumed, out step);
            buffer = buffer.Slice(consumed);
            // The packets ended with their segment: the next one may hold whole packets too.
            if (consumed > 0 && consumed == segment.Length && !buffer.IsEmpty)
                continue;
            if (buffer.IsSingleSegment)
            {
                step = Step.NeedMore;
                return buffer.Start;
            }

            var known = (int)Math.Min(buffer.Length, head.Length);
            buffer.Slice(0, known).CopyTo(head);
            if (!Frame.TryRead(head[..known], out frame, out malformed))
            {
                if (malformed)
                    return Malformed(buffer, 0, out step);
                step = Step.NeedMore;
                return buffer.Start;
            }
            if (!connection.Allows(frame))
            {
                step = Step.Ended;
                return buffer.Start;
            }
            if (frame.Length > buffer.Length)
            {
                step = Step.NeedMore;
                return buffer.Start;
            }
            step = Take(frame, Joined(buffer.Slice(frame.HeaderLength, frame.BodyLength), frame.BodyLength), filling);
            buffer = buffer.Slice(frame.Length);
            if (step != Step.Next)
                return buffer.Start;
        }
    }

    public void Dispose()
    {
        if (_copy.Length > 0)
            ArrayPool<byte>.Shared.Return(_copy);
        _copy = [];
    }

    Step Take(Frame frame, ReadOnlySpan<byte> body, Filling filling)
    {
        var step = connection.Take(frame, body, filling);
        if (step == Step.Rare)
        {
            RareFrame = frame;
            RareBody = body.ToArray();
        }
        return step == Step.Next && filling.IsFull ? Step.Full : step;
    }

    SequencePosition Malformed(ReadOnlySequence<byte> buffer, int consumed, out Step step)
    {
        step = connection.Fail(ReasonCode.MalformedPacket);
        return buffer.GetPosition(consumed);
    }

    ReadOnlySpan<byte> Joined(ReadOnlySequence<byte> body, int length)
    {
        if (_copy.Length < length)
        {
            Dispose();
            _copy = ArrayPool<byte>.Shared.Rent(length);
        }
        body.CopyTo(_copy);
        return _copy.AsSpan(0, length);
    }
}

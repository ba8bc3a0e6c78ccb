using CanhLu.Ingest.Native;

namespace CanhLu.Ingest;

/// <summary>What was refused of one device since the start.</summary>
public sealed class DeviceTally
{
    readonly long[] _rejections = new long[Findings.Reasons];
    long _unknownFields;

    internal DeviceTally(string device) => Device = device;

    /// <summary>The device's id; empty for messages that tell none.</summary>
    public string Device { get; }

    /// <summary>Fields that its model does not name, and that were skipped.</summary>
    public long UnknownFields => Interlocked.Read(ref _unknownFields);

    /// <summary>Rejections of every reason together.</summary>
    public long Rejections
    {
        get
        {
            long sum = 0;
            for (var i = 0; i < _rejections.Length; i++)
                sum += Interlocked.Read(ref _rejections[i]);
            return sum;
        }
    }

    /// <summary>Rejections of one reason.</summary>
    public long this[RejectionReason reason] => Interlocked.Read(ref _rejections[(int)reason]);

    internal bool IsKnown { get; set; }

    internal LinkedListNode<DeviceTally>? AmongUnknown { get; set; }

    internal Queue<LinkedListNode<KeptRejection>> Kept { get; } = [];

    internal void CountUnknownFields(int count) => Interlocked.Add(ref _unknownFields, count);

    internal void Count(ReadOnlySpan<int> counts)
    {
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] != 0)
                Interlocked.Add(ref _rejections[i], counts[i]);
    }
}

/// <summary>A rejection in the log, and whose it is.</summary>
sealed record KeptRejection(DeviceTally Tally, Rejection Rejection, int Weight);

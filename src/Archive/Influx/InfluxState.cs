using System.Collections.Concurrent;

namespace CanhLu.Archive.Influx;

/// <summary>How the copy in InfluxDB stands.</summary>
public sealed class InfluxState
{
    readonly ConcurrentDictionary<string, long> _copied = new(StringComparer.Ordinal);
    volatile string? _trouble;
    long _behind;

    /// <summary>Why nothing is copied at present; null while it is.</summary>
    public string? Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }

    /// <summary>How far each source is copied: its first position that is not.</summary>
    public IReadOnlyDictionary<string, long> Copied => _copied;

    /// <summary>How many lines are not copied yet.</summary>
    public long Behind
    {
        get => Volatile.Read(ref _behind);
        internal set => Volatile.Write(ref _behind, value);
    }

    internal void Reach(string source, long position) => _copied[source] = position;
}

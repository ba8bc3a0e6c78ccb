namespace CanhLu.Ingest;

/// <summary>Topic aliases of one connection (MQTT 5.0, 3.3.2.3.4).</summary>
sealed class Aliases(int most)
{
    byte[]?[]? _topics;

    public bool Allows(ushort alias) => alias > 0 && alias <= most;

    /// <summary>The topic of an alias; empty when it has none.</summary>
    public ReadOnlySpan<byte> this[ushort alias] => _topics is null ? default : _topics[alias];

    public void Set(ushort alias, ReadOnlySpan<byte> topic)
    {
        _topics ??= new byte[]?[most + 1];
        if (!topic.SequenceEqual(_topics[alias]))
            _topics[alias] = topic.ToArray();
    }
}

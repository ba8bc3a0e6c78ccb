namespace CanhLu.Ingest;

/// <summary>A filter as it is subscribed to (MQTT 5.0, 4.7): <c>+</c> is one whole level, <c>#</c> the rest.</summary>
static class TopicFilter
{
    public static bool IsValid(ReadOnlySpan<byte> filter)
    {
        if (filter.IsEmpty || !WireReader.IsText(filter))
            return false;
        for (var i = 0; i < filter.Length; i++)
        {
            var atStart = i == 0 || filter[i - 1] == '/';
            var atEnd = i == filter.Length - 1;
            if (filter[i] == '#' && !(atStart && atEnd) || filter[i] == '+' && !(atStart && (atEnd || filter[i + 1] == '/')))
                return false;
        }
        return true;
    }

    /// <summary><c>$share/…</c> (4.8.2).</summary>
    public static bool IsShared(ReadOnlySpan<byte> filter) => filter.StartsWith("$share/"u8);

    public static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> topic)
    {
        // A wildcard at the front does not match what belongs to the server (4.7.2).
        if (topic.StartsWith((byte)'$') && !filter.StartsWith((byte)'$'))
            return false;
        while (true)
        {
            if (filter.Length == 1 && filter[0] == '#')
                return true;
            var level = filter.IndexOf((byte)'/');
            var topicLevel = topic.IndexOf((byte)'/');
            var wanted = level < 0 ? filter : filter[..level];
            var found = topicLevel < 0 ? topic : topic[..topicLevel];
            if (!(wanted.Length == 1 && wanted[0] == '+') && !wanted.SequenceEqual(found))
                return false;
            if (level < 0 || topicLevel < 0)
            {
                // "a/#" takes in "a" itself.
                return level < 0 && topicLevel < 0 || topicLevel < 0 && filter[(level + 1)..].SequenceEqual("#"u8);
            }
            filter = filter[(level + 1)..];
            topic = topic[(topicLevel + 1)..];
        }
    }
}

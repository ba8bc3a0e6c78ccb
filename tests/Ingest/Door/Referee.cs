using System.Text;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A second reading of the standard, slow and simple: which messages of a stream after CONNECT the door may take in.</summary>
sealed class Referee(int version, int maxPacket, int maxAlias)
{
    static readonly UTF8Encoding Strict = new(false, true);

    readonly Dictionary<int, string> _aliases = [];
    readonly HashSet<int> _open = [];
    byte[] _bytes = [];
    int _at;

    /// <summary>What depends on timing happened: the door may have taken less than what is returned.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Where the client says that it goes; null when it does not. What it has sent before may go without its answer.</summary>
    public int? LeavesAt { get; private set; }

    public List<(string Topic, byte[] Payload)> Judge(byte[] stream)
    {
        var taken = new List<(string, byte[])>();
        var start = 0;
        try
        {
            while (start < stream.Length)
            {
                var (length, used) = RemainingLength(stream, start + 1);
                if (1 + used + length > maxPacket)
                    throw new FormatException("too large");
                // Not all there.
                if (start + 1 + used + length > stream.Length)
                    break;
                _bytes = stream[..(start + 1 + used + length)];
                _at = start + 1 + used;
                if (stream[start] >> 4 == 14)
                    LeavesAt = start;
                if (!One(stream[start], taken))
                    break;
                start = _bytes.Length;
            }
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or ArgumentException)
        {
            // The end of the connection.
        }
        return taken;
    }

    bool One(int first, List<(string, byte[])> taken)
    {
        switch (first >> 4)
        {
            case 3:
                Publish(first & 15, taken);
                return true;
            case 4 or 5 or 6 or 7:
                Must((first & 15) == (first >> 4 == 6 ? 2 : 0));
                Must(Two() != 0);
                if (_at < _bytes.Length)
                {
                    Must(version == 5);
                    One();
                    if (_at < _bytes.Length)
                        Properties(0x1F, 0x26);
                }
                Must(_at == _bytes.Length);
                IsUnsure |= first >> 4 == 6;
                return true;
            case 8 or 10:
                Subscribe(first);
                return true;
            case 12:
                Must(first == 0xC0 && _at == _bytes.Length);
                return true;
            default:
                return false;
        }
    }

    void Publish(int flags, List<(string, byte[])> taken)
    {
        var qos = flags >> 1 & 3;
        Must(qos < 3 && (qos > 0 || (flags & 8) == 0));
        var topic = Text();
        Must(!topic.Contains('+') && !topic.Contains('#'));
        var id = qos > 0 ? Two() : 0;
        Must(qos == 0 || id != 0);
        int? alias = null;
        if (version == 5)
            foreach (var (property, value) in Properties(0x01, 0x02, 0x03, 0x08, 0x09, 0x23, 0x26))
            {
                if (property == 0x23)
                    alias = (int)(long)value;
                Must(property != 0x01 || (long)value < 2);
                Must(property != 0x08 || value is string { Length: > 0 } answer && !answer.Contains('+') && !answer.Contains('#'));
            }
        if (alias is { } number)
        {
            Must(number > 0 && number <= maxAlias);
            if (topic.Length == 0)
                topic = _aliases.GetValueOrDefault(number, "");
            else
                _aliases[number] = topic;
        }
        Must(topic.Length > 0);
        var repeat = qos == 2 && _open.Contains(id);
        if (!topic.StartsWith("canhlu/v1/tk-01/", StringComparison.Ordinal) || topic == "canhlu/v1/tk-01/")
        {
            Must(version == 5 && qos > 0);
            return;
        }
        if (qos == 2)
            _open.Add(id);
        var payload = _bytes[_at..];
        if (!repeat && !((flags & 1) != 0 && payload.Length == 0))
            taken.Add((topic, payload));
    }

    void Subscribe(int first)
    {
        Must((first & 15) == 2);
        Must(Two() != 0);
        if (version == 5)
            Properties(0x26);
        Must(_at < _bytes.Length);
        while (_at < _bytes.Length)
        {
            var filter = Text();
            if (first >> 4 == 10)
                continue;
            var options = One();
            Must((options & 3) < 3 && (version == 5 ? (options & 0xC0) == 0 && (options & 0x30) < 0x30 : options < 3));
            Must((options & 4) == 0 || !filter.StartsWith("$share/", StringComparison.Ordinal));
        }
    }

    List<(int Property, object Value)> Properties(params int[] allowed)
    {
        var (length, used) = RemainingLength(_bytes, _at);
        Must(used == 1 || length >= 1 << 7 * (used - 1));
        _at += used;
        var end = _at + length;
        Must(end <= _bytes.Length);
        var found = new List<(int, object)>();
        while (_at < end)
        {
            var property = One();
            Must(allowed.Contains(property));
            Must(property == 0x26 || !found.Exists(other => other.Item1 == property));
            object value = property switch
            {
                0x01 => (long)One(),
                0x02 => (long)Two() << 16 | (uint)Two(),
                0x23 => (long)Two(),
                0x09 => Binary(),
                0x26 => Text() + Text(),
                _ => Text(),
            };
            Must(_at <= end);
            found.Add((property, value));
        }
        return found;
    }

    (int Length, int Used) RemainingLength(byte[] bytes, int at)
    {
        var length = 0;
        for (var i = 0; i < 4; i++)
        {
            length += (bytes[at + i] & 127) * (1 << 7 * i);
            if (bytes[at + i] < 128)
            {
                Must(version == 4 || i == 0 || bytes[at + i] != 0);
                return (length, i + 1);
            }
        }
        throw new FormatException("no end of the Remaining Length");
    }

    int One() => _bytes[_at++];

    int Two() => One() << 8 | One();

    byte[] Binary()
    {
        var length = Two();
        Must(_at + length <= _bytes.Length);
        _at += length;
        return _bytes[(_at - length).._at];
    }

    string Text()
    {
        var text = Strict.GetString(Binary());
        Must(!text.Contains('\0'));
        return text;
    }

    static void Must(bool condition)
    {
        if (!condition)
            throw new FormatException("against the standard");
    }
}

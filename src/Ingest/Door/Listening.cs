namespace CanhLu.Ingest;

/// <summary>What one connection of a siren hears: of each topic the newest message waits, and what is on its way is bounded by what the siren takes.</summary>
/// <remarks>It ends with its connection: a siren that comes again subscribes again, and hears what stands then, not what stood meanwhile.</remarks>
sealed class Listening(Action wake, int receiveMaximum)
{
    readonly Lock _lock = new();
    readonly List<Topic> _topics = [];
    readonly HashSet<ushort> _onTheirWay = [];
    ushort _lastId;

    public void Add(in Wish wish, TailMessage? retained)
    {
        lock (_lock)
        {
            var known = Find(wish.Filter);
            var topic = known ?? new Topic(wish.Filter);
            if (known is null)
                _topics.Add(topic);
            (topic.Qos, topic.RetainAsPublished) = (Math.Min(wish.Qos, 1), wish.RetainAsPublished);
            if (wish.RetainHandling == 0 || wish.RetainHandling == 1 && known is null)
                topic.Waiting = retained;
        }
        wake();
    }

    public bool Remove(ReadOnlySpan<byte> filter)
    {
        lock (_lock)
            return Find(filter) is { } topic && _topics.Remove(topic);
    }

    /// <summary>A message was posted. One of the same topic that was not sent yet is old by now.</summary>
    public void Offer(TailMessage message)
    {
        lock (_lock)
        {
            if (Find(message.Topic) is not { } topic)
                return;
            topic.Waiting = topic.RetainAsPublished ? message : message with { Retain = false };
        }
        wake();
    }

    /// <summary>What is to be sent next, and under which identifier (0 at QoS 0); null for nothing now.</summary>
    public (TailMessage Message, ushort PacketId)? Take()
    {
        lock (_lock)
        {
            foreach (var topic in _topics)
            {
                if (topic.Waiting is not { } message || topic.Qos > 0 && _onTheirWay.Count >= receiveMaximum)
                    continue;
                topic.Waiting = null;
                if (topic.Qos == 0)
                    return (message, 0);
                do
                    _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
                while (!_onTheirWay.Add(_lastId));
                return (message, _lastId);
            }
            return null;
        }
    }

    /// <summary>The siren has acknowledged; false when nothing of ours is on its way under this identifier.</summary>
    public bool Arrived(ushort packetId)
    {
        lock (_lock)
            return _onTheirWay.Remove(packetId);
    }

    Topic? Find(ReadOnlySpan<byte> name)
    {
        foreach (var topic in _topics)
            if (name.SequenceEqual(topic.Name))
                return topic;
        return null;
    }

    sealed class Topic(byte[] name)
    {
        public byte[] Name { get; } = name;

        public int Qos { get; set; }

        public bool RetainAsPublished { get; set; }

        public TailMessage? Waiting { get; set; }
    }
}

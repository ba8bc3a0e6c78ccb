using System.Collections.Concurrent;

namespace CanhLu.Ingest;

/// <summary>The last retained message of each topic (MQTT 5.0, 3.3.1.3), for technicians who subscribe later. In memory: the truth about a device is
/// in the Archive. Bounded by the accounts: some short messages each.</summary>
sealed class Retained
{
    const int TopicsPerDevice = 4;
    const int LongestPayload = 1_024;

    readonly ConcurrentDictionary<string, List<TailMessage>> _devices = new(StringComparer.Ordinal);

    /// <summary>Replaces the topic's message; an empty one removes it. A long one, or one on a fifth topic, is not retained.</summary>
    public void Put(string device, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var messages = _devices.GetOrAdd(device, static _ => new List<TailMessage>(1));
        lock (messages)
        {
            for (var i = 0; i < messages.Count; i++)
            {
                if (!topic.SequenceEqual(messages[i].Topic))
                    continue;
                if (payload.Length is 0 or > LongestPayload)
                    messages.RemoveAt(i);
                else
                    messages[i] = messages[i] with { Payload = payload.ToArray() };
                return;
            }
            if (payload.Length is > 0 and <= LongestPayload && messages.Count < TopicsPerDevice)
                messages.Add(new TailMessage(topic.ToArray(), payload.ToArray(), Retain: true));
        }
    }

    public void Forget(string device) => _devices.TryRemove(device, out _);

    public List<TailMessage> Matching(byte[] filter)
    {
        var found = new List<TailMessage>();
        foreach (var messages in _devices.Values)
            lock (messages)
                foreach (var message in messages)
                    if (TopicFilter.Matches(filter, message.Topic))
                        found.Add(message);
        return found;
    }
}

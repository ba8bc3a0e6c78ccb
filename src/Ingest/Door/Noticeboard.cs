using System.Collections.Frozen;
using System.Text;

namespace CanhLu.Ingest;

/// <summary>What stands for sirens at the door: the retained message of each of their topics, who may hear which, and what they say they have heard.</summary>
/// <remarks>In memory: whoever posts states everything again after a start. The door asks on every CONNECT of a siren, and delivers by each one's <see cref="Listening"/>.</remarks>
public sealed class Noticeboard
{
    readonly Lock _changing = new();
    readonly Dictionary<string, TailMessage> _standing = new(StringComparer.Ordinal);
    readonly List<Listening> _listening = [];
    FrozenDictionary<string, Seat> _seats = FrozenDictionary<string, Seat>.Empty;

    /// <summary>Who takes what a siren has heard: its id and its bytes. False: it could not be kept, and is not acknowledged.</summary>
    public Func<string, ReadOnlyMemory<byte>, bool>? Heard { get; set; }

    /// <summary>Other sirens, or other topics for one of them.</summary>
    internal event Action? Reseated;

    /// <summary>Something was posted.</summary>
    internal event Action<TailMessage>? Posted;

    /// <summary>Says who the sirens are. A connection whose rights are others from now on is ended, and comes again with the new ones.</summary>
    public void SeatAll(Site site)
    {
        Volatile.Write(ref _seats, site.Sirens.Values.ToFrozenDictionary(siren => siren.Id, siren => new Seat(site.Id, siren), StringComparer.Ordinal));
        Reseated?.Invoke();
    }

    /// <summary>Retains a message and sends it to whoever hears the topic; an empty one is sent, and nothing is retained any more.</summary>
    public void Post(string topic, byte[] payload)
    {
        var message = new TailMessage(Encoding.UTF8.GetBytes(topic), payload, Retain: true);
        lock (_changing)
        {
            if (payload.Length == 0)
                _standing.Remove(topic);
            else
                _standing[topic] = message;
            foreach (var listening in _listening)
                listening.Offer(message);
        }
        Posted?.Invoke(message);
    }

    internal Seat? SeatOf(string account) => Volatile.Read(ref _seats).GetValueOrDefault(account);

    internal List<TailMessage> Matching(byte[] filter)
    {
        lock (_changing)
            return [.. _standing.Values.Where(message => TopicFilter.Matches(filter, message.Topic))];
    }

    /// <summary>Begins to hear a topic; what is retained there comes first.</summary>
    internal void Listen(Listening listening, in Wish wish)
    {
        lock (_changing)
        {
            if (!_listening.Contains(listening))
                _listening.Add(listening);
            listening.Add(wish, _standing.GetValueOrDefault(Encoding.UTF8.GetString(wish.Filter)));
        }
    }

    internal void Leave(Listening listening)
    {
        lock (_changing)
            _listening.Remove(listening);
    }
}

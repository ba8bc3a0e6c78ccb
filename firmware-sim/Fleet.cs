using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim;

/// <summary>Plays the scripts of pretend devices to a broker, each over a link of its own.</summary>
/// <param name="broker">Where they connect.</param>
/// <param name="credentials">What each device shows there, by its id; null for nothing.</param>
/// <param name="realDelay">When an instant of the simulated world is due.</param>
/// <param name="time">For waiting.</param>
/// <param name="options">How they send.</param>
/// <remarks>
/// Whatever is due at once goes out together: at a pace the network can follow each sample is a message of its own, and beyond that
/// the messages grow into backlog arrays instead of growing in number. The links stay open after <see cref="Play"/>, until the fleet is disposed.
/// </remarks>
public sealed class Fleet(
    BrokerAddress broker, Func<string, Credential?> credentials, RealDelay realDelay, TimeProvider time, FleetOptions options) : IAsyncDisposable
{
    readonly Tally _tally = new();
    readonly Dictionary<string, DeviceLink> _links = [];
    readonly Dictionary<string, List<Sample>> _due = [];
    long _reached = long.MinValue;

    /// <summary>What went over the links so far.</summary>
    public Counts Counts => _tally.Counts;

    /// <summary>The last trouble of any link, for people; null while there was none.</summary>
    public string? LastTrouble => _tally.LastTrouble;

    /// <summary>How far the scripts were played, in simulated time; null before the first act.</summary>
    public Instant? Reached => Interlocked.Read(ref _reached) is var ticks && ticks == long.MinValue ? null : Instant.FromUnixTimeTicks(ticks);

    /// <summary>Plays scripts to their end, and returns when every message is acknowledged or refused. Once a fleet.</summary>
    public async Task<Counts> Play(IEnumerable<DeviceScript> scripts, CancellationToken token)
    {
        var next = new PriorityQueue<(string Device, IEnumerator<Act> Acts), (Instant At, int Order)>();
        var order = 0;
        foreach (var script in scripts)
        {
            _links.Add(script.Device, new DeviceLink(script.Device, broker, credentials(script.Device), options.Link, _tally, time));
            _due.Add(script.Device, []);
            Enqueue(next, script.Device, script.Acts.GetEnumerator(), order++);
        }

        while (next.Count > 0)
        {
            await Sweep(next, token);
            if (next.TryPeek(out _, out var first))
            {
                var delay = realDelay(first.At).ToTimeSpan();
                await Task.Delay(delay > options.Tick ? delay : options.Tick, time, token);
            }
        }

        await Task.WhenAll(_links.Values.Select(link => link.Finish(token)));
        return Counts;
    }

    /// <summary>Says goodbye on every link.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_links.Values.Select(link => link.DisposeAsync().AsTask()));

    // All acts that are due, in order of time; the messages leave at the end of the sweep, or when one is full.
    async Task Sweep(PriorityQueue<(string Device, IEnumerator<Act> Acts), (Instant At, int Order)> next, CancellationToken token)
    {
        while (next.TryPeek(out var turn, out var when) && realDelay(when.At) <= Duration.Zero)
        {
            next.Dequeue();
            await Perform(turn.Device, turn.Acts.Current, token);
            Interlocked.Exchange(ref _reached, when.At.ToUnixTimeTicks());
            Enqueue(next, turn.Device, turn.Acts, when.Order);
        }

        foreach (var device in _due.Keys)
        {
            await Flush(device, token);
        }
    }

    async ValueTask Perform(string device, Act act, CancellationToken token)
    {
        switch (act)
        {
            case Act.Send send:
                foreach (var sample in send.Samples)
                {
                    _due[device].Add(sample);
                    if (_due[device].Count == options.Batch)
                    {
                        await Flush(device, token);
                    }
                }

                break;
            case Act.Vanish:
                await Flush(device, token);
                _links[device].Vanish();
                break;
            case Act.Return:
                _links[device].Return();
                break;
            default:
                throw new InvalidOperationException($"No such act: {act}");
        }
    }

    async ValueTask Flush(string device, CancellationToken token)
    {
        var samples = _due[device];
        if (samples.Count > 0)
        {
            await _links[device].Send(new Message(Payload.Encode(samples, options.Time), [.. samples]), token);
            samples.Clear();
        }
    }

    static void Enqueue(
        PriorityQueue<(string Device, IEnumerator<Act> Acts), (Instant At, int Order)> next, string device, IEnumerator<Act> acts, int order)
    {
        if (acts.MoveNext())
        {
            next.Enqueue((device, acts), (acts.Current.At, order));
        }
        else
        {
            acts.Dispose();
        }
    }
}

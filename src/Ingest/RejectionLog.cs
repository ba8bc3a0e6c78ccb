using System.Text;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>The last rejections of every device with the bytes that were sent, for the technician; and how many there were.</summary>
/// <remarks>
/// Bounded three ways: <see cref="PerDevice"/> of a device, <see cref="UnknownDevices"/> ids that the site does not name (those longest silent go first),
/// and <see cref="MaxBytes"/> altogether (the oldest of all go first). One lock, taken only for what is rejected: a good message never meets it.
/// </remarks>
public sealed class RejectionLog
{
    /// <summary>How many rejections of a device are kept.</summary>
    public const int PerDevice = 50;

    /// <summary>How many bytes of a payload are kept.</summary>
    public const int MaxPayload = 2048;

    /// <summary>How many ids that the site does not name are kept.</summary>
    public const int UnknownDevices = 1000;

    /// <summary>How much memory all of it may take, bytes: 32 MiB hold 300 devices at their worst, and ten thousand with payloads as they are.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    const int MaxTopic = 256;

    // A record, its strings' and its nodes' heads.
    const int Overhead = 300;

    readonly Lock _lock = new();
    readonly Dictionary<string, DeviceTally> _tallies = new(StringComparer.Ordinal);
    readonly LinkedList<DeviceTally> _unknown = [];
    readonly LinkedList<KeptRejection> _kept = [];
    readonly long[] _totals = new long[Findings.Reasons];
    long _bytes;
    long _forgottenUnknownFields;

    /// <summary>The rejections of a device, newest first; none when nothing of it was refused.</summary>
    /// <param name="device">The device's id; empty for messages that tell none.</param>
    public IReadOnlyList<Rejection> Of(string device)
    {
        lock (_lock)
            return _tallies.TryGetValue(device, out var tally) ? [.. tally.Kept.Select(node => node.Value.Rejection).Reverse()] : [];
    }

    /// <summary>The rejections of all devices, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<Rejection> Latest(int limit)
    {
        lock (_lock)
        {
            var latest = new List<Rejection>(Math.Min(limit, _kept.Count));
            for (var node = _kept.Last; node is not null && latest.Count < limit; node = node.Previous)
                latest.Add(node.Value.Rejection);
            return latest;
        }
    }

    /// <summary>The counts of every device of the site, and of the ids that it does not name.</summary>
    public IReadOnlyList<DeviceTally> Tallies()
    {
        lock (_lock)
            return [.. _tallies.Values];
    }

    /// <summary>The counts of one device; null when it is neither of the site nor was refused of late.</summary>
    public DeviceTally? TallyOf(string device)
    {
        lock (_lock)
            return _tallies.GetValueOrDefault(device);
    }

    /// <summary>Devices that send messages and that the site does not name, the last heard first.</summary>
    public IReadOnlyList<Stranger> Strangers()
    {
        lock (_lock)
            return
            [
                .. _unknown.Where(tally => tally.Device.Length > 0 && tally[RejectionReason.UnknownDevice] > 0).Reverse()
                    .Select(tally => new Stranger(tally.Device, tally[RejectionReason.UnknownDevice], tally.Kept.LastOrDefault()?.Value.Rejection.At)),
            ];
    }

    /// <summary>Rejections of one reason since the start, of all devices.</summary>
    public long Total(RejectionReason reason) => Interlocked.Read(ref _totals[(int)reason]);

    /// <summary>Fields that no model names since the start, of all devices.</summary>
    public long TotalUnknownFields()
    {
        lock (_lock)
            return _forgottenUnknownFields + _tallies.Values.Sum(tally => tally.UnknownFields);
    }

    /// <summary>The tallies of a table's devices, in its order; devices that are no longer of the site become unknown ones.</summary>
    internal DeviceTally[] Know(DeviceTable devices)
    {
        lock (_lock)
        {
            var known = new DeviceTally[devices.Count];
            foreach (var tally in _tallies.Values)
                tally.IsKnown = false;
            foreach (var device in devices.Devices)
            {
                var tally = known[device.Index] = TallyFor(device.Id);
                tally.IsKnown = true;
                if (tally.AmongUnknown is { } node)
                    _unknown.Remove(node);
                tally.AmongUnknown = null;
            }
            foreach (var tally in _tallies.Values.Where(tally => !tally.IsKnown && tally.AmongUnknown is null))
                tally.AmongUnknown = _unknown.AddLast(tally);
            ForgetUnknown();
            return known;
        }
    }

    /// <summary>The tally of an id that the site does not name.</summary>
    internal DeviceTally Unknown(string device)
    {
        lock (_lock)
        {
            var tally = TallyFor(device);
            if (tally.IsKnown)
                return tally;
            if (tally.AmongUnknown is { } node)
                _unknown.Remove(node);
            tally.AmongUnknown = _unknown.AddLast(tally);
            ForgetUnknown();
            return tally;
        }
    }

    /// <param name="tally">Whose.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">The payload as it may be kept, or the first <see cref="MaxPayload"/> bytes of it.</param>
    /// <param name="length">How long the payload was that came.</param>
    /// <param name="at">When it came.</param>
    /// <param name="findings">What is wrong.</param>
    internal void Add(DeviceTally tally, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, int length, Instant at, in Findings findings)
    {
        var bytes = payload.ToArray();
        var shownTopic = Encoding.UTF8.GetString(topic[..Math.Min(topic.Length, MaxTopic)]);
        var weight = bytes.Length + shownTopic.Length * 2 + Overhead;
        tally.Count(findings.Counts);
        for (var i = 0; i < Findings.Reasons; i++)
            if (findings.Counts[i] != 0)
                Interlocked.Add(ref _totals[i], findings.Counts[i]);
        lock (_lock)
        {
            // Meanwhile it may have become the oldest unknown one and be gone: then nobody can ask for it.
            if (!_tallies.TryGetValue(tally.Device, out var current) || current != tally)
                return;
            foreach (var (reason, detail) in findings.Kept)
            {
                var rejection = new Rejection(at, tally.Device, shownTopic, reason, detail, bytes, length);
                tally.Kept.Enqueue(_kept.AddLast(new KeptRejection(tally, rejection, weight + detail.Length * 2)));
                _bytes += _kept.Last!.Value.Weight;
                if (tally.Kept.Count > PerDevice)
                    ForgetOldestOf(tally);
            }
            while (_bytes > MaxBytes)
                ForgetOldestOf(_kept.First!.Value.Tally);
        }
    }

    DeviceTally TallyFor(string device)
    {
        if (!_tallies.TryGetValue(device, out var tally))
            _tallies.Add(device, tally = new DeviceTally(device));
        return tally;
    }

    void ForgetUnknown()
    {
        while (_unknown.Count > UnknownDevices)
        {
            var oldest = _unknown.First!.Value;
            _unknown.RemoveFirst();
            while (oldest.Kept.Count > 0)
                ForgetOldestOf(oldest);
            _tallies.Remove(oldest.Device);
            _forgottenUnknownFields += oldest.UnknownFields;
        }
    }

    void ForgetOldestOf(DeviceTally tally)
    {
        var node = tally.Kept.Dequeue();
        _bytes -= node.Value.Weight;
        _kept.Remove(node);
    }
}

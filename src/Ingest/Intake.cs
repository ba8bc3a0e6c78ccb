using System.Text.Json;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Turns the messages of devices into readings: the one place through which every way in goes. Safe for many threads at once.</summary>
/// <remarks>
/// A message gives readings, or a rejection with its reason, or both (a value that is no number spoils its field only). Nothing is allocated on the
/// good path, and no bytes make it throw. Everything it looks up is one immutable snapshot, so that a changed site takes effect between two messages.
/// </remarks>
public sealed class Intake
{
    /// <summary>The longest payload that is read, bytes.</summary>
    public const int MaxPayload = 64 * 1024;

    /// <summary>The most elements of a backlog.</summary>
    public const int MaxElements = 10_000;

    /// <summary>The deepest nesting of a payload; ours have two levels, what stands in unknown fields is skipped.</summary>
    public const int MaxDepth = 8;

    readonly RejectionLog _log;
    readonly IngestMetrics _metrics;
    Known _known;

    /// <summary>Makes an intake for the devices of a site.</summary>
    /// <param name="devices">Whom it knows; see <see cref="Adopt"/>.</param>
    /// <param name="log">Where rejections go.</param>
    /// <param name="metrics">Where they are counted.</param>
    public Intake(DeviceTable devices, RejectionLog log, IngestMetrics metrics)
    {
        _log = log;
        _metrics = metrics;
        _known = new Known(devices, log.Know(devices));
    }

    /// <summary>The devices known now.</summary>
    public DeviceTable Devices => Volatile.Read(ref _known).Devices;

    /// <summary>Replaces the devices as a whole, for the messages taken from now on.</summary>
    public void Adopt(DeviceTable devices) => Volatile.Write(ref _known, new Known(devices, _log.Know(devices)));

    /// <summary>Decodes one message and appends its readings.</summary>
    /// <param name="topic">The topic, UTF-8.</param>
    /// <param name="payload">The payload; not kept (a rejection keeps a copy).</param>
    /// <param name="receivedAt">Our clock: when it came in.</param>
    /// <param name="batch">Gets the readings; what it held before stays.</param>
    /// <returns>How many readings were appended; 0 for a message that is none. Either way the message is dealt with, and may be acknowledged once
    /// the batch is stored.</returns>
    public int Take(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch)
    {
        var known = Volatile.Read(ref _known);
        var kind = NativeTopic.Parse(topic, out var id);
        if (kind == TopicKind.Unknown)
            return Reject(known, topic, payload, receivedAt, id, RejectionReason.UnknownTopic, "not canhlu/v1/{device}/up or …/status");
        if (!known.Devices.TryFind(id, out var device))
            return Reject(known, topic, payload, receivedAt, id, RejectionReason.UnknownDevice, "the site names no such device");
        if (payload.Length > MaxPayload)
            return Reject(known, topic, payload, receivedAt, id, RejectionReason.TooLarge, $"more than {MaxPayload} bytes");

        var before = batch.Count;
        var findings = new Findings();
        try
        {
            if (kind == TopicKind.Status)
                StatusPayload.Read(device, payload, receivedAt, batch, ref findings);
            else
                NativePayload.Read(device, payload, receivedAt, known.Devices.FutureTolerance, batch, ref findings);
        }
        catch (JsonException exception)
        {
            findings.Whole(RejectionReason.NotJson, exception.Message);
        }

        if (findings.IsWhole)
            batch.Truncate(before);
        if (findings.UnknownFields > 0)
            known.Tallies[device.Index].CountUnknownFields(findings.UnknownFields);
        if (findings.Any)
        {
            _log.Add(known.Tallies[device.Index], topic, payload, receivedAt, findings);
            _metrics.Rejected(findings);
        }
        return batch.Count - before;
    }

    int Reject(
        Known known, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, ReadOnlySpan<byte> id, RejectionReason reason, string detail)
    {
        var findings = new Findings();
        findings.Whole(reason, detail);
        var tally = known.Devices.TryFind(id, out var device) ? known.Tallies[device.Index] : _log.Unknown(NativeTopic.NameOf(id));
        _log.Add(tally, topic, payload, receivedAt, findings);
        _metrics.Rejected(findings);
        return 0;
    }

    sealed record Known(DeviceTable Devices, DeviceTally[] Tallies);
}

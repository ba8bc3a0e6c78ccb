using System.Text.Json;
using CanhLu.Ingest.Decoders;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Turns the messages of devices into readings: the one place through which every way in goes. Safe for many threads at once.</summary>
/// <remarks>
/// A message gives readings, or a rejection with its reason, or both (a value that is no number spoils its field only); on the topics of the site's decoders it may
/// also be one that is rightly there and not read, which is counted. Nothing is allocated on the good path, and no bytes make it throw. Everything it looks up is one immutable snapshot, so that a changed site takes effect between two messages.
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
    /// <returns>How many readings were appended; 0 for a message that is none, or is ignored. Either way the message is dealt with, and may be acknowledged once
    /// the batch is stored.</returns>
    public int Take(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch)
    {
        var known = Volatile.Read(ref _known);
        var kind = NativeTopic.Parse(topic, out var id);
        if (kind == TopicKind.Unknown)
            return TakeForeign(known, topic, id, payload, receivedAt, batch);
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
            findings.Whole(RejectionReason.NotJson, Said(exception, device.IsPrivate));
        }
        return Settle(known, topic, payload, receivedAt, device, device.IsPrivate, batch, before, findings);
    }

    int TakeForeign(Known known, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> native, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch)
    {
        if (!known.Devices.TryDecode(topic, out var decoding, out var name, out var rest))
            return Reject(
                known, topic, payload, receivedAt, native, RejectionReason.UnknownTopic, "neither canhlu/v1/{device}/up or …/status nor a topic of the site's decoders", !topic.StartsWith("canhlu/"u8));
        if (decoding.Format == PayloadFormat.Frigate)
            return TakeFrigate(known, decoding, topic, name, rest, payload, receivedAt, batch);
        // Where anything may stand at the end, other events of a LoRaWAN server come too: joins, acknowledgements, logs.
        if (decoding.Pattern.IsOpen && decoding.Format is PayloadFormat.ChirpStack or PayloadFormat.TheThingsStack && !topic.EndsWith("/up"u8))
            return Ignore(decoding);
        if (!known.Devices.TryFindForeign(name, out var device))
            return Reject(known, topic, payload, receivedAt, name, RejectionReason.UnknownDevice, "the site names no such device", decoding.IsPrivate);
        if (!decoding.Admits(device))
            return Reject(known, topic, payload, receivedAt, device.IdBytes, RejectionReason.UnknownDevice, "it is none of those that come this way", decoding.IsPrivate);
        if (payload.Length > MaxPayload)
            return Reject(known, topic, payload, receivedAt, device.IdBytes, RejectionReason.TooLarge, $"more than {MaxPayload} bytes", decoding.IsPrivate);

        var before = batch.Count;
        var findings = new Findings();
        try
        {
            ForeignPayload.Read(device, decoding, payload, receivedAt, known.Devices.FutureTolerance, batch, ref findings);
        }
        catch (JsonException exception)
        {
            findings.Whole(RejectionReason.NotJson, Said(exception, decoding.IsPrivate || device.IsPrivate));
        }
        if (findings.IsIgnored && !findings.Any)
            return Ignore(decoding);
        return Settle(known, topic, payload, receivedAt, device, decoding.IsPrivate || device.IsPrivate, batch, before, findings);
    }

    int TakeFrigate(
        Known known, Decoding decoding, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch)
    {
        var before = batch.Count;
        var findings = new Findings();
        KnownDevice? device = null;
        var says = FrigateTopic.Of(name, rest);
        if (says == FrigateSays.Nothing || payload.Length > MaxPayload)
            return Ignore(decoding);
        if (says == FrigateSays.Available)
        {
            FrigateTopic.ReadAvailable(decoding, payload, receivedAt, batch, ref findings);
        }
        else if (!known.Devices.TryFindForeign(name, out device) || !decoding.Admits(device))
        {
            // It may be a camera that the site forgot, and as well a zone, which has counts of its own: said once, so that it can be seen, and no more.
            if ((says == FrigateSays.Count && !FrigateTopic.IsCount(payload)) || _log.TallyOf(device?.Id ?? Shown(name, isPrivate: true)) is { } heard && heard[RejectionReason.UnknownDevice] > 0)
                return Ignore(decoding);
            return Reject(known, topic, payload, receivedAt, device is null ? name : device.IdBytes, RejectionReason.UnknownDevice, "the site names no such camera; said once", isPrivate: true);
        }
        else if (says == FrigateSays.Status)
        {
            FrigateTopic.ReadStatus(device, payload, receivedAt, batch, ref findings);
        }
        else
        {
            FrigateTopic.ReadCount(device, decoding, rest, payload, receivedAt, batch, ref findings);
        }
        return findings.IsIgnored ? Ignore(decoding) : Settle(known, topic, payload, receivedAt, device, true, batch, before, findings);
    }

    /// <summary>Counts what was found, keeps what was refused, and takes back what a refused message has given.</summary>
    int Settle(
        Known known, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, KnownDevice? device, bool isPrivate, ReadingBatch batch, int before, in Findings findings)
    {
        if (findings.IsWhole)
            batch.Truncate(before);
        if (findings.UnknownFields > 0 && device is not null)
            known.Tallies[device.Index].CountUnknownFields(findings.UnknownFields);
        if (findings.Any)
            Keep(device is null ? _log.Unknown("") : known.Tallies[device.Index], topic, payload, receivedAt, device, isPrivate, findings);
        return batch.Count - before;
    }

    static string Shown(ReadOnlySpan<byte> name, bool isPrivate) => isPrivate && Mask.IsAddress(name) ? "" : NativeTopic.NameOf(name);

    // The reader's own words quote what it stumbled over.
    static string Said(JsonException exception, bool isPrivate) =>
        isPrivate ? $"no JSON from line {exception.LineNumber}, byte {exception.BytePositionInLine} on" : exception.Message;

    int Ignore(Decoding decoding)
    {
        _metrics.Ignored(decoding.Format);
        return 0;
    }

    int Reject(
        Known known, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, ReadOnlySpan<byte> id, RejectionReason reason, string detail, bool isPrivate = false)
    {
        var findings = new Findings();
        findings.Whole(reason, detail);
        isPrivate |= known.Devices.TryFind(id, out var device) && device.IsPrivate;
        Keep(device is not null ? known.Tallies[device.Index] : _log.Unknown(Shown(id, isPrivate)), topic, payload, receivedAt, device, isPrivate, findings);
        return 0;
    }

    void Keep(
        DeviceTally tally, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Instant receivedAt, KnownDevice? device, bool isPrivate, in Findings findings)
    {
        var length = payload.Length;
        payload = payload[..Math.Min(length, RejectionLog.MaxPayload)];
        if (isPrivate)
            _log.Add(tally, Mask.Topic(topic), Mask.Payload(payload, device), length, receivedAt, findings);
        else
            _log.Add(tally, topic, payload, length, receivedAt, findings);
        _metrics.Rejected(findings);
    }

    sealed record Known(DeviceTable Devices, DeviceTally[] Tallies);
}

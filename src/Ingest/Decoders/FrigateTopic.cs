using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest.Decoders;

/// <summary>What a topic of Frigate tells.</summary>
enum FrigateSays
{
    /// <summary>What is not read: pictures, events, reviews, recognised faces and plates, settings, statistics.</summary>
    Nothing,

    /// <summary><c>frigate/available</c>: whether Frigate itself runs.</summary>
    Available,

    /// <summary><c>frigate/{camera}/status/detect</c>: whether pictures come from the camera.</summary>
    Status,

    /// <summary><c>frigate/{camera}/{object}</c>: how many of them are in the picture now. Also of a zone, which a site may name as a device.</summary>
    Count,
}

/// <summary>The topics of Frigate: a whole number, or a word. Nothing of a picture, a face or an event is read.</summary>
/// <remarks>There is no time in them: they are what is so now, and subscribed to at QoS 0, so that no broker keeps one for later. A count has the flag
/// <see cref="Flag.NotEvaluated"/>, for nobody has measured its time.</remarks>
static class FrigateTopic
{
    const int MaxDigits = 9;

    /// <summary>What a topic tells, by its levels behind the prefix.</summary>
    public static FrigateSays Of(ReadOnlySpan<byte> device, ReadOnlySpan<byte> rest) =>
        rest.IsEmpty ? device.SequenceEqual("available"u8) ? FrigateSays.Available : FrigateSays.Nothing
        : rest.SequenceEqual("status/detect"u8) ? FrigateSays.Status
        : rest.Contains((byte)'/') ? FrigateSays.Nothing
        : FrigateSays.Count;

    /// <summary>Whether a payload is a count: there are other topics of two levels, <c>frigate/{camera}/motion</c>.</summary>
    public static bool IsCount(ReadOnlySpan<byte> payload)
    {
        var number = payload.Trim(" \t\r\n"u8);
        return number.Length is > 0 and <= MaxDigits && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (number.Length == 1 || number[0] != '0');
    }

    /// <summary>Frigate as a whole runs or not, and with it all cameras that it has.</summary>
    public static void ReadAvailable(Decoding decoding, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch, ref Findings findings)
    {
        if (Online(payload) is not { } online)
        {
            findings.Whole(RejectionReason.NotItsFormat, "neither online, offline nor stopped");
            return;
        }
        foreach (var camera in decoding.Devices)
            Add(camera, online, receivedAt, batch);
        if (decoding.Devices.Length == 0)
            findings.Ignore();
    }

    public static void ReadStatus(KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch, ref Findings findings)
    {
        if (Online(payload) is { } online)
            Add(device, online, receivedAt, batch);
        else
            findings.Whole(RejectionReason.NotItsFormat, "neither online, offline nor disabled");
    }

    public static void ReadCount(
        KnownDevice device, Decoding decoding, ReadOnlySpan<byte> what, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch, ref Findings findings)
    {
        var place = decoding.FieldAt(device, what);
        if (place < 0)
        {
            findings.Ignore();
            return;
        }
        var field = device.Fields[place];
        if (!IsCount(payload) || !field.TryRead(payload.Trim(" \t\r\n"u8), out var value, out var flag))
        {
            findings.Whole(RejectionReason.NotANumber, $"{field.Model.Name}: no whole number");
            return;
        }
        batch.Add(new Reading(field.Series, WireTime.Cut(receivedAt), receivedAt, value, flag == Flag.Good ? Flag.NotEvaluated : flag));
        if (flag == Flag.Fail)
            findings.Add(RejectionReason.OutOfSensorRange, FormattableString.Invariant($"{field.Model.Name}: not in {field.Min} to {field.Max}"));
    }

    static bool? Online(ReadOnlySpan<byte> payload)
    {
        var word = payload.Trim(" \t\r\n"u8);
        return word.SequenceEqual("online"u8) ? true
            : word.SequenceEqual("offline"u8) || word.SequenceEqual("stopped"u8) || word.SequenceEqual("disabled"u8) ? false
            : null;
    }

    static void Add(KnownDevice device, bool online, Instant receivedAt, ReadingBatch batch) =>
        batch.Add(new Reading(device.Online, WireTime.Cut(receivedAt), receivedAt, online ? 1 : 0, Flag.Good));
}

using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;

namespace CanhLu.Ingest.Native;

/// <summary>The payload of a status: <c>online</c>, <c>offline</c>, or <c>{"online":true}</c>; a reading of <see cref="Device.Online"/>.</summary>
/// <remarks>It is measured when it is received: a last will carries the time of its making, if any, and a retained status is what is so now.</remarks>
static class StatusPayload
{
    public static void Read(KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch, ref Findings findings)
    {
        var word = payload.Trim(" \t\r\n"u8);
        if (Ascii.EqualsIgnoreCase(word, "online"u8))
            Add(device, true, receivedAt, batch);
        else if (Ascii.EqualsIgnoreCase(word, "offline"u8))
            Add(device, false, receivedAt, batch);
        else if (word.IsEmpty)
            findings.Whole(RejectionReason.NoValue, "an empty status");
        else if (!Utf8.IsValid(payload))
            findings.Whole(RejectionReason.NotJson, "not UTF-8");
        else
            ReadObject(device, payload, receivedAt, batch, ref findings);
    }

    static void ReadObject(KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, ReadingBatch batch, ref Findings findings)
    {
        var reader = NativePayload.Reader(payload);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            findings.Whole(RejectionReason.NotJson, "not online, offline or an object");
            return;
        }
        Span<byte> unescaped = stackalloc byte[NativePayload.MaxUnescaped];
        bool? online = null;
        var isOther = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOnline = NativePayload.Text(in reader, unescaped).SequenceEqual("online"u8);
            reader.Read();
            if (isOnline)
            {
                online = reader.TokenType switch
                {
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    JsonTokenType.Number when reader.ValueSpan.SequenceEqual("1"u8) => true,
                    JsonTokenType.Number when reader.ValueSpan.SequenceEqual("0"u8) => false,
                    _ => null,
                };
                isOther = online is null;
            }
            if (!NativePayload.Skip(ref reader, ref findings))
                return;
        }
        reader.Read();
        if (online is { } state)
            Add(device, state, receivedAt, batch);
        else if (isOther)
            findings.Whole(RejectionReason.NotANumber, "online is neither true nor false");
        else
            findings.Whole(RejectionReason.NoValue, "no online");
    }

    static void Add(KnownDevice device, bool online, Instant receivedAt, ReadingBatch batch) =>
        batch.Add(new Reading(device.Online, WireTime.Cut(receivedAt), receivedAt, online ? 1 : 0, Flag.Good));
}

using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;

namespace CanhLu.Ingest.Native;

/// <summary>The payload of <c>canhlu/v1/{device}/up</c>: one object, or an array of them (a backlog).</summary>
/// <remarks>
/// <c>{"t":"2025-10-29T21:00:00+07:00","seq":123,"stage_m":2.68,"battery_v":3.9}</c>. Where a name stands twice in an object the last one counts, <c>t</c>
/// too, as nearly every reader of JSON has it (RFC 8259, section 4). A payload that is not JSON to its last byte gives nothing, whatever came before the break.
/// </remarks>
static class NativePayload
{
    // Longer than any name or time of ours, for text with escapes; longer ones are names that we do not know.
    public const int MaxUnescaped = 128;

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> payload) => new(payload, new JsonReaderOptions { MaxDepth = Intake.MaxDepth + 2 });

    public static void Read(
        KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, Duration tolerance, ReadingBatch batch, ref Findings findings)
    {
        // The reader itself does not look into the strings that it skips.
        if (!Utf8.IsValid(payload))
        {
            findings.Whole(RejectionReason.NotJson, "not UTF-8");
            return;
        }
        Slot[]? rented = null;
        var slots = device.Fields.Length <= FieldSlots.OnStack
            ? stackalloc Slot[FieldSlots.OnStack]
            : rented = ArrayPool<Slot>.Shared.Rent(device.Fields.Length);
        try
        {
            var message = new Message(device, payload, receivedAt, receivedAt + tolerance, batch, slots[..device.Fields.Length]);
            message.Read(ref findings);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<Slot>.Shared.Return(rented);
        }
    }

    /// <summary>Goes to the end of the value at which the reader stands; false when it is nested too deep.</summary>
    public static bool Skip(ref Utf8JsonReader reader, ref Findings findings)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return true;
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= Intake.MaxDepth)
            {
                findings.Whole(RejectionReason.TooDeep, $"more than {Intake.MaxDepth} levels");
                return false;
            }
            reader.Read();
        }
        while (reader.CurrentDepth > depth);
        return true;
    }

    /// <summary>The text of the token at which the reader stands; empty when it is too long, or no text at all, to be one of ours.</summary>
    public static ReadOnlySpan<byte> Text(in Utf8JsonReader reader, Span<byte> unescaped)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (reader.ValueSpan.Length > unescaped.Length)
            return default;
        try
        {
            return unescaped[..reader.CopyString(unescaped)];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: \ud800 is within JSON's grammar and still no text.
            return default;
        }
    }

    ref struct Message(
        KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, Instant latest, ReadingBatch batch, Span<Slot> slots)
    {
        readonly FieldSlots _slots = new(device, payload, receivedAt, latest, batch, slots);
        Utf8JsonReader _reader = Reader(payload);

        public void Read(ref Findings findings)
        {
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                if (!ReadObject(-1, ref findings))
                    return;
            }
            else if (_reader.TokenType == JsonTokenType.StartArray)
            {
                if (!ReadArray(ref findings))
                    return;
            }
            else
            {
                findings.Whole(RejectionReason.NotJson, "neither an object nor an array");
                return;
            }
            // Throws when anything follows.
            _reader.Read();
        }

        bool ReadArray(ref Findings findings)
        {
            var element = 0;
            for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read(), element++)
            {
                if (element == Intake.MaxElements)
                    return findings.Whole(RejectionReason.TooLarge, $"more than {Intake.MaxElements} elements");
                if (_reader.TokenType == JsonTokenType.StartObject)
                {
                    if (!ReadObject(element, ref findings))
                        return false;
                    continue;
                }
                findings.Add(RejectionReason.NotJson, findings.Wants ? $"{FieldSlots.Place(element)}no object" : "");
                if (!Skip(ref _reader, ref findings))
                    return false;
            }
            if (element == 0)
                findings.Add(RejectionReason.NoValue, "an empty array");
            return true;
        }

        bool ReadObject(int element, ref Findings findings)
        {
            _slots.Clear();
            Instant? at = null;
            string? fault = "";
            var timeAt = -1;
            var next = 0;
            Span<byte> unescaped = stackalloc byte[MaxUnescaped];
            for (_reader.Read(); _reader.TokenType == JsonTokenType.PropertyName; _reader.Read())
            {
                var name = Text(in _reader, unescaped);
                var isTime = name is [(byte)'t'];
                var place = isTime ? -1 : device.FieldAt(name, next);
                var isKnown = isTime || place >= 0 || name.SequenceEqual("seq"u8);
                _reader.Read();
                if (isTime)
                {
                    timeAt = (int)_reader.TokenStartIndex;
                    at = ReadTime(in _reader, unescaped, out fault);
                }
                else if (place >= 0)
                {
                    _slots.Read(in _reader, place);
                    next = place + 1;
                }
                else if (!isKnown)
                {
                    findings.UnknownFields++;
                }
                if (!Skip(ref _reader, ref findings))
                    return false;
            }
            if (at is { } measuredAt)
            {
                if (!_slots.Conclude(measuredAt, "t", Flag.Good, element, ref findings))
                    findings.Add(RejectionReason.NoValue, findings.Wants ? $"{FieldSlots.Place(element)}no field that the model knows" : "");
            }
            else if (timeAt < 0)
            {
                findings.Add(RejectionReason.NoTime, findings.Wants ? $"{FieldSlots.Place(element)}no t" : "");
            }
            else
            {
                findings.Add(RejectionReason.BadTime, findings.Wants ? $"{FieldSlots.Place(element)}t is {_slots.Shown(timeAt, 0)}: {fault}" : "");
            }
            return true;
        }

        static Instant? ReadTime(in Utf8JsonReader reader, Span<byte> unescaped, out string fault)
        {
            Instant at = default;
            fault = "neither ISO 8601 nor milliseconds";
            var isTime = reader.TokenType switch
            {
                JsonTokenType.String => WireTime.TryParseIso(Text(in reader, unescaped), out at, out fault),
                JsonTokenType.Number => WireTime.TryParseEpoch(reader.ValueSpan, out at, out fault),
                _ => false,
            };
            return isTime ? at : null;
        }
    }
}

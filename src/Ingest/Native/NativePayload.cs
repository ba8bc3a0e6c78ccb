using System.Buffers;
using System.Text;
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
    const int FieldsOnStack = 64;

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
        var slots = device.Fields.Length <= FieldsOnStack
            ? stackalloc Slot[FieldsOnStack]
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

    enum Held : byte
    {
        Nothing,
        Value,
        NotANumber,
    }

    struct Slot
    {
        public Held Held;
        public Flag Flag;
        public double Value;
        public int At;
        public int Length;
    }

    ref struct Message(
        KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, Instant latest, ReadingBatch batch, Span<Slot> slots)
    {
        readonly ReadOnlySpan<byte> _payload = payload;
        readonly Span<Slot> _slots = slots;
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
                findings.Add(RejectionReason.NotJson, findings.Wants ? $"{Place(element)}no object" : "");
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
                    ReadField(place);
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
                Conclude(measuredAt, element, ref findings);
            else if (timeAt < 0)
                findings.Add(RejectionReason.NoTime, findings.Wants ? $"{Place(element)}no t" : "");
            else
                findings.Add(RejectionReason.BadTime, findings.Wants ? $"{Place(element)}t is {Shown(timeAt, 0)}: {fault}" : "");
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

        void ReadField(int place)
        {
            ref var slot = ref _slots[place];
            slot.At = (int)_reader.TokenStartIndex;
            slot.Length = _reader.ValueSpan.Length;
            slot.Flag = Flag.Good;
            slot.Held = Held.Value;
            switch (_reader.TokenType)
            {
                case JsonTokenType.Number:
                    if (!device.Fields[place].TryRead(_reader.ValueSpan, out slot.Value, out slot.Flag))
                        slot.Held = Held.NotANumber;
                    break;
                case JsonTokenType.True:
                    device.Fields[place].TryRead("1"u8, out slot.Value, out slot.Flag);
                    break;
                case JsonTokenType.False:
                    device.Fields[place].TryRead("0"u8, out slot.Value, out slot.Flag);
                    break;
                case JsonTokenType.Null:
                    slot.Held = Held.Nothing;
                    break;
                default:
                    slot.Held = Held.NotANumber;
                    break;
            }
        }

        void Conclude(Instant measuredAt, int element, ref Findings findings)
        {
            if (measuredAt > latest)
            {
                findings.Add(RejectionReason.Future, findings.Wants ? $"{Place(element)}t is {measuredAt - receivedAt} ahead of our clock" : "");
                return;
            }
            var isEmpty = true;
            for (var i = 0; i < _slots.Length; i++)
            {
                ref var slot = ref _slots[i];
                if (slot.Held == Held.Nothing)
                    continue;
                isEmpty = false;
                var field = device.Fields[i];
                if (slot.Held == Held.NotANumber)
                {
                    findings.Add(RejectionReason.NotANumber, findings.Wants ? Named(element, field, slot, "no number") : "");
                    continue;
                }
                batch.Add(new Reading(field.Series, measuredAt, receivedAt, slot.Value, slot.Flag));
                if (slot.Flag == Flag.Fail)
                    findings.Add(
                        RejectionReason.OutOfSensorRange,
                        findings.Wants ? Named(element, field, slot, FormattableString.Invariant($"not in {field.Min} to {field.Max}")) : "");
            }
            if (isEmpty)
                findings.Add(RejectionReason.NoValue, findings.Wants ? $"{Place(element)}no field that the model knows" : "");
        }

        string Named(int element, WireField field, in Slot slot, string fault) =>
            $"{Place(element)}{Encoding.UTF8.GetString(field.Name)} is {Shown(slot.At, slot.Length)}: {fault}";

        static string Place(int element) => element < 0 ? "" : $"element {element}: ";

        string Shown(int at, int length)
        {
            const int Most = 32;
            var rest = _payload[at..];
            if (length == 0)
                length = rest.IndexOfAny(",}]"u8) is var end and >= 0 ? end : rest.Length;
            else if (rest[0] == '"')
                length += 2;
            return length <= Most ? Encoding.UTF8.GetString(rest[..length]) : Encoding.UTF8.GetString(rest[..Most]) + "…";
        }
    }
}

using System.Text;
using System.Text.Json;
using NodaTime;

namespace CanhLu.Ingest.Native;

/// <summary>What one element of a payload holds for one field.</summary>
struct Slot
{
    public Held Held;
    public Flag Flag;
    public double Value;
    public int At;
    public int Length;
}

/// <summary>What stands in a slot.</summary>
enum Held : byte
{
    Nothing,
    Value,
    NotANumber,
}

/// <summary>The fields of one element of a payload on their way into readings: gathered first, because its time may stand behind them.</summary>
ref struct FieldSlots(KnownDevice device, ReadOnlySpan<byte> payload, Instant receivedAt, Instant latest, ReadingBatch batch, Span<Slot> slots)
{
    /// <summary>Slots that are put on the stack; a model with more fields rents them.</summary>
    public const int OnStack = 64;

    readonly ReadOnlySpan<byte> _payload = payload;
    readonly Span<Slot> _slots = slots;

    /// <summary>Begins with another element.</summary>
    public readonly void Clear() => _slots.Clear();

    /// <summary>Takes the value at which the reader stands for a field; what stood there before is forgotten.</summary>
    public readonly void Read(in Utf8JsonReader reader, int place)
    {
        ref var slot = ref _slots[place];
        slot.At = (int)reader.TokenStartIndex;
        slot.Length = reader.ValueSpan.Length;
        slot.Flag = Flag.Good;
        slot.Held = Held.Value;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                if (!device.Fields[place].TryRead(reader.ValueSpan, out slot.Value, out slot.Flag))
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

    /// <summary>Takes a number that does not stand in the payload as it is: a count, a sum.</summary>
    /// <param name="place">The field.</param>
    /// <param name="number">A JSON number.</param>
    /// <param name="at">Where in the payload it comes from, for people; 0 for everywhere.</param>
    public readonly void Put(int place, ReadOnlySpan<byte> number, int at = 0)
    {
        ref var slot = ref _slots[place];
        (slot.At, slot.Length) = (at, at == 0 ? 0 : number.Length);
        slot.Held = device.Fields[place].TryRead(number, out slot.Value, out slot.Flag) ? Held.Value : Held.NotANumber;
    }

    /// <summary>Makes readings of what was gathered.</summary>
    /// <param name="measuredAt">When it was measured.</param>
    /// <param name="time">What the payload calls the time, for people.</param>
    /// <param name="good">The flag of a value that the sensor can give.</param>
    /// <param name="element">Which element of a backlog; −1 where there is one only.</param>
    /// <param name="findings">What is wrong.</param>
    /// <returns>Whether there was any field, right or wrong. Where there was none that is left to the caller to say.</returns>
    public readonly bool Conclude(Instant measuredAt, string time, Flag good, int element, ref Findings findings)
    {
        if (measuredAt > latest)
        {
            findings.Add(RejectionReason.Future, findings.Wants ? $"{Place(element)}{time} is {measuredAt - receivedAt} ahead of our clock" : "");
            return true;
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
            batch.Add(new Reading(field.Series, measuredAt, receivedAt, slot.Value, slot.Flag == Flag.Good ? good : slot.Flag));
            if (slot.Flag == Flag.Fail)
                findings.Add(
                    RejectionReason.OutOfSensorRange,
                    findings.Wants ? Named(element, field, slot, FormattableString.Invariant($"not in {field.Min} to {field.Max}")) : "");
        }
        return !isEmpty;
    }

    /// <summary>Which element, as a detail begins.</summary>
    public static string Place(int element) => element < 0 ? "" : $"element {element}: ";

    /// <summary>What stands in the payload, shortened. Of a device that may send what residents own, numbers and times only.</summary>
    /// <param name="at">Where.</param>
    /// <param name="length">How long it is, without its quotes; 0 for up to the next comma or bracket.</param>
    public readonly string Shown(int at, int length)
    {
        const int Most = 32;
        var rest = _payload[at..];
        if (length == 0)
            length = rest.IndexOfAny(",}]"u8) is var end and >= 0 ? end : rest.Length;
        else if (rest[0] == '"')
            length += 2;
        if (device.IsPrivate && rest[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-') && !(length > 1 && rest[length - 1] == '"' && WireTime.LooksLikeIso(rest[1..(length - 1)])))
            return "***";
        return length <= Most ? Encoding.UTF8.GetString(rest[..length]) : Encoding.UTF8.GetString(rest[..Most]) + "…";
    }

    readonly string Named(int element, WireField field, in Slot slot, string fault) => slot.At == 0
        ? $"{Place(element)}{Encoding.UTF8.GetString(field.Name)}: {fault}"
        : $"{Place(element)}{Encoding.UTF8.GetString(field.Name)} is {Shown(slot.At, slot.Length)}: {fault}";
}

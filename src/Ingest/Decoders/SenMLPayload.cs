using System.Globalization;
using System.Text;
using System.Text.Json;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest.Decoders;

/// <summary>A SenML pack in JSON (RFC 8428): an array of records, each one value, resolved as section 4.6 has it.</summary>
/// <remarks>
/// <c>[{"bn":"urn:dev:ow:10e2073a01080063:","bt":1761746400,"n":"stage","u":"m","v":2.68},{"n":"stage","t":-600,"v":2.61}]</c>. A field is found by the whole name, else by
/// what follows its last <c>:</c> or <c>/</c>. A time below 2^28 s counts from now (section 4.5.3): such a reading is <see cref="Flag.Suspect"/>, for a broker may have
/// kept the pack for hours. A unit that is not the field's on the wire is a rejection.
/// </remarks>
ref struct SenMLPayload(
    KnownDevice device, Decoding decoding, ReadOnlySpan<byte> payload, Instant receivedAt, Duration tolerance, ReadingBatch batch)
{
    const int MaxName = NativePayload.MaxUnescaped;
    const int Version = 10;
    const long Microseconds = 1_000_000;
    const long Relative = (1L << 28) * Microseconds;

    Utf8JsonReader _reader = NativePayload.Reader(payload);
    ReadOnlySpan<byte> _baseUnit;
    ReadOnlySpan<byte> _baseValue;
    long _baseTime;
    bool _baseTimeIsWrong;
    int _baseName;
    bool _baseNameIsLong;

    /// <summary>What is written for one record.</summary>
    ref struct Record
    {
        public ReadOnlySpan<byte> Unit;
        public ReadOnlySpan<byte> Value;
        public int Name;
        public long Time;
        public bool NameIsLong;
        public bool HasName;
        public bool HasValue;
        public bool HasOther;
        public bool HasSum;
        public bool TimeIsWrong;
        public bool IsBoolean;
        public bool IsWrong;
    }

    public void Read(ref Findings findings)
    {
        // The bases last from record to record, the name of each is put behind the base's.
        Span<byte> name = stackalloc byte[2 * MaxName];
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            findings.Whole(RejectionReason.NotItsFormat, "no array of SenML records");
            return;
        }
        var before = batch.Count;
        var unknown = findings.UnknownFields;
        var element = 0;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read(), element++)
        {
            if (element == Intake.MaxElements)
            {
                findings.Whole(RejectionReason.TooLarge, $"more than {Intake.MaxElements} elements");
                return;
            }
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                findings.Add(RejectionReason.NotJson, findings.Wants ? $"{FieldSlots.Place(element)}no object" : "");
                if (!NativePayload.Skip(ref _reader, ref findings))
                    return;
                continue;
            }
            if (!ReadRecord(element, name, ref findings))
                return;
        }
        // Throws when anything follows.
        _reader.Read();
        if (batch.Count == before && !findings.Any)
            findings.Add(RejectionReason.NoValue, findings.UnknownFields > unknown ? "no name that the model knows" : "no value in any record");
    }

    bool ReadRecord(int element, scoped Span<byte> name, ref Findings findings)
    {
        var record = new Record();
        Span<byte> label = stackalloc byte[MaxName];
        for (_reader.Read(); _reader.TokenType == JsonTokenType.PropertyName; _reader.Read())
        {
            var key = NativePayload.Text(in _reader, label);
            if (key is [.., (byte)'_'])
                return findings.Whole(RejectionReason.NotItsFormat, $"{FieldSlots.Place(element)}a label that ends in _ is not known here, and must be (RFC 8428, 4.4)");
            var which = Which(key);
            _reader.Read();
            switch (which)
            {
                case Label.BaseName:
                    record.IsWrong |= !TryName(name, 0, out _baseName, out _baseNameIsLong);
                    break;
                case Label.Name:
                    // Behind where a base name ends at most: the base may still follow, and is moved before it then.
                    record.IsWrong |= !TryName(name, MaxName, out record.Name, out record.NameIsLong);
                    record.HasName = true;
                    break;
                case Label.BaseTime:
                    _baseTimeIsWrong = !TryTime(out _baseTime);
                    break;
                case Label.Time:
                    record.TimeIsWrong = !TryTime(out record.Time);
                    break;
                case Label.BaseUnit:
                    record.IsWrong |= _reader.TokenType != JsonTokenType.String;
                    _baseUnit = _reader.ValueSpan;
                    break;
                case Label.Unit:
                    // One with escapes is none that we know, and none that the site could have.
                    record.IsWrong |= _reader.TokenType != JsonTokenType.String;
                    record.Unit = _reader.ValueSpan;
                    break;
                case Label.BaseValue:
                    if (_reader.TokenType == JsonTokenType.Number)
                        _baseValue = _reader.ValueSpan;
                    else
                        record.IsWrong = true;
                    break;
                case Label.BaseVersion:
                    if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out var version) || version > Version)
                        return findings.Whole(RejectionReason.NotItsFormat, $"{FieldSlots.Place(element)}a version of SenML above {Version}");
                    break;
                case Label.Value:
                    record.HasValue = _reader.TokenType == JsonTokenType.Number;
                    record.HasOther |= !record.HasValue;
                    record.IsBoolean = false;
                    record.Value = _reader.ValueSpan;
                    break;
                case Label.Boolean:
                    record.HasValue = record.IsBoolean = _reader.TokenType is JsonTokenType.True or JsonTokenType.False;
                    record.HasOther |= !record.HasValue;
                    record.Value = _reader.TokenType == JsonTokenType.True ? "1"u8 : "0"u8;
                    break;
                case Label.Text:
                    record.HasOther = true;
                    break;
                case Label.Sum:
                    record.HasSum = true;
                    break;
                default:
                    break;
            }
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        Conclude(element, in record, name, ref findings);
        return true;
    }

    readonly void Conclude(int element, scoped in Record record, scoped Span<byte> name, ref Findings findings)
    {
        if (record.IsWrong)
        {
            findings.Add(RejectionReason.NotItsFormat, findings.Wants ? $"{FieldSlots.Place(element)}a label of SenML with a value of another type" : "");
            return;
        }
        // A record that only sets bases for those after it.
        if (!record.HasName && !record.HasValue && !record.HasOther && !record.HasSum)
            return;
        var place = PlaceOf(record, name);
        if (place < 0)
        {
            findings.UnknownFields++;
            return;
        }
        var field = device.Fields[place];
        if (record.TimeIsWrong || _baseTimeIsWrong || !TryMeasuredAt(record.Time, out var measuredAt, out var isRelative))
        {
            findings.Add(RejectionReason.BadTime, findings.Wants ? $"{FieldSlots.Place(element)}bt and t give no time in the years 2000 to 2100" : "");
            return;
        }
        if (measuredAt > receivedAt + tolerance)
        {
            findings.Add(RejectionReason.Future, findings.Wants ? $"{FieldSlots.Place(element)}bt and t are {measuredAt - receivedAt} ahead of our clock" : "");
            return;
        }
        var unit = record.Unit.IsEmpty ? _baseUnit : record.Unit;
        if (!unit.IsEmpty && !SenMLUnits.Agrees(unit, field.Model))
        {
            findings.Add(RejectionReason.WrongUnit, findings.Wants ? $"{FieldSlots.Place(element)}{field.Model.Name} is in {Shown(unit)}, and the model has it in {OnTheWire(field.Model)}" : "");
            return;
        }
        Span<byte> sum = stackalloc byte[48];
        scoped var number = record.HasValue ? record.Value : record.HasOther || record.HasSum ? default : _baseValue;
        if (record.HasValue && !record.IsBoolean && !_baseValue.IsEmpty && !TryAdd(_baseValue, record.Value, sum, out number))
            number = default;
        if (number.IsEmpty && !record.HasValue && !record.HasOther)
        {
            findings.Add(RejectionReason.NoValue, findings.Wants ? $"{FieldSlots.Place(element)}no value" : "");
            return;
        }
        if (number.IsEmpty || !field.TryRead(number, out var value, out var flag))
        {
            findings.Add(RejectionReason.NotANumber, findings.Wants ? $"{FieldSlots.Place(element)}{field.Model.Name}: no number" : "");
            return;
        }
        batch.Add(new Reading(field.Series, measuredAt, receivedAt, value, flag == Flag.Good && isRelative ? Flag.Suspect : flag));
        if (flag == Flag.Fail)
            findings.Add(
                RejectionReason.OutOfSensorRange,
                findings.Wants ? FormattableString.Invariant($"{FieldSlots.Place(element)}{field.Model.Name} is {Shown(number)}: not in {field.Min} to {field.Max}") : "");
    }

    readonly int PlaceOf(scoped in Record record, scoped Span<byte> name)
    {
        if (record.NameIsLong || _baseNameIsLong)
            return -1;
        // The base name stands first, the record's at MaxName.
        name.Slice(MaxName, record.Name).CopyTo(name[_baseName..]);
        ReadOnlySpan<byte> whole = name[..(_baseName + record.Name)];
        var place = whole.IsEmpty ? -1 : decoding.FieldAt(device, whole);
        if (place >= 0)
            return place;
        var last = whole[(whole.LastIndexOfAny(":/"u8) + 1)..];
        return last.IsEmpty ? -1 : decoding.FieldAt(device, last);
    }

    readonly bool TryMeasuredAt(long time, out Instant at, out bool isRelative)
    {
        at = default;
        // Neither is beyond ±9.2e18, and no sum of two such that is a time comes near it.
        var sum = unchecked(_baseTime + time);
        isRelative = sum < Relative;
        if (((_baseTime ^ sum) & (time ^ sum)) < 0)
            return false;
        if (!isRelative)
            return WireTime.TryOf(sum, out at);
        var now = receivedAt.ToUnixTimeTicks() / 10;
        return sum > -now && WireTime.TryOf(now + sum, out at);
    }

    /// <summary>Reads seconds, as whole microseconds.</summary>
    bool TryTime(out long microseconds)
    {
        microseconds = 0;
        return _reader.TokenType == JsonTokenType.Number && WireTime.TryMicroseconds(_reader.ValueSpan, out microseconds);
    }

    /// <summary>Takes a name out of the pack; false when it is no text.</summary>
    bool TryName(scoped Span<byte> into, int at, out int length, out bool isLong)
    {
        length = 0;
        isLong = false;
        if (_reader.TokenType != JsonTokenType.String)
            return false;
        Span<byte> unescaped = stackalloc byte[MaxName];
        var text = NativePayload.Text(in _reader, unescaped);
        // Longer than any of ours.
        isLong = text.Length > MaxName || (text.IsEmpty && _reader.ValueSpan.Length > 0);
        if (isLong)
            return true;
        text.CopyTo(into[at..]);
        length = text.Length;
        return true;
    }

    /// <summary>The sum as it would be written: in decimal, where both are decimals, so that 2 and 0.68 are 2.68.</summary>
    static bool TryAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> text, out ReadOnlySpan<byte> sum)
    {
        sum = default;
        int length;
        if (WireNumber.TryParse(a, out var first) && WireNumber.TryParse(b, out var second) && first.TryToDecimal(out var left) && second.TryToDecimal(out var right))
        {
            if (!(left + right).TryFormat(text, out length, provider: CultureInfo.InvariantCulture))
                return false;
        }
        else
        {
            var both = double.Parse(a, NumberStyles.Float, CultureInfo.InvariantCulture) + double.Parse(b, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (!double.IsFinite(both) || !both.TryFormat(text, out length, "R", CultureInfo.InvariantCulture))
                return false;
        }
        sum = text[..length];
        return true;
    }

    readonly string Shown(ReadOnlySpan<byte> text) => device.IsPrivate ? "***" : Encoding.UTF8.GetString(text[..Math.Min(text.Length, 16)]);

    static string OnTheWire(Field field) => field.Scale == 1 ? field.Unit : string.Create(CultureInfo.InvariantCulture, $"{field.Scale} {field.Unit}");

    enum Label
    {
        Other,
        BaseName,
        BaseTime,
        BaseUnit,
        BaseValue,
        BaseVersion,
        Name,
        Unit,
        Value,
        Boolean,
        Text,
        Sum,
        Time,
    }

    static Label Which(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("n"u8) ? Label.Name
        : key.SequenceEqual("v"u8) ? Label.Value
        : key.SequenceEqual("t"u8) ? Label.Time
        : key.SequenceEqual("u"u8) ? Label.Unit
        : key.SequenceEqual("bn"u8) ? Label.BaseName
        : key.SequenceEqual("bt"u8) ? Label.BaseTime
        : key.SequenceEqual("bu"u8) ? Label.BaseUnit
        : key.SequenceEqual("bv"u8) ? Label.BaseValue
        : key.SequenceEqual("bver"u8) ? Label.BaseVersion
        : key.SequenceEqual("vb"u8) ? Label.Boolean
        : key.SequenceEqual("vs"u8) || key.SequenceEqual("vd"u8) ? Label.Text
        : key.SequenceEqual("s"u8) ? Label.Sum
        : Label.Other;
}

using System.Globalization;
using System.Text.Json;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest.Decoders;

/// <summary>The uplink of a LoRaWAN server, its payload decoded there: ChirpStack v4's event <c>up</c>, The Things Stack's <c>uplink_message</c>.</summary>
/// <remarks>
/// <code>
/// {"time":"2025-10-29T14:00:00.775023242+00:00","fPort":1,"data":"qg==","object":{"stage_m":2.68},"rxInfo":[{"rssi":-36,"snr":10.5}]}
/// {"received_at":"…","uplink_message":{"received_at":"2025-10-29T14:00:00.656299995Z","frm_payload":"qg==","decoded_payload":{"stage_m":2.68},"rx_metadata":[{"rssi":-42,"snr":5.8}]}}
/// </code>
/// Both leave out what is 0, false or empty, but not within the decoded object. Objects in it are read with dots, arrays are not read. The signal is that of the gateway
/// that heard it best: <c>rxInfo.rssi</c> and <c>rxInfo.snr</c>, <c>rx_metadata.rssi</c> and <c>rx_metadata.snr</c>. Addresses, gateways and places are passed over.
/// The time is the server's, moments after the measurement: LoRaWAN has none of its own. A frame without a payload (an answer to the network) is no measurement, and ignored;
/// a simulated one is rejected, or an exercise at a desk would raise a real alarm.
/// </remarks>
ref struct UplinkPayload(
    KnownDevice device, Decoding decoding, ReadOnlySpan<byte> payload, Instant receivedAt, Duration tolerance, ReadingBatch batch, Span<Slot> slots)
{
    const int MaxPath = NativePayload.MaxUnescaped;

    readonly FieldSlots _slots = new(device, payload, receivedAt, receivedAt + tolerance, batch, slots);
    readonly ReadOnlySpan<byte> _payload = payload;
    Utf8JsonReader _reader = NativePayload.Reader(payload);
    int _timeAt = -1;
    int _outerTimeAt = -1;
    bool _hasObject;
    bool _hasData;
    bool _hasUplink;
    bool _isSimulated;
    Radio _best;

    /// <summary>How well one gateway heard it.</summary>
    struct Radio
    {
        public double Rssi;
        public double Snr;
        public bool HasRssi;
    }

    public void Read(ref Findings findings)
    {
        _slots.Clear();
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            findings.Whole(RejectionReason.NotItsFormat, "no object");
            return;
        }
        if (!(decoding.Format == PayloadFormat.ChirpStack ? ReadEvent(ref findings) : ReadUp(ref findings)))
            return;
        // Throws when anything follows.
        _reader.Read();
        Conclude(ref findings);
    }

    bool ReadEvent(ref Findings findings)
    {
        _hasUplink = true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (!(key switch
            {
                Name.Time => Time(ref _timeAt),
                Name.Object => Object(ref findings),
                Name.Data => Data(),
                Name.RxInfo => Radios(ref findings),
                _ => true,
            }) || !NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool ReadUp(ref Findings findings)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.ReceivedAt)
                Time(ref _outerTimeAt);
            else if (key == Name.Simulated)
                _isSimulated = _reader.TokenType == JsonTokenType.True;
            else if (key == Name.UplinkMessage && _reader.TokenType == JsonTokenType.StartObject && !ReadUplink(ref findings))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool ReadUplink(ref Findings findings)
    {
        _hasUplink = true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (!(key switch
            {
                Name.ReceivedAt => Time(ref _timeAt),
                Name.DecodedPayload => Object(ref findings),
                Name.FrmPayload => Data(),
                Name.RxMetadata => Radios(ref findings),
                _ => true,
            }) || !NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Time(ref int at)
    {
        at = (int)_reader.TokenStartIndex;
        return true;
    }

    bool Data()
    {
        _hasData = _reader.TokenType == JsonTokenType.String && _reader.ValueSpan.Length > 0;
        return true;
    }

    bool Object(ref Findings findings)
    {
        _hasObject = _reader.TokenType == JsonTokenType.StartObject;
        Span<byte> path = stackalloc byte[MaxPath];
        return !_hasObject || Fields(path, 0, ref findings);
    }

    /// <summary>Reads an object's fields; the reader stands at its end afterwards.</summary>
    bool Fields(scoped Span<byte> path, int length, ref Findings findings)
    {
        if (_reader.CurrentDepth >= Intake.MaxDepth)
            return findings.Whole(RejectionReason.TooDeep, $"more than {Intake.MaxDepth} levels");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var end = Append(path, length);
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                if (!Fields(path, end, ref findings))
                    return false;
                continue;
            }
            var place = end > path.Length ? -1 : decoding.FieldAt(device, path[..end]);
            if (place < 0)
                findings.UnknownFields++;
            else
                _slots.Read(in _reader, place);
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    /// <summary>Puts the name at which the reader stands behind a path; what comes back is past the path's room when it finds none there.</summary>
    int Append(scoped Span<byte> path, int length)
    {
        Span<byte> unescaped = stackalloc byte[MaxPath];
        var name = NativePayload.Text(in _reader, unescaped);
        var dot = length == 0 ? 0 : 1;
        if (name.IsEmpty || length + dot + name.Length > path.Length)
            return path.Length + 1;
        if (dot == 1)
            path[length] = (byte)'.';
        name.CopyTo(path[(length + dot)..]);
        return length + dot + name.Length;
    }

    bool Radios(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return true;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
        {
            if (_reader.TokenType == JsonTokenType.StartObject && !ReadRadio(ref findings))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool ReadRadio(ref Findings findings)
    {
        // What is 0 is left out, and an SNR is that often.
        var radio = new Radio();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.Rssi && _reader.TokenType == JsonTokenType.Number)
                radio.HasRssi = _reader.TryGetDouble(out radio.Rssi);
            else if (key == Name.Snr && _reader.TokenType == JsonTokenType.Number && !_reader.TryGetDouble(out radio.Snr))
                radio.Snr = 0;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        if (radio.HasRssi && (!_best.HasRssi || radio.Rssi > _best.Rssi))
            _best = radio;
        return true;
    }

    void Conclude(ref Findings findings)
    {
        if (!_hasUplink)
        {
            findings.Whole(RejectionReason.NotItsFormat, "no uplink_message");
            return;
        }
        if (_isSimulated)
        {
            findings.Whole(RejectionReason.NotItsFormat, "a simulated uplink: nothing was measured");
            return;
        }
        if (!_hasObject && !_hasData)
        {
            findings.Ignore();
            return;
        }
        var isChirpStack = decoding.Format == PayloadFormat.ChirpStack;
        var timeAt = _timeAt >= 0 ? _timeAt : _outerTimeAt;
        if (timeAt < 0)
        {
            findings.Add(RejectionReason.NoTime, isChirpStack ? "no time" : "no received_at");
            return;
        }
        if (!TryTime(timeAt, out var at, out var fault))
        {
            findings.Add(RejectionReason.BadTime, $"{(isChirpStack ? "time" : "received_at")} is {_slots.Shown(timeAt, 0)}: {fault}");
            return;
        }
        if (_best.HasRssi)
        {
            Put(isChirpStack ? "rxInfo.rssi"u8 : "rx_metadata.rssi"u8, _best.Rssi);
            Put(isChirpStack ? "rxInfo.snr"u8 : "rx_metadata.snr"u8, _best.Snr);
        }
        var isAny = _slots.Conclude(at, isChirpStack ? "time" : "received_at", Flag.Good, -1, ref findings);
        if (!_hasObject)
            findings.Add(RejectionReason.NoValue, isChirpStack ? "no object: the device profile has no codec" : "no decoded_payload: the device has no payload formatter");
        else if (!isAny)
            findings.Add(RejectionReason.NoValue, "no field that the model knows");
    }

    readonly bool TryTime(int timeAt, out Instant at, out string fault)
    {
        at = default;
        fault = "not ISO 8601";
        var text = _payload[timeAt..];
        if (text[0] != '"')
            return false;
        text = text[1..];
        // A time has no escapes.
        return WireTime.TryParseIso(text[..text.IndexOf((byte)'"')], out at, out fault);
    }

    readonly void Put(ReadOnlySpan<byte> name, double value)
    {
        var place = decoding.FieldAt(device, name);
        Span<byte> number = stackalloc byte[32];
        if (place >= 0 && value.TryFormat(number, out var length, "R", CultureInfo.InvariantCulture))
            _slots.Put(place, number[..length]);
    }

    enum Name
    {
        Other,
        Time,
        Object,
        Data,
        RxInfo,
        Rssi,
        Snr,
        ReceivedAt,
        Simulated,
        UplinkMessage,
        DecodedPayload,
        FrmPayload,
        RxMetadata,
    }

    Name Key()
    {
        Span<byte> unescaped = stackalloc byte[MaxPath];
        var key = NativePayload.Text(in _reader, unescaped);
        return key.SequenceEqual("time"u8) ? Name.Time
            : key.SequenceEqual("object"u8) ? Name.Object
            : key.SequenceEqual("data"u8) ? Name.Data
            : key.SequenceEqual("rxInfo"u8) ? Name.RxInfo
            : key.SequenceEqual("rssi"u8) ? Name.Rssi
            : key.SequenceEqual("snr"u8) ? Name.Snr
            : key.SequenceEqual("received_at"u8) ? Name.ReceivedAt
            : key.SequenceEqual("simulated"u8) ? Name.Simulated
            : key.SequenceEqual("uplink_message"u8) ? Name.UplinkMessage
            : key.SequenceEqual("decoded_payload"u8) ? Name.DecodedPayload
            : key.SequenceEqual("frm_payload"u8) ? Name.FrmPayload
            : key.SequenceEqual("rx_metadata"u8) ? Name.RxMetadata
            : Name.Other;
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest.Decoders;

/// <summary>NetJSON DeviceMonitoring, as OpenWISP's agents on OpenWrt write it: an access point's state.</summary>
/// <remarks>
/// <c>{"type":"DeviceMonitoring","general":{"local_time":1761746400,"uptime":5000},"resources":{"load":[0.1,0.2,0.1],"cpus":2,"memory":{"total":…,"available":…}},
/// "interfaces":[{"name":"wlan0","statistics":{"rx_bytes":1,"tx_bytes":2},"wireless":{"mode":"access_point","clients":[{…},{…}]}}]}</c>.
/// Read are sums and counts, under names of our own: <c>uptime_s</c>, <c>load_1</c>, <c>load_5</c>, <c>load_15</c>, <c>cpu_pct</c> (the first load over the processors, 100 at
/// most), <c>mem_pct</c>, <c>clients</c>, <c>rx_bytes</c> and <c>tx_bytes</c> (of wireless interfaces; they begin anew with the device). A client is counted and passed over:
/// neither its address nor anything else of it is looked at, nor leases, neighbours, the network's name or the device's own address.
/// </remarks>
ref struct NetJsonPayload(
    KnownDevice device, Decoding decoding, ReadOnlySpan<byte> payload, Instant receivedAt, Duration tolerance, ReadingBatch batch, Span<Slot> slots)
{
    readonly FieldSlots _slots = new(device, payload, receivedAt, receivedAt + tolerance, batch, slots);
    readonly ReadOnlySpan<byte> _payload = payload;
    Utf8JsonReader _reader = NativePayload.Reader(payload);
    bool _isDevice;
    int _timeAt = -1;
    int _timeLength;
    double? _load;
    double _cpus;
    Memory _memory;
    bool _hasWireless;
    long _clients;
    double? _received;
    double? _sent;

    struct Memory
    {
        public double Total;
        public double Free;
        public double Buffered;
        public double Cached;
        public double? Available;
    }

    /// <summary>One interface: only when it has been read is it known whether it is a wireless one that lets clients in.</summary>
    struct Port
    {
        public double? Received;
        public double? Sent;
        public bool IsWireless;
        public bool IsOther;
        public int Clients;
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
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (!(key switch
            {
                Name.Type => Type(),
                Name.General => General(ref findings),
                Name.Resources => Resources(ref findings),
                Name.Interfaces => Interfaces(ref findings),
                _ => true,
            }) || !NativePayload.Skip(ref _reader, ref findings))
                return;
        }
        // Throws when anything follows.
        _reader.Read();
        Conclude(ref findings);
    }

    bool Type()
    {
        Span<byte> unescaped = stackalloc byte[NativePayload.MaxUnescaped];
        _isDevice = _reader.TokenType == JsonTokenType.String && NativePayload.Text(in _reader, unescaped).SequenceEqual("DeviceMonitoring"u8);
        return true;
    }

    bool General(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.LocalTime)
                (_timeAt, _timeLength) = ((int)_reader.TokenStartIndex, _reader.TokenType == JsonTokenType.Number ? _reader.ValueSpan.Length : 0);
            else if (key == Name.Uptime)
                Take("uptime_s"u8);
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Resources(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.Cpus)
                _cpus = Number() ?? 0;
            else if ((key == Name.Load && !Load(ref findings)) || (key == Name.Memory && !ReadMemory(ref findings)))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Load(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return true;
        var i = 0;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read(), i++)
        {
            if (i == 0)
                _load = Number();
            if (i < 3)
                Take(i == 0 ? "load_1"u8 : i == 1 ? "load_5"u8 : "load_15"u8);
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool ReadMemory(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return true;
        _memory = default;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            var value = Number();
            if (key == Name.Total)
                _memory.Total = value ?? 0;
            else if (key == Name.Free)
                _memory.Free = value ?? 0;
            else if (key == Name.Buffered)
                _memory.Buffered = value ?? 0;
            else if (key == Name.Cached)
                _memory.Cached = value ?? 0;
            else if (key == Name.Available)
                _memory.Available = value;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Interfaces(ref Findings findings)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return true;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
        {
            if (_reader.TokenType == JsonTokenType.StartObject && !Interface(ref findings))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Interface(ref Findings findings)
    {
        var port = new Port();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (_reader.TokenType == JsonTokenType.StartObject
                && ((key == Name.Statistics && !Statistics(ref port, ref findings)) || (key == Name.Wireless && !Wireless(ref port, ref findings))))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        if (!port.IsWireless || port.IsOther)
            return true;
        _hasWireless = true;
        _clients += port.Clients;
        if (port.Received is { } received)
            _received = (_received ?? 0) + received;
        if (port.Sent is { } sent)
            _sent = (_sent ?? 0) + sent;
        return true;
    }

    bool Statistics(ref Port port, ref Findings findings)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.RxBytes)
                port.Received = Number();
            else if (key == Name.TxBytes)
                port.Sent = Number();
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Wireless(ref Port port, ref Findings findings)
    {
        port.IsWireless = true;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key();
            _reader.Read();
            if (key == Name.Mode)
                // A station's only client is the access point that it is a client of, a mesh's are its neighbours.
                port.IsOther = !IsAccessPoint();
            else if (key == Name.Clients && _reader.TokenType == JsonTokenType.StartArray && !Clients(ref port, ref findings))
                return false;
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    bool Clients(ref Port port, ref Findings findings)
    {
        port.Clients = 0;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
        {
            port.Clients++;
            // Passed over, whatever it says.
            if (!NativePayload.Skip(ref _reader, ref findings))
                return false;
        }
        return true;
    }

    void Conclude(ref Findings findings)
    {
        if (!_isDevice)
        {
            findings.Whole(RejectionReason.NotItsFormat, "type is not DeviceMonitoring");
            return;
        }
        if (_hasWireless)
            Put("clients"u8, _clients);
        if (_received is { } received)
            Put("rx_bytes"u8, received);
        if (_sent is { } sent)
            Put("tx_bytes"u8, sent);
        if (_memory.Total > 0)
            Put("mem_pct"u8, Math.Clamp(100 * (1 - (_memory.Available ?? _memory.Free + _memory.Buffered + _memory.Cached) / _memory.Total), 0, 100));
        if (_load is { } load && _cpus > 0)
            Put("cpu_pct"u8, Math.Clamp(100 * load / _cpus, 0, 100));

        // Without a time of its own it may have waited at the broker.
        var at = WireTime.Cut(receivedAt);
        var good = _timeAt < 0 ? Flag.Suspect : Flag.Good;
        if (_timeAt >= 0 && (_timeLength == 0 || !WireTime.TryParseSeconds(_payload.Slice(_timeAt, _timeLength), out at, out _)))
            findings.Add(RejectionReason.BadTime, $"local_time is {_slots.Shown(_timeAt, _timeLength)}: no seconds since 1970 in the years 2000 to 2100");
        else if (!_slots.Conclude(at, "local_time, to which OpenWrt adds the offset of its zone,", good, -1, ref findings))
            findings.Add(RejectionReason.NoValue, "no field that the model knows");
    }

    /// <summary>Takes the value at which the reader stands as it is.</summary>
    void Take(ReadOnlySpan<byte> name)
    {
        var place = decoding.FieldAt(device, name);
        if (place >= 0)
            _slots.Read(in _reader, place);
    }

    readonly void Put(ReadOnlySpan<byte> name, double value)
    {
        var place = decoding.FieldAt(device, name);
        Span<byte> number = stackalloc byte[32];
        if (place >= 0 && value.TryFormat(number, out var length, "R", CultureInfo.InvariantCulture))
            _slots.Put(place, number[..length]);
    }

    double? Number() =>
        _reader.TokenType == JsonTokenType.Number && Utf8Parser.TryParse(_reader.ValueSpan, out double value, out _) && double.IsFinite(value) ? value : null;

    bool IsAccessPoint()
    {
        Span<byte> unescaped = stackalloc byte[NativePayload.MaxUnescaped];
        return _reader.TokenType == JsonTokenType.String && NativePayload.Text(in _reader, unescaped).SequenceEqual("access_point"u8);
    }

    enum Name
    {
        Other,
        Type,
        General,
        Resources,
        Interfaces,
        LocalTime,
        Uptime,
        Load,
        Cpus,
        Memory,
        Total,
        Free,
        Buffered,
        Cached,
        Available,
        Statistics,
        RxBytes,
        TxBytes,
        Wireless,
        Mode,
        Clients,
    }

    Name Key()
    {
        Span<byte> unescaped = stackalloc byte[NativePayload.MaxUnescaped];
        var key = NativePayload.Text(in _reader, unescaped);
        return key.SequenceEqual("type"u8) ? Name.Type
            : key.SequenceEqual("general"u8) ? Name.General
            : key.SequenceEqual("resources"u8) ? Name.Resources
            : key.SequenceEqual("interfaces"u8) ? Name.Interfaces
            : key.SequenceEqual("local_time"u8) ? Name.LocalTime
            : key.SequenceEqual("uptime"u8) ? Name.Uptime
            : key.SequenceEqual("load"u8) ? Name.Load
            : key.SequenceEqual("cpus"u8) ? Name.Cpus
            : key.SequenceEqual("memory"u8) ? Name.Memory
            : key.SequenceEqual("total"u8) ? Name.Total
            : key.SequenceEqual("free"u8) ? Name.Free
            : key.SequenceEqual("buffered"u8) ? Name.Buffered
            : key.SequenceEqual("cached"u8) ? Name.Cached
            : key.SequenceEqual("available"u8) ? Name.Available
            : key.SequenceEqual("statistics"u8) ? Name.Statistics
            : key.SequenceEqual("rx_bytes"u8) ? Name.RxBytes
            : key.SequenceEqual("tx_bytes"u8) ? Name.TxBytes
            : key.SequenceEqual("wireless"u8) ? Name.Wireless
            : key.SequenceEqual("mode"u8) ? Name.Mode
            : key.SequenceEqual("clients"u8) ? Name.Clients
            : Name.Other;
    }
}

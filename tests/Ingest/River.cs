using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;
using CanhLu.Ingest;
using NodaTime;

namespace CanhLu.Tests.Ingest;

/// <summary>A small site with an intake in front of it.</summary>
sealed class River
{
    public const string Gauge = "tk-01";

    public static readonly Instant Now = Instant.FromUtc(2025, 10, 29, 14, 0, 5);

    public static readonly DeviceModel GaugeModel = new("radar", DeviceKind.Gauge,
    [
        new Field("stage_m", Device.StageQuantity, "mm", 1000, -2, 8),
        new Field("battery_v", "battery", "V", 1, 0, 20),
        new Field("rssi_dbm", "rssi", "dBm", 1, -150, 0),
        new Field("level_ft", "stage2", "mm", 304.8, -10, 40),
    ]);

    public static readonly DeviceModel PointModel = new("ap", DeviceKind.AccessPoint, [new Field("clients", "clients", "{clients}", 1, 0, 5000)]);

    readonly Dictionary<(string Device, string Quantity), SeriesId> _series = [];

    public River(params Device[] more)
        : this([], more)
    {
    }

    public River(ImmutableArray<Decoder> decoders, params Device[] more)
    {
        Decoders = decoders;
        Devices = TableOf([new Device(Gauge, GaugeModel, "tam-ky", "Tam Kỳ"), new Device("ap-1", PointModel, null, "Chợ"), .. more]);
        Log = new RejectionLog();
        Meters = new Meters();
        Metrics = new IngestMetrics(Meters, Log);
        Intake = new Intake(Devices, Log, Metrics);
    }

    public ImmutableArray<Decoder> Decoders { get; }

    public DeviceTable Devices { get; }

    public RejectionLog Log { get; }

    public Meters Meters { get; }

    public IngestMetrics Metrics { get; }

    public Intake Intake { get; }

    public ReadingBatch Batch { get; } = new();

    public DeviceTable TableOf(IEnumerable<Device> devices) => DeviceTable.Of(SiteOf(devices) with { Decoders = Decoders }, SeriesOf);

    public SeriesId SeriesOf(string device, string quantity, string unit) =>
        _series.TryGetValue((device, quantity), out var id) ? id : _series[(device, quantity)] = new SeriesId(_series.Count + 1);

    public int Take(string payload) => Take(Gauge, payload);

    public int Take(string device, string payload) => Take($"canhlu/v1/{device}/up", Encoding.UTF8.GetBytes(payload));

    public int Take(string topic, ReadOnlySpan<byte> payload) => Intake.Take(Encoding.UTF8.GetBytes(topic), payload, Now, Batch);

    /// <summary>The readings of a payload of the gauge, by quantity; the batch is empty afterwards.</summary>
    public Dictionary<string, Reading> Values(string payload)
    {
        Take(payload);
        var names = _series.ToDictionary(entry => entry.Value, entry => entry.Key.Quantity);
        var values = Batch.Readings.ToArray().ToDictionary(reading => names[reading.Series]);
        Batch.Truncate(0);
        return values;
    }

    /// <summary>Why the last payload of the gauge was refused, oldest first; nothing when it was not.</summary>
    public RejectionReason[] Reasons(string device = Gauge) => [.. Log.Of(device).Reverse().Select(rejection => rejection.Reason)];

    static Site SiteOf(IEnumerable<Device> devices) => new()
    {
        Id = "test",
        Name = "Test",
        Zone = DateTimeZone.Utc,
        Areas = FrozenDictionary<string, Area>.Empty,
        Stations = [],
        Devices = devices.ToFrozenDictionary(device => device.Id),
        Rules = [],
        Templates = [],
        Tellings = [],
        WarningValidFor = Duration.FromHours(2),
        AllClearValidFor = Duration.FromHours(6),
        FutureTolerance = Duration.FromMinutes(2),
    };
}

/// <summary>A meter factory whose sums can be read.</summary>
sealed class Meters : IMeterFactory
{
    readonly List<Meter> _meters = [];
    readonly MeterListener _listener = new();
    readonly Dictionary<string, long> _sums = [];

    public Meters()
    {
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (_sums)
            {
                var key = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
                _sums[key] = instrument.IsObservable ? value : _sums.GetValueOrDefault(key) + value;
            }
        });
    }

    public long this[string key]
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_sums)
                return _sums.GetValueOrDefault(key);
        }
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.Start();
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }
}

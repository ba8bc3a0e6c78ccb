using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CanhLu.Ingest;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>What it costs to make readings out of a message: one reading, a gauge's three quantities, and a backlog of 20, each message of another device; and of one in each foreign language.</summary>
/// <remarks>The baseline takes the same numbers out of the same bytes by <see cref="JsonDocument"/>, and knows neither device, range nor reason.</remarks>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[Config(typeof(Short))]
public class DecodeBench
{
    const int Devices = 1000;
    const string Single = """{"t":1761746400000,"seq":123456,"stage_m":1.234,"fw":"gauge-3.2.1+tam-ky-build-0417-a"}""";
    const string Gauge = """{"t":"2025-10-29T21:00:00+07:00","seq":123,"stage_m":2.68,"battery_v":3.9,"rssi_dbm":-71}""";

    // The same three quantities as other servers bring them, with what stands around them in their documentation.
    const string ChirpStack = """
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2025-10-29T14:00:00.775023242+00:00","deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"ChirpStack",
        "applicationId":"17c82e96-be03-4f38-aef3-f83d48582d97","applicationName":"Gauges","deviceProfileId":"14855bf7-d10d-4aee-b618-ebfcb64dc7ad","deviceProfileName":"Radar","deviceName":"Gauge",
        "devEui":"0101010101010101","tags":{"key":"value"}},"devAddr":"00189440","dr":1,"fPort":1,"data":"qg==","object":{"stage_m":2.68,"battery_v":3.9},
        "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-71,"snr":10.5,"context":"E3OWOQ==","metadata":{"region_name":"eu868","region_common_name":"EU868"}}],
        "txInfo":{"frequency":867100000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":"CR_4_5"}}}}
        """;
    const string TheThings = """
        {"end_device_ids":{"device_id":"gauge-0000","application_ids":{"application_id":"app1"},"dev_eui":"0004A30B001C0530","join_eui":"800000000000000C","dev_addr":"00BCB929"},
        "correlation_ids":["as:up:01E0WZGT6Y7657CPFPE5WEYDSQ"],"received_at":"2025-10-29T14:00:01.227100018Z","uplink_message":{"session_key_id":"AXBSH1Pk6Z0G166","f_port":1,"f_cnt":23709,"frm_payload":"gkHe",
        "decoded_payload":{"stage_m":2.68,"battery_v":3.9},"rx_metadata":[{"gateway_ids":{"gateway_id":"gtw1","eui":"9C5C8E00001A05C4"},"time":"2025-10-29T14:00:00.6Z","rssi":-71,"channel_rssi":-71,"snr":7.2}],
        "settings":{"data_rate":{"lora":{"bandwidth":125000,"spreading_factor":7}},"frequency":"868300000"},"received_at":"2025-10-29T14:00:00.775023242Z","consumed_airtime":"0.056576s"}}
        """;
    const string SenML = """[{"bn":"urn:dev:ow:10e2073a01080063:","bt":1761746400,"n":"stage_m","u":"m","v":2.68},{"n":"battery_v","u":"V","v":3.9},{"n":"rssi_dbm","u":"dBm","v":-71}]""";

    const string Client = """{"aid":1,"assoc":true,"auth":true,"authorized":true,"ht":true,"mac":"a4:cf:12:0b:d2:3e","signal":-60}""";

    readonly byte[] _netJson = Encoding.UTF8.GetBytes($$$"""
        {"type":"DeviceMonitoring","general":{"hostname":"ap","local_time":1761746400,"uptime":5000},"resources":{"load":[0.5,0.2,0.1],"cpus":2,"memory":{"total":250000000,"free":50000000,"buffered":10000000,
        "shared":1000000,"available":100000000}},"interfaces":[{"name":"wlan0","mac":"44:d1:fa:4b:38:44","statistics":{"rx_bytes":1000,"tx_bytes":2000},"wireless":{"channel":6,"mode":"access_point","ssid":"WiFi",
        "clients":[{{{string.Join(',', Enumerable.Repeat(Client, 30))}}}]}}]}
        """);

    static readonly string[] Names = ["stage_m", "battery_v", "rssi_dbm"];

    readonly byte[] _single = Encoding.UTF8.GetBytes(Single);
    readonly byte[] _gauge = Encoding.UTF8.GetBytes(Gauge);
    readonly byte[] _twenty = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"t":{{1761746400000 + 1000 * i}},"stage_m":1.2{{i:00}}}""")) + "]");
    readonly byte[][] _topics = [.. Enumerable.Range(0, Devices).Select(i => Encoding.UTF8.GetBytes($"canhlu/v1/gauge-{i:0000}/up"))];
    readonly byte[] _chirpStack = Encoding.UTF8.GetBytes(ChirpStack);
    readonly byte[] _theThings = Encoding.UTF8.GetBytes(TheThings);
    readonly byte[] _senML = Encoding.UTF8.GetBytes(SenML);
    readonly byte[] _count = "3"u8.ToArray();
    readonly byte[][] _chirpStackTopics = Topics("application/17c82e96-be03-4f38-aef3-f83d48582d97/device/{0}/event/up");
    readonly byte[][] _theThingsTopics = Topics("v3/app1@ttn/devices/{0}/up");
    readonly byte[][] _senMLTopics = Topics("senml/{0}");
    readonly byte[] _accessPoint = "openwisp/ap/monitoring"u8.ToArray();
    readonly byte[] _camera = "frigate/camera/people"u8.ToArray();
    readonly ReadingBatch _batch = new();
    readonly Instant _now = Instant.FromUtc(2025, 10, 29, 14, 1);
    Intake _intake = null!;
    int _next;

    [GlobalSetup]
    public void Setup()
    {
        var model = new DeviceModel("gauge", DeviceKind.Gauge,
        [
            new Field("stage_m", Device.StageQuantity, "mm", 1000, -2, 15), new Field("battery_v", "battery", "V", 1, 0, 30), new Field("rssi_dbm", "rssi", "dBm", 1, -150, 0),
        ]);
        var site = new Site
        {
            Id = "bench",
            Name = "Bench",
            Zone = DateTimeZone.Utc,
            Areas = FrozenDictionary<string, Area>.Empty,
            Stations = [],
            Devices = Enumerable.Range(0, Devices).Select(i => new Device($"gauge-{i:0000}", model, null, $"{i}"))
                .Append(new Device("ap", new DeviceModel("ap", DeviceKind.AccessPoint, [new Field("clients", "clients", "{clients}", 1, 0, 5000), new Field("mem_pct", "memory", "%", 1, 0, 100)]), null, "ap"))
                .Append(new Device("camera", new DeviceModel("camera", DeviceKind.Camera, [new Field("people", "people", "{people}", 1, 0, 1000)]), null, "camera"))
                .ToFrozenDictionary(device => device.Id),
            Decoders =
            [
                new("application/+/device/{device}/event/up", PayloadFormat.ChirpStack, [new("rxInfo.rssi", "rssi_dbm")], []),
                new("v3/+/devices/{device}/up", PayloadFormat.TheThingsStack, [new("rx_metadata.rssi", "rssi_dbm")], []),
                new("senml/{device}", PayloadFormat.SenML, [], []),
                new("openwisp/{device}/monitoring", PayloadFormat.NetJson, [], []),
                new("frigate/{device}/#", PayloadFormat.Frigate, [], []),
            ],
            Rules = [],
            Templates = [],
            Tellings = [],
            WarningValidFor = Duration.FromHours(1),
            AllClearValidFor = Duration.FromHours(3),
            FutureTolerance = Duration.FromMinutes(5),
        };
        var (log, series) = (new RejectionLog(), 0);
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _intake = new Intake(DeviceTable.Of(site, (_, _, _) => new SeriesId(++series)), log, new IngestMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), log));
        if (Take(_single) != 1 || Take(_gauge) != 3 || Take(_twenty) != 20 || ChirpStackTaken() != 3 || TheThingsTaken() != 3 || SenMLTaken() != 3 || NetJsonTaken() != 2 || FrigateTaken() != 1)
            throw new InvalidOperationException("The messages did not give their readings.");
    }

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("one reading")]
    public double SingleDocument() => Document(_single);

    [Benchmark(Description = "Intake"), BenchmarkCategory("one reading")]
    public int SingleTaken() => Take(_single);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("three quantities, ISO time")]
    public double GaugeDocument() => Document(_gauge);

    [Benchmark(Description = "Intake"), BenchmarkCategory("three quantities, ISO time")]
    public int GaugeTaken() => Take(_gauge);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("20 readings")]
    public double TwentyDocument()
    {
        using var document = JsonDocument.Parse(_twenty);
        var sum = 0.0;
        foreach (var one in document.RootElement.EnumerateArray())
            sum += one.GetProperty("t").GetInt64() + one.GetProperty("stage_m").GetDouble();
        return sum;
    }

    [Benchmark(Description = "Intake"), BenchmarkCategory("20 readings")]
    public int TwentyTaken() => Take(_twenty);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("ChirpStack, three quantities")]
    public double ChirpStackDocument() => Uplink(_chirpStack, null, "time", "object", "rxInfo");

    [Benchmark(Description = "Intake"), BenchmarkCategory("ChirpStack, three quantities")]
    public int ChirpStackTaken() => Take(_chirpStackTopics[_next++ % Devices], _chirpStack);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("The Things Stack, three quantities")]
    public double TheThingsDocument() => Uplink(_theThings, "uplink_message", "received_at", "decoded_payload", "rx_metadata");

    [Benchmark(Description = "Intake"), BenchmarkCategory("The Things Stack, three quantities")]
    public int TheThingsTaken() => Take(_theThingsTopics[_next++ % Devices], _theThings);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("SenML, three quantities")]
    public double SenMLDocument()
    {
        using var document = JsonDocument.Parse(_senML);
        var sum = 0.0;
        foreach (var record in document.RootElement.EnumerateArray())
            sum += record.GetProperty("v").GetDouble() + record.GetProperty("n").GetString()!.Length;
        return sum;
    }

    [Benchmark(Description = "Intake"), BenchmarkCategory("SenML, three quantities")]
    public int SenMLTaken() => Take(_senMLTopics[_next++ % Devices], _senML);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("NetJSON, 30 clients")]
    public double NetJsonDocument()
    {
        using var document = JsonDocument.Parse(_netJson);
        var memory = document.RootElement.GetProperty("resources").GetProperty("memory");
        return document.RootElement.GetProperty("interfaces").EnumerateArray().Sum(one => one.GetProperty("wireless").GetProperty("clients").GetArrayLength())
            + memory.GetProperty("available").GetDouble() / memory.GetProperty("total").GetDouble();
    }

    [Benchmark(Description = "Intake"), BenchmarkCategory("NetJSON, 30 clients")]
    public int NetJsonTaken() => Take(_accessPoint, _netJson);

    [Benchmark(Baseline = true, Description = "JsonDocument"), BenchmarkCategory("Frigate, a count")]
    public int FrigateDocument()
    {
        using var document = JsonDocument.Parse(_count);
        return document.RootElement.GetInt32();
    }

    [Benchmark(Description = "Intake"), BenchmarkCategory("Frigate, a count")]
    public int FrigateTaken() => Take(_camera, _count);

    static double Uplink(byte[] payload, string? within, string time, string fields, string radios)
    {
        using var document = JsonDocument.Parse(payload);
        var root = within is null ? document.RootElement : document.RootElement.GetProperty(within);
        var values = root.GetProperty(fields);
        return root.GetProperty(time).GetDateTimeOffset().ToUnixTimeMilliseconds() + values.GetProperty("stage_m").GetDouble() + values.GetProperty("battery_v").GetDouble()
            + root.GetProperty(radios).EnumerateArray().Max(one => one.GetProperty("rssi").GetDouble());
    }

    static byte[][] Topics(string form) => [.. Enumerable.Range(0, Devices).Select(i => Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, form, $"gauge-{i:0000}")))];

    static double Document(byte[] payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        var time = root.GetProperty("t");
        var sum = time.ValueKind == JsonValueKind.Number ? time.GetInt64() : time.GetDateTimeOffset().ToUnixTimeMilliseconds();
        var values = 0.0;
        foreach (var name in Names)
        {
            if (root.TryGetProperty(name, out var value))
                values += value.GetDouble();
        }
        return sum + values;
    }

    int Take(byte[] payload) => Take(_topics[_next++ % Devices], payload);

    int Take(byte[] topic, byte[] payload)
    {
        _batch.Truncate(0);
        return _intake.Take(topic, payload, _now, _batch);
    }
}

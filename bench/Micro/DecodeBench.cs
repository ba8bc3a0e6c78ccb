using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CanhLu.Ingest;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>What it costs to make readings out of a message: one reading, a gauge's three quantities, and a backlog of 20, each message of another device.</summary>
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

    static readonly string[] Names = ["stage_m", "battery_v", "rssi_dbm"];

    readonly byte[] _single = Encoding.UTF8.GetBytes(Single);
    readonly byte[] _gauge = Encoding.UTF8.GetBytes(Gauge);
    readonly byte[] _twenty = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"t":{{1761746400000 + 1000 * i}},"stage_m":1.2{{i:00}}}""")) + "]");
    readonly byte[][] _topics = [.. Enumerable.Range(0, Devices).Select(i => Encoding.UTF8.GetBytes($"canhlu/v1/gauge-{i:0000}/up"))];
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
            Devices = Enumerable.Range(0, Devices).Select(i => new Device($"gauge-{i:0000}", model, null, $"{i}")).ToFrozenDictionary(device => device.Id),
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
        if (Take(_single) != 1 || Take(_gauge) != 3 || Take(_twenty) != 20)
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

    int Take(byte[] payload)
    {
        _batch.Truncate(0);
        return _intake.Take(_topics[_next++ % Devices], payload, _now, _batch);
    }
}

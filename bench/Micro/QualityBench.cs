using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>What quality control costs a reading: a minute of 1,000 gauges in one call, every test on, two gauges a station, water that moves a little.</summary>
/// <remarks>The baseline is the least that any control must do: the sensor's span. It stands on the archive's loop, so what it costs is taken from storing.</remarks>
[MemoryDiagnoser]
[Config(typeof(Config))]
public class QualityBench
{
    const int Gauges = 1000;
    const int Minutes = 60;

    static readonly QualityTests Tests = new()
    {
        Gap = Duration.FromMinutes(5),
        UserSpan = new ValueSpan(-1000, 6000),
        Months = [.. Enumerable.Repeat<ValueSpan?>(new ValueSpan(-800, 3200), 12)],
        Spike = new SpikeTest(100, 200, SpikeMethod.Average),
        Rate = new RateTest(500 / 3600.0, 2000 / 3600.0),
        FlatLine = new FlatLineTest(Duration.FromHours(3), Duration.FromHours(12), 1),
        Attenuation = new AttenuationTest(Duration.FromHours(12), Duration.FromHours(10), 50, 5, AttenuationMeasure.Range),
        Neighbour = new NeighbourTest(50, Duration.FromMinutes(20)),
    };

    readonly Reading[][] _pages = [.. Enumerable.Range(0, Minutes).Select(_ => new Reading[Gauges])];
    readonly List<FlagCorrection> _corrections = [];
    QualityControl _control = null!;
    int _minute;

    [GlobalSetup]
    public void Setup()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _control = Control();
        System.Console.WriteLine($"// {(double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Gauges:0} bytes a gauge with every test on");
    }

    [IterationSetup]
    public void NextHour()
    {
        foreach (var page in _pages)
        {
            var at = RulesSite.Start + Duration.FromMinutes(_minute);
            for (var i = 0; i < Gauges; i++)
                page[i] = new Reading(new SeriesId(i + 1), at, at, 1200 + (i / 2 + _minute) % 7 + _minute % 240, Flag.Good);
            _minute++;
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Gauges * Minutes, Description = "sensor's span alone")]
    public int Span()
    {
        var beyond = 0;
        foreach (var page in _pages)
            foreach (ref readonly var reading in page.AsSpan())
                if (reading.Value is < -2000 or > 15000)
                    beyond++;
        return beyond;
    }

    [Benchmark(OperationsPerInvoke = Gauges * Minutes, Description = "every test")]
    public int Judged()
    {
        foreach (var page in _pages)
            _control.Judge(page, _corrections);
        var corrections = _corrections.Count;
        _corrections.Clear();
        return corrections;
    }

    static QualityControl Control() => new(
        [.. Enumerable.Range(0, Gauges).Select(i => new QualitySubject(new SeriesId(i + 1), Tests, new ValueSpan(-2000, 15000), Duration.FromMinutes(1), $"s{i / 2}"))],
        DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"]);

    sealed class Config : BenchmarkDotNet.Configs.ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1)
            .WithWarmupCount(20).WithIterationCount(30));
    }
}

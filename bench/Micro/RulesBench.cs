using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>What a reading costs: a minute of 1,000 stations in one call, reports a minute apart, no alarm changing.</summary>
/// <remarks>The baseline is the least that any rule engine must do: find the series' thresholds and compare.</remarks>
[MemoryDiagnoser]
[Config(typeof(Config))]
public class RulesBench
{
    const int Stations = 1000;

    // An hour: one battery and one connection for every ten stages.
    const int Minutes = 60;
    const int ReadingsARound = Stations * (Minutes + 2 * Minutes / 10);

    RulesSite _site = null!;
    readonly List<Alarm> _changes = [];
    readonly double[] _thresholds = new double[3 * Stations + 1];
    readonly (Reading[] Readings, int Count)[] _pages = new (Reading[], int)[Minutes];
    Judge _judge = null!;
    int _hour;

    /// <summary>Above the gate of the rate of rise every stage costs a slope.</summary>
    [Params(1000, 1300)]
    public int Stage { get; set; }

    /// <summary>Whether every station is forecast, too.</summary>
    [Params(false, true)]
    public bool Forecasts { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _site = new RulesSite(Stations, Forecasts);
        _judge = Judge.Create(_site.Site, _site.Series);
        Array.Fill(_thresholds, 9000);
        for (var minute = 0; minute < Minutes; minute++)
            _pages[minute].Readings = new Reading[3 * Stations];
    }

    [IterationSetup]
    public void NextHour()
    {
        for (var minute = 0; minute < Minutes; minute++)
            _pages[minute].Count = _site.Fill(_pages[minute].Readings, 60 * _hour + minute, Stage);
        _hour++;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ReadingsARound)]
    public int Compare()
    {
        var above = 0;
        foreach (var (readings, count) in _pages)
            foreach (ref readonly var reading in readings.AsSpan(0, count))
                if (reading.Value >= _thresholds[reading.Series.Value])
                    above++;
        return above;
    }

    [Benchmark(OperationsPerInvoke = ReadingsARound)]
    public int Judged()
    {
        foreach (var (readings, count) in _pages)
            _judge.Take(readings.AsSpan(0, count), _changes);
        _judge.Tick(RulesSite.Start + Duration.FromHours(_hour), _changes);
        return _changes.Count == 0 ? 0 : throw new InvalidOperationException("An alarm changed.");
    }

    sealed class Config : BenchmarkDotNet.Configs.ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1)
            .WithWarmupCount(20).WithIterationCount(30));
    }
}

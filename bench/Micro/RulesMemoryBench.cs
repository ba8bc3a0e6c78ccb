using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CanhLu.Rules;

namespace CanhLu.Bench;

/// <summary>What a station costs at rest: compiles 100,000 stations, fills their rings and prints the bytes of each.</summary>
[MemoryDiagnoser]
[Config(typeof(Config))]
public class RulesMemoryBench
{
    const int Stations = 100_000;

    RulesSite _site = null!;
    readonly Reading[] _page = new Reading[3 * Stations];
    Judge? _judge;

    /// <summary>Whether every station is forecast, too.</summary>
    [Params(false, true)]
    public bool Forecasts { get; set; }

    [GlobalSetup]
    public void Setup() => _site = new RulesSite(Stations, Forecasts);

    [Benchmark(Baseline = true, Description = "compile 100,000 stations")]
    public Judge Compile() => _judge = Judge.Create(_site.Site, _site.Series);

    [GlobalCleanup]
    public void Weigh()
    {
        _judge = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _judge = Judge.Create(_site.Site, _site.Series);
        var changes = new List<Alarm>();
        for (var minute = 0; minute < 100; minute++)
            _judge.Take(_page.AsSpan(0, _site.Fill(_page, minute, 1300)), changes);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        System.Console.WriteLine($"// {(double)bytes / Stations:0} bytes a station at rest, {changes.Count} alarms");
    }

    sealed class Config : BenchmarkDotNet.Configs.ManualConfig
    {
        public Config() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1));
    }
}

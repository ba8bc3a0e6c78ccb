using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CanhLu.Bench;

/// <summary>A short run in this process, for what takes its time from the processor alone.</summary>
sealed class Short : ManualConfig
{
    public Short() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(10));
}

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CanhLu.Bench;

/// <summary>One call an iteration, for what goes to the disk or changes what it works on.</summary>
sealed class Once : ManualConfig
{
    public Once() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(5).WithIterationCount(20));
}

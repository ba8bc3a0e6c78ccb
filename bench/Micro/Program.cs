using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(CanhLu.Bench.RulesBench).Assembly).Run(args);

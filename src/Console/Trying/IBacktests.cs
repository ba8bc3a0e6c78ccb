using NodaTime;

namespace CanhLu.Console.Trying;

/// <summary>The rules in force, tried on the archive while the engine runs: one run at a time, beside its work. The host has them.</summary>
public interface IBacktests
{
    /// <summary>The run that is on, or the last one; null before the first. Forgotten with the engine.</summary>
    BacktestRun? Last { get; }

    /// <summary>Begins a run.</summary>
    BacktestBegun Begin(BacktestQuestion question);

    /// <summary>Ends the run that is on; false when it is not on.</summary>
    bool Stop(long id);
}

/// <summary>What is tried.</summary>
/// <param name="From">The first moment, by the river's clock.</param>
/// <param name="To">The moment before which it ends.</param>
/// <param name="Truth">What really was, a CSV file's text; null when it is not scored.</param>
/// <param name="Tolerance">How far apart an event and its warning may lie.</param>
/// <param name="Who">Who asked; null where nobody signs in.</param>
public sealed record BacktestQuestion(Instant From, Instant To, string? Truth, Duration Tolerance, string? Who);

/// <summary>What became of the wish to begin a run.</summary>
public abstract record BacktestBegun
{
    /// <summary>It is on.</summary>
    /// <param name="Run">The run.</param>
    public sealed record Begun(BacktestRun Run) : BacktestBegun;

    /// <summary>Another one is on.</summary>
    /// <param name="Run">That one.</param>
    public sealed record Busy(BacktestRun Run) : BacktestBegun;

    /// <summary>The question is wrong.</summary>
    /// <param name="Why">In one sentence.</param>
    public sealed record Wrong(string Why) : BacktestBegun;
}

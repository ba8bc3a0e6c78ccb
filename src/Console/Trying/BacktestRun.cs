using NodaTime;

namespace CanhLu.Console.Trying;

/// <summary>How far a run is.</summary>
public enum BacktestState
{
    /// <summary>It is on.</summary>
    Running,

    /// <summary>It has come to its end.</summary>
    Done,

    /// <summary>Somebody, or the engine's own stop, has ended it.</summary>
    Stopped,

    /// <summary>It could not go on.</summary>
    Failed,
}

/// <summary>A run of the rules over the archive, as it stands.</summary>
/// <param name="Id">Its number, of this life of the engine.</param>
/// <param name="Question">What is tried.</param>
/// <param name="BegunAt">When it began, by our clock.</param>
public sealed record BacktestRun(long Id, BacktestQuestion Question, Instant BegunAt)
{
    /// <summary>How far it is.</summary>
    public BacktestState State { get; init; }

    /// <summary>How much of the time has been judged, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>How many readings have been judged.</summary>
    public long Readings { get; init; }

    /// <summary>When it ended; null while it is on.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why it could not go on, in one sentence; null when it could.</summary>
    public string? Wrong { get; init; }

    /// <summary>What it found, JSON; null before its end.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>The same as one HTML page that loads nothing from anywhere; null before its end.</summary>
    public string? Report { get; init; }
}

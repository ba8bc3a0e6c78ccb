using NodaTime;

namespace CanhLu.Backtest.Scoring;

/// <summary>What really was: a time in which a station was at an alarm level or above it.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Level">The level: I, II or III.</param>
/// <param name="Begins">When it began.</param>
/// <param name="Ends">When it ended.</param>
public sealed record TruthEvent(string Station, AlarmLevel Level, Instant Begins, Instant Ends);

using CanhLu.Backtest.Scoring;
using NodaTime;

namespace CanhLu.Backtest;

/// <summary>All that a backtest found.</summary>
/// <param name="Record">What people call the record.</param>
/// <param name="Observed">What it holds.</param>
/// <param name="Tried">How the rules did.</param>
/// <param name="InForce">How the rules that they are compared with did; null for none.</param>
/// <param name="Scorer">Knows what really was; null when nobody does.</param>
/// <param name="Tolerance">How far apart an event and its warning might lie.</param>
/// <param name="People">How many residents there are; null when that is not known.</param>
public sealed record Verdict(string Record, Observed Observed, Trial Tried, Trial? InForce, Scorer? Scorer, Duration Tolerance, int? People)
{
    /// <summary>What the tried rules would change; null when they are compared with none.</summary>
    public Difference? Difference => InForce is null ? null : Difference.Of(Tried, InForce, Observed);
}

using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>How one rule stood at a station, and why.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Cause">What it judges.</param>
/// <param name="Level">The level that held.</param>
/// <param name="Since">Since when; null when it had never stood.</param>
/// <param name="Clauses">What would have raised it, level by level; where it stood, what would have ended it too. What does not hold is what held it back.</param>
public sealed record RuleExplanation(string Rule, Cause Cause, AlarmLevel Level, Instant? Since, ImmutableArray<Clause> Clauses);

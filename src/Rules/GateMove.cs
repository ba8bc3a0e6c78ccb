using NodaTime;

namespace CanhLu.Rules;

/// <summary>A station's alarm on which limits depend has changed, or was woken by a replay.</summary>
readonly record struct GateMove(int Gate, AlarmLevel Level, Instant Since);

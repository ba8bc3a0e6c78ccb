using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>When a station's water is expected to reach a level. Made only when it is more likely to reach it within the horizon than not.</summary>
/// <param name="Level">The level.</param>
/// <param name="MadeAt">MeasuredAt of the reading that it was made at.</param>
/// <param name="From">The time before which it is reached once in twenty.</param>
/// <param name="Middle">The time before which it is reached as often as not.</param>
/// <param name="To">The time after which it is reached once in twenty; null when that lies beyond the horizon.</param>
/// <param name="Probability">That it is reached within the horizon, 0.5 to 1. A lower bound: of the moment at which it is likeliest to stand above.</param>
public readonly record struct Forecast(AlarmLevel Level, Instant MadeAt, Instant From, Instant Middle, Instant? To, double Probability);

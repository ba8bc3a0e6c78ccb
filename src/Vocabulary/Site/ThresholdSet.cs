using NodaTime;

namespace CanhLu;

/// <summary>Where an alarm level begins, where it ends, and how long either must last.</summary>
/// <param name="Raise">The level begins at a stage at or above this one (<c>&gt;=</c>).</param>
/// <param name="Clear">It ends at a stage below this one (<c>&lt;</c>); never above <paramref name="Raise"/>.</param>
/// <param name="RaiseHold">How long the stage must have stayed at or above <paramref name="Raise"/>; zero means one reading is enough.</param>
/// <param name="ClearHold">How long it must have stayed below <paramref name="Clear"/>.</param>
public sealed record Threshold(Stage Raise, Stage Clear, Duration RaiseHold, Duration ClearHold);

/// <summary>A station's ladder of three thresholds, in force from a date: the law has changed them before (Giao Thủy in 2020) and will again.</summary>
/// <param name="From">The first instant at which it is in force.</param>
/// <param name="I">Báo động I.</param>
/// <param name="II">Báo động II.</param>
/// <param name="III">Báo động III.</param>
public sealed record ThresholdSet(Instant From, Threshold I, Threshold II, Threshold III)
{
    /// <summary>The threshold of one level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">For <see cref="AlarmLevel.None"/>, which has none.</exception>
    public Threshold this[AlarmLevel level] => level switch
    {
        AlarmLevel.I => I,
        AlarmLevel.II => II,
        AlarmLevel.III => III,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Only I, II and III have a threshold."),
    };
}

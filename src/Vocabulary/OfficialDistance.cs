namespace CanhLu;

/// <summary>How official bulletins place a stage: against the nearest alarm level, and below báo động I always against I.</summary>
/// <remarks>Form of the national bulletins, e.g. "dưới báo động III 0,11 m", "ở mức báo động II". Half-way between two levels it is placed above
/// the lower one, which the water has reached.</remarks>
/// <param name="Reference">The level it is measured from; never <see cref="AlarmLevel.None"/>.</param>
/// <param name="Millimetres">Above it when positive, below it when negative, mm.</param>
public readonly record struct OfficialDistance(AlarmLevel Reference, int Millimetres)
{
    /// <summary>The distance of a stage by a ladder of thresholds.</summary>
    public static OfficialDistance Of(Stage stage, ThresholdSet ladder)
    {
        var nearest = new OfficialDistance(AlarmLevel.I, stage - ladder.I.Raise);
        foreach (var level in (ReadOnlySpan<AlarmLevel>)[AlarmLevel.II, AlarmLevel.III])
        {
            var distance = stage - ladder[level].Raise;
            if (stage >= ladder.I.Raise && Math.Abs(distance) < Math.Abs(nearest.Millimetres))
                nearest = new OfficialDistance(level, distance);
        }
        return nearest;
    }
}

namespace CanhLu;

/// <summary>From which discharge on an announced release is at a level, m³/s (inclusive). A level that is left out is passed over; at least one is there.</summary>
/// <param name="I">Báo động I.</param>
/// <param name="II">Báo động II.</param>
/// <param name="III">Báo động III.</param>
public sealed record ReleaseLevels(int? I, int? II, int? III)
{
    /// <summary>The level of a discharge in m³/s; <see cref="AlarmLevel.None"/> below the least threshold.</summary>
    public AlarmLevel Of(int discharge) =>
        discharge >= III ? AlarmLevel.III : discharge >= II ? AlarmLevel.II : discharge >= I ? AlarmLevel.I : AlarmLevel.None;
}

namespace CanhLu.Rules;

/// <summary>What is written of a station and does not change: most stations share it with others.</summary>
/// <param name="Lateness">How far a reading may lie behind the newest one and still be judged in its place, ticks.</param>
/// <param name="Fresh">How long a gauge's last word counts beside another gauge's new one, ticks.</param>
/// <param name="Spacing">The spacing of its gauges' rings, ms.</param>
/// <param name="Gauges">How many gauges it has.</param>
/// <param name="Ladders">How many sets of thresholds, one after the other.</param>
/// <param name="LadderSlots">How many slots of ladders.</param>
/// <param name="RateSlots">How many slots of rates.</param>
/// <param name="SilenceSlots">How many slots of silence.</param>
sealed record StationShape(long Lateness, long Fresh, long Spacing, int Gauges, int Ladders, int LadderSlots, int RateSlots, int SilenceSlots);

using CanhLu.Duty;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>What people were to be told before: the next level, or where there is none above, the highest water.</summary>
/// <param name="Level">The level; <see cref="AlarmLevel.None"/> for the highest water.</param>
/// <param name="At">When the water was there; null when it never was.</param>
readonly record struct LeadTime(AlarmLevel Level, Instant? At)
{
    /// <summary>Of a warning, by the water that was measured after it. The highest water counts as over only when it came after the bulletin's own reading.</summary>
    public static LeadTime Of(DecidedBulletin warning, StationWater river)
    {
        var ladder = river.Station.LadderAt(warning.MeasuredAt);
        var later = river.Water.Where(water => water.At > warning.MeasuredAt).ToList();
        var next = ladder is null ? AlarmLevel.None : Next(warning, ladder);
        if (next != AlarmLevel.None)
            return new LeadTime(next, later.Where(water => water.High >= ladder![next].Raise).Select(water => (Instant?)water.At).FirstOrDefault());
        return new LeadTime(AlarmLevel.None, later.Count == 0 || later.Max(water => water.High) < warning.Stage ? null : later.MaxBy(water => water.High).At);
    }

    static AlarmLevel Next(DecidedBulletin warning, ThresholdSet ladder)
    {
        var known = warning.Cause == Cause.Threshold ? warning.Level
            : warning.Stage is not { } stage ? AlarmLevel.None
            : stage >= ladder.III.Raise ? AlarmLevel.III : stage >= ladder.II.Raise ? AlarmLevel.II : stage >= ladder.I.Raise ? AlarmLevel.I : AlarmLevel.None;
        return known == AlarmLevel.III ? AlarmLevel.None : known + 1;
    }
}

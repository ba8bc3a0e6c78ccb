using NodaTime;

namespace CanhLu;

/// <summary>A flag that was decided after its reading was handed on: the spike test knows a reading only by the next one.</summary>
/// <param name="Series">The reading's series.</param>
/// <param name="MeasuredAt">When it was measured.</param>
/// <param name="Flag">Its flag now.</param>
/// <param name="Tests">What each test says of it now.</param>
public readonly record struct FlagCorrection(SeriesId Series, Instant MeasuredAt, Flag Flag, TestFlags Tests);

/// <summary>Quality control as the Archive meets it: between the last look for repeats and the commit, so that flags are stored with their readings.</summary>
/// <remarks>Belongs to the archive's loop. Every fresh reading is judged once, in the order in which it is stored, however often its commit has to be tried.</remarks>
public interface IQualityControl
{
    /// <summary>Decides the flags of readings, in place.</summary>
    /// <param name="readings">Fresh ones, in the order in which they are stored.</param>
    /// <param name="corrections">Receives what they decide of readings that came in an earlier call.</param>
    void Judge(Span<Reading> readings, List<FlagCorrection> corrections);
}

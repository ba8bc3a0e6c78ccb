using NodaTime;

namespace CanhLu.Duty;

/// <summary>What would be told, before anyone decided it.</summary>
sealed record Draft(
    long Episode, string Station, string Rule, Cause Cause, BulletinKind Kind, AlarmLevel Level, Stage? Stage, RateOfRise? Rate, Instant MeasuredAt,
    Instant NotAfter)
{
    public static Draft Of(Proposal proposal) => new(
        proposal.Episode, proposal.Station, proposal.Rule, proposal.Cause, proposal.Kind, proposal.Level, proposal.Stage, proposal.Rate,
        proposal.MeasuredAt, proposal.NotAfter)
    {
        Outflow = proposal.Outflow,
    };

    /// <summary>The release that it is about; null for every other cause.</summary>
    public Outflow? Outflow { get; init; }

    public bool IsOldNews(Instant now) => now > NotAfter;

    public Facts Facts => new()
    {
        Episode = Episode,
        Kind = Words.Of(Kind),
        Level = Level.ToString(),
        StageMm = Stage?.Millimetres,
        MeasuredAt = MeasuredAt.ToString(),
        NotAfter = NotAfter.ToString(),
    };
}

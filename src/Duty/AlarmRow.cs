using NodaTime;

namespace CanhLu.Duty;

/// <summary>An alarm as the table keeps it.</summary>
sealed record AlarmRow
{
    public required string Subject { get; init; }
    public required string Rule { get; init; }
    public required Cause Cause { get; init; }
    public required AlarmLevel Level { get; init; }
    public required AlarmLevel From { get; init; }
    public required Instant SinceAt { get; init; }
    public required AlarmLevel Peak { get; init; }
    public required int Series { get; init; }
    public required Instant MeasuredAt { get; init; }
    public required Instant ReceivedAt { get; init; }
    public required double Value { get; init; }
    public required Flag Flag { get; init; }
    public Stage? PeakStage { get; init; }
    public RateOfRise? Rate { get; init; }
    public Instant? FromSinceAt { get; init; }
    public Instant? RestatedAt { get; init; }
    public required Grade Grade { get; init; }

    public Alarm Statement => new(
        new AlarmKey(Subject, Rule), Cause, Level, From, SinceAt, Peak, new Reading(new SeriesId(Series), MeasuredAt, ReceivedAt, Value, Flag),
        PeakStage, Rate)
    {
        FromSince = FromSinceAt,
        RestatedAt = RestatedAt,
        Grade = Grade,
    };
}

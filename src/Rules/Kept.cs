namespace CanhLu.Rules;

/// <summary>A reading in 32 bytes.</summary>
struct Kept
{
    public long MeasuredAt;
    public long ReceivedAt;
    public double Value;
    public int Series;
    public Flag Flag;

    /// <summary>No reading yet.</summary>
    public static Kept Nothing => new() { MeasuredAt = Ticks.Never, ReceivedAt = Ticks.Never };

    public readonly bool IsNothing => MeasuredAt == Ticks.Never;

    public static Kept Of(in Reading reading, long measuredAt, long receivedAt) => new()
    {
        MeasuredAt = measuredAt,
        ReceivedAt = receivedAt,
        Value = reading.Value,
        Series = reading.Series.Value,
        Flag = reading.Flag,
    };

    public readonly Reading ToReading() =>
        new(new SeriesId(Series), Ticks.ToInstant(MeasuredAt), Ticks.ToInstant(ReceivedAt), Value, Flag);
}

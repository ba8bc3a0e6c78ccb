namespace CanhLu.Rules;

/// <summary>A stage inside the lateness window: a straggler may still come before it, and a doubt about it be settled. 32 bytes.</summary>
struct Unsettled
{
    /// <summary>No stage at all: lower than every other.</summary>
    public const int Nothing = int.MinValue;

    /// <summary>See <see cref="Rate"/>: not worked out yet.</summary>
    public const int Unasked = int.MinValue;

    /// <summary>See <see cref="Rate"/>: not worked out, but surely below the rule's Raise.</summary>
    public const int Low = int.MinValue + 1;

    /// <summary>See <see cref="Rate"/>: too few points tell it.</summary>
    public const int Unknown = int.MaxValue;

    public long MeasuredAt;
    public long ReceivedAt;

    /// <summary>What was read, mm.</summary>
    public int Stage;

    /// <summary>How high it counts, mm: less than <see cref="Stage"/> while nothing beside it confirms a suspect reading.</summary>
    public int Counted;

    /// <summary>The rate by the station's first rate rule when it was read, mm/h.</summary>
    public int Rate;

    /// <summary>Number of its gauge among the station's.</summary>
    public ushort Gauge;

    public Flag Flag;

    public readonly bool IsSuspect => Flag == Flag.Suspect;

    /// <summary>Whether it stands before another one: by the river's clock, then by the gauges' order.</summary>
    public readonly bool IsBefore(in Unsettled other) =>
        MeasuredAt < other.MeasuredAt || (MeasuredAt == other.MeasuredAt && Gauge < other.Gauge);

    /// <summary>The reading, as high as it counts.</summary>
    public readonly Reading ToReading(int series) => new(
        new SeriesId(series), Ticks.ToInstant(MeasuredAt), Ticks.ToInstant(ReceivedAt), Counted == Nothing ? Stage : Counted, Flag);
}

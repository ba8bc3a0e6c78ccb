using NodaTime;

namespace CanhLu;

/// <summary>Why an alarm stands as it does.</summary>
public enum Cause
{
    /// <summary>A stage against the ladder of thresholds.</summary>
    Threshold,

    /// <summary>The rate of rise.</summary>
    Rate,

    /// <summary>Nothing was heard for too long.</summary>
    Silence,

    /// <summary>A value against a plain limit.</summary>
    Limit,

    /// <summary>Something is wrong with a gauge; for the technician.</summary>
    Fault,

    /// <summary>A level that is expected soon.</summary>
    Forecast,

    /// <summary>Several other alarms at the same time.</summary>
    Combination,

    /// <summary>A reservoir has announced a release.</summary>
    Release,

    /// <summary>A person has something to say: no alarm is behind it.</summary>
    Announcement,
}

/// <summary>How well an alarm is borne out.</summary>
/// <remarks>In order: a smaller one is better.</remarks>
public enum Grade
{
    /// <summary>A good reading, and a witness agrees: another gauge of the station, or an alarm that the rule names.</summary>
    A = 1,

    /// <summary>One good gauge; or a suspect reading that the next one has confirmed.</summary>
    B,

    /// <summary>A suspect reading that nothing has confirmed, or one that the station's other gauges speak against at the same time.</summary>
    C,
}

/// <summary>Which alarm: one rule about one subject.</summary>
/// <param name="Subject">A device's id for limit and fault rules; a station's id for all others.</param>
/// <param name="Rule">The rule's id in the site.</param>
public readonly record struct AlarmKey(string Subject, string Rule);

/// <summary>The judgement on one subject by one rule as it stands now. A statement of what is so, not an event: to hear it twice changes nothing.</summary>
/// <param name="Key">Subject and rule.</param>
/// <param name="Cause">Why.</param>
/// <param name="Level">The level that holds; <see cref="AlarmLevel.None"/> when it is over.</param>
/// <param name="From">The level that held before this one.</param>
/// <param name="Since">When <paramref name="Level"/> began, by the river's clock (by ours for silence).</param>
/// <param name="Peak">The highest level since the alarm last left <see cref="AlarmLevel.None"/>.</param>
/// <param name="Evidence">The reading behind it; its <see cref="Reading.MeasuredAt"/> is when the judgement was made. A suspect stage is given as high as what is
/// beside it confirms.</param>
/// <param name="PeakStage">The highest stage since the alarm last left <see cref="AlarmLevel.None"/>; null where no stage is judged.</param>
/// <param name="Rate">The rate of rise at that moment; null when too few points tell it.</param>
public sealed record Alarm(
    AlarmKey Key, Cause Cause, AlarmLevel Level, AlarmLevel From, Instant Since, AlarmLevel Peak, Reading Evidence, Stage? PeakStage, RateOfRise? Rate)
{
    /// <summary>When <see cref="From"/> had begun, by the river's clock; null when that was <see cref="AlarmLevel.None"/>, and where no straggler can take this
    /// statement back.</summary>
    public Instant? FromSince { get; init; }

    /// <summary>When it was judged anew, by our clock, because a reading came out of order or a suspect one was believed at last; null when it was judged
    /// with the reading behind it. A restatement says what is so now, even where the reading behind it is older than that of the statement before.</summary>
    public Instant? RestatedAt { get; init; }

    /// <summary>When the reading behind it was on disk, and so acknowledged, by our clock; null when it was judged without one that had just come. It says nothing of the river: see
    /// <see cref="Says"/>.</summary>
    public Instant? StoredAt { get; init; }

    /// <summary>How well it is borne out. An alarm that stands is restated when that gets better, never when it gets worse.</summary>
    public Grade Grade { get; init; } = Grade.B;

    /// <summary>Whether it says the same as another one, whenever each came to us.</summary>
    public bool Says(Alarm? other) => other is not null && this with { StoredAt = null } == other with { StoredAt = null };
}

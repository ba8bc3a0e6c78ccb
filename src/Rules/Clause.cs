using NodaTime;

namespace CanhLu.Rules;

/// <summary>One thing that must be so for an alarm to begin, or, where one stands, to end; with its values.</summary>
/// <param name="Holds">Whether it was so.</param>
public abstract record Clause(bool Holds)
{
    /// <summary>A stage has been measured at all.</summary>
    public sealed record Measured() : Clause(false);

    /// <summary>A ladder of thresholds was in force.</summary>
    /// <param name="From">When the first one comes into force; null when there is none.</param>
    public sealed record InForce(Instant? From) : Clause(false);

    /// <summary>The stage is at or above Raise.</summary>
    /// <param name="Level">Of which level.</param>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Stage">The stage, as high as it counts.</param>
    /// <param name="Raise">Where the level begins.</param>
    public sealed record Reached(AlarmLevel Level, SeriesId Gauge, Stage Stage, Stage Raise) : Clause(Stage >= Raise);

    /// <summary>It has been so for the hold.</summary>
    /// <param name="Level">Of which level.</param>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Lasted">How long.</param>
    /// <param name="Needed">How long it must.</param>
    public sealed record RaiseHeld(AlarmLevel Level, SeriesId Gauge, Duration Lasted, Duration Needed) : Clause(Lasted >= Needed);

    /// <summary>The stage is below Clear.</summary>
    /// <param name="Level">Of which level.</param>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Stage">The stage.</param>
    /// <param name="Clear">Below which the level ends.</param>
    public sealed record Cleared(AlarmLevel Level, SeriesId Gauge, Stage Stage, Stage Clear) : Clause(Stage < Clear);

    /// <summary>It has been so for the hold.</summary>
    /// <param name="Level">Of which level.</param>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Lasted">How long.</param>
    /// <param name="Needed">How long it must.</param>
    public sealed record ClearHeld(AlarmLevel Level, SeriesId Gauge, Duration Lasted, Duration Needed) : Clause(Lasted >= Needed);

    /// <summary>The stage is high enough for the rate to count.</summary>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Stage">The stage.</param>
    /// <param name="Bound">The gate.</param>
    public sealed record Gate(SeriesId Gauge, Stage Stage, Stage Bound) : Clause(Stage >= Bound);

    /// <summary>The water rises fast enough.</summary>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Rate">The rate; null when too few points tell it.</param>
    /// <param name="Raise">The rate at which the alarm begins.</param>
    public sealed record Rises(SeriesId Gauge, RateOfRise? Rate, RateOfRise Raise) : Clause(Rate >= Raise);

    /// <summary>The water rises slowly enough.</summary>
    /// <param name="Gauge">Which gauge.</param>
    /// <param name="Rate">The rate; null when too few points tell it.</param>
    /// <param name="Clear">The rate below which the alarm ends.</param>
    public sealed record Slows(SeriesId Gauge, RateOfRise? Rate, RateOfRise Clear) : Clause(Rate < Clear);

    /// <summary>Nothing was heard for so long.</summary>
    /// <param name="Heard">When something was last heard; null for never.</param>
    /// <param name="Lasted">How long ago that was; since the watch began when nothing ever was.</param>
    /// <param name="Needed">How long it must be.</param>
    public sealed record Quiet(Instant? Heard, Duration Lasted, Duration Needed) : Clause(Lasted >= Needed);

    /// <summary>A suspect reading is confirmed.</summary>
    /// <param name="Reading">The reading, as it was read.</param>
    /// <param name="Until">When it counts at the latest, by our clock.</param>
    public sealed record Confirmed(Reading Reading, Instant Until) : Clause(false);

    /// <summary>The newest reading can be true.</summary>
    /// <param name="Reading">The one that was passed over, with its flag.</param>
    public sealed record Sound(Reading Reading) : Clause(false);
}

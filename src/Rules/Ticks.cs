using NodaTime;

namespace CanhLu.Rules;

/// <summary>Time as the judges keep it: ticks of 100 ns since 1970 in a <see cref="long"/>, half the size of an <see cref="Instant"/>.</summary>
static class Ticks
{
    /// <summary>No time at all; earlier than every other.</summary>
    public const long Never = long.MinValue;

    // 3,000 years: longer than any hold, and far from overflow when it is added to an instant.
    const long Longest = 1_000_000_000_000_000_000;

    public static long Of(Instant instant) => instant.ToUnixTimeTicks();

    public static long Of(Duration duration) => (long)Math.Clamp(duration.TotalTicks, 0, Longest);

    public static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks);

    public static Duration ToDuration(long ticks) => Duration.FromTicks(ticks);

    /// <summary>Whether something that is so since <paramref name="since"/> has been so for <paramref name="hold"/> at <paramref name="at"/>.</summary>
    public static bool Held(long since, long at, long hold) => since != Never && at - since >= hold;
}

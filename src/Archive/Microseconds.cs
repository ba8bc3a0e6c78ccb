using NodaTime;

namespace CanhLu.Archive;

/// <summary>Instants as the file keeps them: whole microseconds since 1970-01-01T00:00Z.</summary>
static class Microseconds
{
    const long TicksPerMicrosecond = NodaConstants.TicksPerSecond / 1_000_000;

    public static long Of(Instant instant) => instant.ToUnixTimeTicks() / TicksPerMicrosecond;

    public static long Of(Duration duration) => duration.BclCompatibleTicks / TicksPerMicrosecond;

    public static Instant ToInstant(long microseconds) => Instant.FromUnixTimeTicks(microseconds * TicksPerMicrosecond);
}

using NodaTime;

namespace CanhLu.Tests.Archive;

/// <summary>Readings for tests.</summary>
static class Given
{
    public static readonly Instant Start = Instant.FromUtc(2025, 10, 28, 0, 0);

    /// <summary>A reading measured so many minutes after <see cref="Start"/> and received a second later.</summary>
    public static Reading Reading(SeriesId series, double minute, double value = 1, Flag flag = Flag.Good)
    {
        var at = Start + Duration.FromSeconds(Math.Round(minute * 60));
        return new Reading(series, at, at + Duration.FromSeconds(1), value, flag);
    }
}

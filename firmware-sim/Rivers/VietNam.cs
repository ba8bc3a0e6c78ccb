using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>Local time at the river: UTC+7, without a change of clocks.</summary>
static class VietNam
{
    public static readonly Offset Offset = Offset.FromHours(7);

    /// <summary>The hour of the day with its fraction, 0 up to 24.</summary>
    public static double HourOfDay(Instant at) => at.WithOffset(Offset).TimeOfDay.NanosecondOfDay / 3.6e12;

    /// <summary>An instant by the clock on the wall.</summary>
    public static Instant Instant(int year, int month, int day, int hour, int minute = 0) =>
        new LocalDateTime(year, month, day, hour, minute).WithOffset(Offset).ToInstant();
}

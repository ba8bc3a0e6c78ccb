using NodaTime;

namespace CanhLu.Tests.Duty;

/// <summary>Alarms as the rules would state them, by minutes after <see cref="DutyOffice.Start"/>.</summary>
static class Say
{
    public static Alarm Ladder(AlarmLevel level, int minute, int stage = 2000, int? peak = null, string station = "tam-ky") =>
        new(new AlarmKey(station, "bao-dong"), Cause.Threshold, level, AlarmLevel.None, At(minute), level, Read(minute, stage), new Stage(peak ?? stage), new RateOfRise(52));

    public static Alarm Rate(AlarmLevel level, int minute, int stage) => new(
        new AlarmKey("tam-ky", "len-nhanh"), Cause.Rate, level, AlarmLevel.None, At(minute), level, Read(minute, stage), null, new RateOfRise(120));

    public static Alarm Silence(AlarmLevel level, int since, int measured) => new(
        new AlarmKey("tam-ky", "im-lang"), Cause.Silence, level, AlarmLevel.None, At(since), level, Read(measured, 1500), null, null);

    public static Alarm Limit(AlarmLevel level, int minute, string device) => new(
        new AlarmKey(device, "nguoi"), Cause.Limit, level, AlarmLevel.None, At(minute), level, Read(minute, 3), null, null);

    public static Instant At(int minute) => DutyOffice.Start + Duration.FromMinutes(minute);

    static Reading Read(int minute, double value) => new(new SeriesId(7), At(minute), At(minute) + Duration.FromMilliseconds(250), value, Flag.Good);
}

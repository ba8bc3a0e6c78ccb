using CanhLu.Duty;
using CanhLu.Host.Afterwards;
using CanhLu.Tests.Notify;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Host.Afterwards;

public sealed class LeadTimeTests
{
    static readonly Station Station = River.Of([], false).Stations[0];

    [Theory]
    [InlineData(Cause.Threshold, I, 1_700, II, 60)]
    [InlineData(Cause.Threshold, II, 2_200, III, 120)]
    [InlineData(Cause.Rate, I, 1_300, I, 30)]
    [InlineData(Cause.Rate, I, 1_900, II, 60)]
    [InlineData(Cause.Forecast, III, 2_300, III, 120)]
    [InlineData(Cause.Release, II, null, I, 30)]
    public void A_warning_is_before_the_next_level_above_what_the_water_was(Cause cause, AlarmLevel level, int? stage, AlarmLevel next, int minute) =>
        Assert.Equal(new LeadTime(next, At(minute)), Of(cause, level, stage, (10, 1_500), (30, 1_700), (60, 2_210), (120, 2_700), (150, 2_790), (180, 2_600)));

    [Fact]
    public void After_the_highest_level_a_warning_is_before_the_highest_water() =>
        Assert.Equal(new LeadTime(None, At(90)), Of(Cause.Threshold, III, 2_700, (30, 2_750), (90, 2_900), (120, 2_800)));

    [Fact]
    public void Water_that_only_falls_and_a_level_never_reached_were_not_warned_of()
    {
        Assert.Equal(new LeadTime(None, null), Of(Cause.Threshold, III, 2_700, (30, 2_690), (90, 2_600)));
        Assert.Equal(new LeadTime(II, null), Of(Cause.Threshold, I, 1_700, (30, 1_900), (90, 2_190)));
        Assert.Equal(new LeadTime(II, null), Of(Cause.Threshold, I, 1_700));
    }

    static Instant At(int minute) => River.Now + Duration.FromMinutes(minute);

    static LeadTime Of(Cause cause, AlarmLevel level, int? stage, params (int Minute, int Stage)[] water) => LeadTime.Of(
        new DecidedBulletin
        {
            Id = 1,
            Episode = 1,
            Sequence = 1,
            Station = Station.Id,
            Rule = "r",
            Cause = cause,
            Kind = BulletinKind.Warning,
            Level = level,
            Stage = stage is { } high ? new Stage(high) : null,
            MeasuredAt = River.Now,
            DecidedAt = River.Now,
            DecidedBy = "auto",
            NotAfter = At(360),
        },
        // The water before the bulletin counts for nothing.
        new StationWater(Station, [new Water(At(-30), new Stage(5_000), new Stage(5_000)), .. water.Select(one => new Water(At(one.Minute), new Stage(one.Stage), new Stage(one.Stage)))]));
}

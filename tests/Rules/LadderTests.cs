using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class LadderTests
{
    static readonly Duration _twentyMinutes = Duration.FromMinutes(20);

    [Fact]
    public void A_level_begins_at_raise_and_ends_below_clear() =>
        Assert.Equal([None, I, I, None], One(TamKy(), BaoDong).Levels(1699, 1700, 1600, 1599));

    [Fact]
    public void A_jump_over_levels_is_one_change() =>
        Assert.Equal((III, None), Assert.Single(One(TamKy(), BaoDong).Take(Read(0, 2700))) is var alarm ? (alarm.Level, alarm.From) : default);

    [Theory]
    [InlineData(2600, III)]
    [InlineData(2599, II)]
    [InlineData(2100, II)]
    [InlineData(2099, I)]
    [InlineData(1600, I)]
    [InlineData(1599, None)]
    public void The_way_down_ends_on_the_highest_level_that_is_not_cleared(double stage, AlarmLevel level) =>
        Assert.Equal([III, level], One(TamKy(), BaoDong).Levels(2700, stage));

    [Fact]
    public void A_hold_ends_with_a_reading_exactly_at_its_end()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes, clearHold: _twentyMinutes), BaoDong);
        Assert.Empty(judge.Take(Read(0, 1700)));
        Assert.Empty(judge.Take(Read(20 - 1e-3, 1700)));
        Assert.Equal(At(20), Assert.Single(judge.Take(Read(20, 1700))).Since);
        Assert.Empty(judge.Take(Read(30, 1599), Read(50 - 1e-3, 1599)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(50, 1599))).Level);
    }

    [Fact]
    public void A_reading_between_that_contradicts_starts_the_hold_again()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes, clearHold: _twentyMinutes), BaoDong);
        Assert.Empty(judge.Take(Read(0, 1700), Read(10, 1699), Read(20, 1700), Read(30, 1700)));
        Assert.Single(judge.Take(Read(40, 1700)));
        Assert.Empty(judge.Take(Read(50, 1599), Read(60, 1600), Read(70, 1599), Read(80, 1599)));
        Assert.Single(judge.Take(Read(90, 1599)));
    }

    [Fact]
    public void Each_level_has_its_own_clock()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes), BaoDong);
        Assert.Equal([None, None, I, III], judge.Levels(1700, 2700, 2700, 2700));
    }

    [Fact]
    public void What_fails_or_is_missing_neither_raises_nor_clears_nor_breaks_a_hold()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes), BaoDong);
        Assert.Empty(judge.Take(Read(0, 1700), Read(10, 0, flag: Flag.Fail), Read(15, 0, flag: Flag.Missing), Read(19, 9000, flag: Flag.Fail)));
        Assert.Single(judge.Take(Read(20, 1700, flag: Flag.Suspect)));
        Assert.Empty(judge.Take(Read(30, 0, flag: Flag.Fail), Read(40, 0, flag: Flag.Missing)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(50, 1500, flag: Flag.NotEvaluated))).Level);
    }

    [Fact]
    public void A_late_reading_does_not_change_what_is_so_now()
    {
        var judge = One(TamKy(), BaoDong);
        Assert.Empty(judge.Take(Read(60, 1500), Read(50, 2800)));
        Assert.Single(judge.Take(Read(70, 1800)));
        Assert.Empty(judge.Take(Read(65, 1000), Read(70, 1000)));
    }

    [Fact]
    public void The_thresholds_are_those_in_force_when_it_was_measured()
    {
        var lower = TamKy(from: At(60)) with { I = new Threshold(new Stage(1500), new Stage(1400), Duration.Zero, Duration.Zero) };
        var judge = CanhLu.Rules.Judge.Create(
            Site([Station("tam-ky", TamKy(), lower)], [Gauge("g1", "tam-ky")], BaoDong), [Series(1, "g1", "stage")]);
        Assert.Empty(judge.Take(Read(50, 1550), Read(60 - 1e-3, 1550)));
        Assert.Equal(I, Assert.Single(judge.Take(Read(60, 1550))).Level);
    }

    [Fact]
    public void An_alarm_tells_its_peak_its_evidence_and_where_it_came_from()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1800));
        judge.Take(Read(10, 2300), Read(20, 2450));
        Assert.Equal(new Stage(2450), Assert.Single(judge.Standing()).PeakStage);
        var end = Assert.Single(judge.Take(Read(30, 1500)));
        Assert.Equal(
            new Alarm(new AlarmKey("tam-ky", "bao-dong"), Cause.Threshold, None, II, At(30), II, Read(30, 1500), new Stage(2450), end.Rate)
            {
                FromSince = At(10),
            },
            end);
        Assert.Empty(judge.Standing());
    }

    [Fact]
    public void A_gauge_that_reads_low_hides_no_flood_that_another_one_sees()
    {
        var judge = CanhLu.Rules.Judge.Create(
            Site([Station("tam-ky", TamKy(raiseHold: _twentyMinutes))], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky")], BaoDong),
            [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
        var changes = new List<Alarm>();
        for (var minute = 0; minute <= 60; minute += 10)
            changes.AddRange(judge.Take(Read(minute, 1000, series: 1), Read(minute, 1800, series: 2)));
        Assert.Equal((I, At(20)), Assert.Single(changes) is var alarm ? (alarm.Level, alarm.Since) : default);
        // The second one dies high: once it has been quiet for three intervals the first one's word is enough.
        Assert.Empty(judge.Take(Read(70, 1000), Read(80, 1000), Read(90, 1000)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(100, 1000))).Level);
    }
}

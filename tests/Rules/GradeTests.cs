using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class GradeTests
{
    [Fact]
    public void One_good_gauge_is_B() => Assert.Equal(Grade.B, Assert.Single(One(TamKy(), BaoDong).Take(Read(0, 1000), Read(10, 1750))).Grade);

    [Fact]
    public void Another_gauge_of_the_station_that_agrees_makes_it_A()
    {
        var judge = Two();
        judge.Take(Read(0, 1000), Read(1, 1650, series: 2));
        var alarm = Assert.Single(judge.Take(Read(10, 1750)));
        Assert.Equal((I, Grade.A), (alarm.Level, alarm.Grade));
    }

    [Fact]
    public void Another_gauge_that_speaks_against_it_makes_it_C_and_a_third_that_agrees_B()
    {
        var judge = Two();
        judge.Take(Read(0, 1000), Read(8, 1000, series: 2));
        Assert.Equal(Grade.C, Assert.Single(judge.Take(Read(10, 1750))).Grade);
        var three = Judge.Create(
            Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky"), Gauge("g3", "tam-ky")], BaoDong),
            [Series(1, "g1", "stage"), Series(2, "g2", "stage"), Series(3, "g3", "stage")]);
        three.Take(Read(0, 1000), Read(8, 1000, series: 2), Read(9, 1690, series: 3));
        Assert.Equal(Grade.B, Assert.Single(three.Take(Read(10, 1750))).Grade);
    }

    [Fact]
    public void What_another_gauge_measured_half_an_interval_before_says_nothing_against_it()
    {
        var judge = Two();
        judge.Take(Read(0, 1000), Read(5, 1000, series: 2));
        Assert.Equal(Grade.B, Assert.Single(judge.Take(Read(10, 1750))).Grade);
    }

    [Fact]
    public void A_gauge_that_has_long_been_silent_says_nothing_against_it()
    {
        var judge = Two();
        judge.Take(Read(0, 1000), Read(1, 1000, series: 2));
        Assert.Equal(Grade.B, Assert.Single(judge.Take(Read(50, 1750))).Grade);
    }

    [Fact]
    public void A_suspect_reading_that_nothing_confirms_is_C_and_what_the_next_one_confirms_is_B()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Tick(0);
        judge.Take(Read(0, 1000));
        Assert.Empty(judge.Take(Read(10, 1750, flag: Flag.Suspect)));
        var waited = Assert.Single(judge.Tick(22));
        Assert.Equal((I, Grade.C), (waited.Level, waited.Grade));
        // The next one is high too: the same alarm, better borne out.
        var better = Assert.Single(judge.Take(Read(30, 1760)));
        Assert.Equal(waited with { Grade = Grade.B }, better);
        Assert.Empty(judge.Take(Read(40, 1770)));

        var other = One(TamKy(), BaoDong);
        other.Take(Read(0, 1000), Read(10, 1750, flag: Flag.Suspect));
        Assert.Equal(Grade.B, Assert.Single(other.Take(Read(15, 1760, flag: Flag.Suspect))).Grade);
    }

    [Fact]
    public void What_falls_below_the_level_again_bears_nothing_out()
    {
        var judge = One(TamKy(clearHold: Duration.FromHours(2)), BaoDong);
        judge.Tick(0);
        judge.Take(Read(0, 1000), Read(10, 1750, flag: Flag.Suspect));
        judge.Tick(22);
        Assert.Empty(judge.Take(Read(30, 1000), Read(40, 1000)));
        Assert.Equal(Grade.C, Assert.Single(judge.Standing()).Grade);
    }

    [Fact]
    public void An_alarm_that_the_rule_names_bears_it_out_when_it_is_about_something_else()
    {
        var rule = new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, [])
        {
            Witnesses = [new Member("bao-dong", null, I), new Member("rate", null, I), new Member("ngap", "c1", I)],
        };
        var rate = new Rule.RateOfRiseRule("rate", "", Policy.Desk, ["upper"], Duration.FromHours(1), 3, Duration.FromMinutes(20), new RateOfRise(100), new RateOfRise(50), null);
        var wet = new Rule.Limit("ngap", "", Policy.Desk, DeviceKind.Camera, [], "water", LimitSide.Above, 1, 1, Duration.Zero, Duration.Zero, null);
        Judge Judge() => CanhLu.Rules.Judge.Create(
            Site([Station("lower", TamKy()), Station("upper")], [Gauge("g1", "lower"), Gauge("g2", "upper"), Camera("c1", "lower")], rule, rate, wet),
            [Series(1, "g1", "stage"), Series(2, "g2", "stage"), Series(3, "c1", "water")]);

        var alone = Judge();
        alone.Take(Read(0, 1000), Read(0, 500, series: 2), Read(1, 0, series: 3));
        Assert.Equal(Grade.B, Assert.Single(alone.Take(Read(10, 1750))).Grade);
        // Whoever comes to bear it out later makes it better with the next reading.
        Assert.Equal("ngap", Assert.Single(alone.Take(Read(11, 2, series: 3))).Key.Rule);
        Assert.Equal(Grade.A, Assert.Single(alone.Take(Read(20, 1760))).Grade);

        var upstream = Judge();
        upstream.Take(Read(0, 1000), Read(0, 500, series: 2), Read(10, 600, series: 2), Read(20, 700, series: 2), Read(30, 800, series: 2));
        Assert.Equal(Grade.A, Assert.Single(upstream.Take(Read(31, 1750))).Grade);
    }

    [Fact]
    public void A_restart_keeps_the_grade()
    {
        var first = One(TamKy(), BaoDong);
        first.Tick(0);
        first.Take(Read(0, 1000), Read(10, 1750, flag: Flag.Suspect));
        var told = first.Tick(22);
        var second = One(TamKy(), BaoDong);
        second.Remember(told);
        Assert.Empty(second.Take(Read(0, 1000), Read(10, 1750, flag: Flag.Suspect)));
        second.EndReplay([]);
        Assert.Equal(Grade.C, Assert.Single(second.Standing()).Grade);
        Assert.Equal(Grade.B, Assert.Single(second.Take(Read(30, 1760))).Grade);
    }

    static Judge Two() => Judge.Create(
        Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky")], BaoDong), [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
}

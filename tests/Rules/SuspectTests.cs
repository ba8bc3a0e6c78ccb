using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class SuspectTests
{
    static readonly Rule _rising = new Rule.RateOfRiseRule(
        "len-nhanh", "Lên nhanh", Policy.Ask, [], Duration.FromHours(1), 3, Duration.FromMinutes(20), new RateOfRise(300), new RateOfRise(100), null);

    [Fact]
    public void A_spike_of_one_point_raises_nothing_whatever_the_time_until_the_next_report()
    {
        for (var seconds = -60; seconds <= 59; seconds++)
        {
            var judge = One(TamKy(), BaoDong, _rising);
            var next = 20 + seconds / 60.0;
            Assert.Empty(judge.Take(Read(-10, 1500), Read(0, 1500), Read(10, 4500, flag: Flag.Suspect)));
            Assert.Empty(judge.Tick(next - 0.001));
            Assert.Empty(judge.Take(Read(next, 1510)));
            Assert.Empty(judge.Tick(next + 0.01));
            for (var minute = 30; minute < 200; minute += 10)
                Assert.Empty(judge.Take(Read(minute, 1500)).Concat(judge.Tick(minute + 1)));
            Assert.Empty(judge.Standing());
        }
    }

    [Fact]
    public void A_jump_is_told_with_the_next_reading_that_confirms_it_and_began_with_its_own()
    {
        var judge = One(TamKy(), BaoDong);
        Assert.Empty(judge.Take(Read(0, 1500), Read(10, 2800, flag: Flag.Suspect)));
        var alarm = Assert.Single(judge.Take(Read(20, 2850, flag: Flag.Suspect)));
        Assert.Equal((III, At(10), At(10), At(20)), (alarm.Level, alarm.Since, alarm.Evidence.MeasuredAt, alarm.RestatedAt!.Value));
        // The second one's last 5 cm wait in their turn.
        Assert.Equal(new Stage(2800), Assert.Single(judge.Standing()).PeakStage);
        judge.Take(Read(30, 2900));
        Assert.Equal(new Stage(2900), Assert.Single(judge.Standing()).PeakStage);
    }

    [Fact]
    public void It_counts_only_as_high_as_the_next_reading_confirms()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1500), Read(10, 4500, flag: Flag.Suspect));
        var alarm = Assert.Single(judge.Take(Read(20, 2300)));
        Assert.Equal((II, At(10), new Stage(2300)), (alarm.Level, alarm.Since, alarm.PeakStage));
    }

    [Fact]
    public void When_nothing_follows_it_counts_after_one_interval_by_our_clock()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1500), Read(10, 2300, flag: Flag.Suspect) with { ReceivedAt = At(12) });
        Assert.Empty(judge.Tick(22.9));
        var alarm = Assert.Single(judge.Tick(23));
        Assert.Equal((II, At(10), At(23)), (alarm.Level, alarm.Since, alarm.RestatedAt!.Value));
        Assert.Empty(judge.Tick(24));
        Assert.Equal(None, Assert.Single(judge.Take(Read(40, 1500))).Level);
    }

    [Fact]
    public void It_need_not_wait_for_what_stands_already_or_for_a_hold_that_runs()
    {
        var judge = One(TamKy(), BaoDong);
        Assert.Single(judge.Take(Read(0, 1800)));
        Assert.Empty(judge.Take(Read(10, 1850, flag: Flag.Suspect)));
        var held = One(TamKy(raiseHold: Duration.FromMinutes(20)), BaoDong);
        Assert.Single(held.Take(Read(0, 1750), Read(20, 1800, flag: Flag.Suspect)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    public void Another_gauge_of_the_station_confirms_it(double otherAt)
    {
        var judge = Two();
        var other = Read(otherAt, 2300, series: 2);
        judge.Take(Read(0, 1500), Read(0, 1500, series: 2));
        var changes = otherAt < 10
            ? judge.Take(other, Read(10, 2800, flag: Flag.Suspect))
            : judge.Take(Read(10, 2800, flag: Flag.Suspect), other);
        Assert.Equal((II, At(Math.Min(otherAt, 10))), Assert.Single(changes) is var alarm ? (alarm.Level, alarm.Since) : default);
    }

    [Fact]
    public void Another_gauge_that_reads_low_does_not_refute_it()
    {
        var judge = Two();
        judge.Take(Read(0, 1500), Read(0, 1500, series: 2));
        Assert.Empty(judge.Take(Read(10, 2800, flag: Flag.Suspect), Read(10, 1500, series: 2)));
        Assert.Equal(III, Assert.Single(judge.Tick(21)).Level);
    }

    [Fact]
    public void While_it_waits_it_breaks_the_clearing_of_a_flood()
    {
        var judge = One(TamKy(clearHold: Duration.FromMinutes(20)), BaoDong);
        judge.Take(Read(0, 1800), Read(10, 1500), Read(20, 1500));
        Assert.Empty(judge.Take(Read(30, 1900, flag: Flag.Suspect)));
        Assert.Empty(judge.Take(Read(40, 1500), Read(50, 1500)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(60, 1500))).Level);
    }

    [Fact]
    public void What_fails_neither_confirms_nor_refutes_it()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1500), Read(10, 2300, flag: Flag.Suspect));
        Assert.Empty(judge.Take(Read(15, 2300, flag: Flag.Fail), Read(16, 0, flag: Flag.Missing)));
        Assert.Equal(II, Assert.Single(judge.Tick(21)).Level);
    }

    [Fact]
    public void A_restart_while_it_waits_loses_nothing()
    {
        Reading[] stored = [Read(0, 1500), Read(10, 2300, flag: Flag.Suspect)];
        var second = One(TamKy(), BaoDong);
        second.Remember([]);
        Assert.Empty(second.Take(stored));
        Assert.Equal((II, At(10)), Assert.Single(second.Tick(21)) is var alarm ? (alarm.Level, alarm.Since) : default);
        var third = One(TamKy(), BaoDong);
        third.Remember(second.Standing());
        Assert.Empty(third.Take(stored));
        Assert.Empty(third.Tick(22));
        Assert.Equal(II, Assert.Single(third.Standing()).Level);
    }

    static Judge Two() => Judge.Create(
        Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky")], BaoDong),
        [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
}

using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class SilenceTests
{
    static readonly Rule _silence = new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30));

    [Fact]
    public void Silence_begins_when_nothing_came_for_so_long_by_our_clock_and_ends_with_what_comes_next()
    {
        var judge = One(TamKy(), _silence);
        judge.Take(Read(0, 1000));
        Assert.Empty(judge.Tick(30 - 1e-3));
        var alarm = Assert.Single(judge.Tick(30));
        Assert.Equal((I, Cause.Silence, At(30), Read(0, 1000)), (alarm.Level, alarm.Cause, alarm.Since, alarm.Evidence));
        Assert.Empty(judge.Tick(31));
        Assert.Empty(judge.Take(Read(40, 0, flag: Flag.Fail)));
        Assert.Equal((None, At(45)), Assert.Single(judge.Take(Read(45, 1000, flag: Flag.Suspect))) is var end ? (end.Level, end.Since) : default);
    }

    [Fact]
    public void A_late_reading_is_heard_too()
    {
        var judge = One(TamKy(), _silence);
        judge.Take(Read(0, 1000));
        judge.Tick(30);
        Assert.Equal(None, Assert.Single(judge.Take(new Reading(new SeriesId(1), At(-100), At(35), 1000, Flag.Good))).Level);
    }

    [Fact]
    public void The_end_of_a_silence_is_never_older_than_its_beginning()
    {
        var judge = One(TamKy(), _silence);
        judge.Take(Read(0, 1000));
        judge.Tick(31);
        // Received before that tick, stored behind it.
        Assert.Equal((None, At(31)), Assert.Single(judge.Take(Read(29, 1000))) is var end ? (end.Level, end.Since) : default);
    }

    [Fact]
    public void A_station_never_heard_counts_from_the_first_tick()
    {
        var judge = One(TamKy(), _silence);
        Assert.Empty(judge.Tick(100));
        Assert.Empty(judge.Tick(129));
        var alarm = Assert.Single(judge.Tick(131));
        Assert.Equal((At(131), At(100), Flag.Missing), (alarm.Since, alarm.Evidence.ReceivedAt, alarm.Evidence.Flag));
        Assert.Null(judge.Now()[0].ReceivedAt);
    }

    [Fact]
    public void Silence_lowers_no_flood_alarm()
    {
        var judge = One(TamKy(), BaoDong, _silence);
        judge.Take(Read(0, 2750));
        Assert.Equal(Cause.Silence, Assert.Single(judge.Tick(1000)).Cause);
        Assert.Equal(III, judge.Now()[0].Level);
        Assert.Equal(2, judge.Standing().Count);
    }

    [Fact]
    public void A_silence_that_was_told_is_not_told_again_and_ends_by_what_comes_after_it()
    {
        var judge = One(TamKy(), _silence);
        judge.Take(Read(0, 1000));
        var told = judge.Tick(30);
        var next = One(TamKy(), _silence);
        next.Remember(told);
        Assert.Empty(next.Take(Read(-10, 1000), Read(0, 1000)));
        Assert.Empty(next.Tick(31));
        Assert.Equal(None, Assert.Single(next.Take(Read(40, 1000))).Level);
    }
}

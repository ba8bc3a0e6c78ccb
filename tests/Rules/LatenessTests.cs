using CanhLu.Rules;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class LatenessTests
{
    static readonly int Storms = Effort.Of(15, 50, 300);

    // The stations of a storm report every ten minutes.
    static readonly Duration _lateness = Duration.FromMinutes(30);
    static readonly Duration _twentyMinutes = Duration.FromMinutes(20);

    [Fact]
    public void In_any_order_inside_the_window_at_every_moment_stands_what_would_stand_had_all_come_in_order()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var storm = new Storm(seed, silence: false, within: _lateness, suspect: false);
            var judge = storm.Judge();
            var readings = new List<Reading>();
            foreach (var (_, reading) in storm.Events)
            {
                judge.Take(reading!.Value);
                readings.Add(reading.Value);
                if (readings.Count % 29 == 0)
                    Same(storm, judge, readings, seed);
            }
            Same(storm, judge, readings, seed);
        }
    }

    [Fact]
    public void A_backlog_that_comes_at_once_may_be_in_any_order_inside_the_window_suspect_readings_too()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var storm = new Storm(seed, silence: false, within: _lateness);
            var judge = storm.Judge();
            var readings = new List<Reading>();
            foreach (var (_, reading) in storm.Events)
            {
                readings.Add(reading!.Value with { ReceivedAt = At(2000) });
                judge.Take(readings[^1]);
                if (readings.Count % 29 == 0)
                    Same(storm, judge, readings, seed);
            }
            Same(storm, judge, readings, seed);
        }
    }

    [Fact]
    public void What_was_said_last_is_what_stands()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var storm = new Storm(seed);
            var judge = storm.Judge();
            var said = new Dictionary<AlarmKey, Alarm>();
            var changes = new List<Alarm>();
            foreach (var (at, reading) in storm.Events)
            {
                if (reading is { } one)
                    judge.Take([one], changes);
                else
                    judge.Tick(at, changes);
                foreach (var alarm in changes)
                    said[alarm.Key] = alarm;
                changes.Clear();
            }
            Assert.Equal(
                judge.Standing().ToDictionary(alarm => alarm.Key, alarm => (alarm.Level, alarm.Since, alarm.Peak, alarm.Evidence)),
                said.Where(one => one.Value.Level != None)
                    .ToDictionary(one => one.Key, one => (one.Value.Level, one.Value.Since, one.Value.Peak, one.Value.Evidence)));
        }
    }

    [Fact]
    public void A_rise_is_told_at_once_and_a_straggler_that_shows_an_earlier_one_restates_it()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1500));
        var alarm = Assert.Single(judge.Take(Read(20, 1800)));
        Assert.Equal((I, At(20), null), (alarm.Level, alarm.Since, alarm.RestatedAt));
        var again = Assert.Single(judge.Take(Straggler(10, 1750, receivedAt: 21)));
        Assert.Equal((I, None, At(10), At(21)), (again.Level, again.From, again.Since, again.RestatedAt!.Value));
        Assert.Equal((At(10), new Stage(1800)), Assert.Single(judge.Standing()) is var stands ? (stands.Since, stands.PeakStage) : default);
    }

    [Fact]
    public void A_straggler_that_shows_a_higher_level_raises_it()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(0, 1500), Read(20, 2150));
        var alarm = Assert.Single(judge.Take(Straggler(10, 2750, receivedAt: 21)));
        // III at 10 ended at 20 with 2.15 m, above the end of II.
        Assert.Equal((II, III, At(20), III), (alarm.Level, alarm.From, alarm.Since, alarm.Peak));
    }

    [Fact]
    public void What_a_straggler_shows_never_to_have_been_is_taken_back()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes), BaoDong);
        judge.Take(Read(0, 1750));
        Assert.Equal(I, Assert.Single(judge.Take(Read(20, 1750))).Level);
        var back = Assert.Single(judge.Take(Straggler(10, 1500, receivedAt: 21)));
        Assert.Equal((None, I, At(20)), (back.Level, back.From, back.Since));
        Assert.Empty(judge.Standing());
        Assert.Empty(judge.Take(Read(30, 1750)));
        Assert.Equal(At(40), Assert.Single(judge.Take(Read(40, 1750))).Since);
    }

    [Fact]
    public void The_window_ends_where_the_station_says()
    {
        var station = Station("tam-ky", TamKy(raiseHold: _twentyMinutes)) with { Lateness = Duration.FromMinutes(15) };
        var inside = CanhLu.Rules.Judge.Create(Site([station], [Gauge("g1", "tam-ky")], BaoDong), [Series(1, "g1", "stage")]);
        inside.Take(Read(0, 1750), Read(10, 1750), Read(24.9, 1750));
        Assert.Equal(None, Assert.Single(inside.Take(Straggler(10.1, 1500, 25))).Level);
        var outside = CanhLu.Rules.Judge.Create(Site([station], [Gauge("g1", "tam-ky")], BaoDong), [Series(1, "g1", "stage")]);
        outside.Take(Read(0, 1750), Read(10, 1750), Read(24.9, 1750));
        Assert.Empty(outside.Take(Straggler(9.9, 1500, 25)));
        Assert.Equal(I, Assert.Single(outside.Standing()).Level);
    }

    [Fact]
    public void A_level_that_came_later_than_the_window_is_a_late_verdict_and_changes_no_alarm()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Late = [];
        judge.Take(Read(0, 1500), Read(60, 1500), Read(100, 1500));
        Assert.Empty(judge.Take(Straggler(10, 1600, 101), Straggler(20, 2250, 101), Straggler(30, 2300, 101), Straggler(40, 2750, 101)));
        Assert.Equal(
            [("tam-ky", "bao-dong", II, None, At(20), Duration.FromMinutes(81)), ("tam-ky", "bao-dong", III, None, At(40), Duration.FromMinutes(61))],
            judge.Late.Select(one => (one.Station, one.Rule, one.Level, one.Then, one.Reading.MeasuredAt, one.OnTheWay)));
        Assert.Empty(judge.Standing());
        Assert.Empty(judge.Take(Read(110, 1500)));
    }

    [Fact]
    public void What_would_have_changed_nothing_is_no_late_verdict()
    {
        var judge = One(TamKy(raiseHold: _twentyMinutes), BaoDong);
        judge.Late = [];
        judge.Take(Read(0, 1800), Read(20, 1800), Read(100, 1800));
        judge.Take(Straggler(30, 1900, 101), Straggler(60, 2300, 101), Straggler(70, 1900, 101));
        Assert.Empty(judge.Late);
    }

    [Fact]
    public void A_level_that_was_over_before_anybody_could_know_is_a_late_verdict_too()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Late = [];
        Assert.Empty(judge.Take(Read(60, 1500), Read(50, 2800)));
        Assert.Equal((III, None), Assert.Single(judge.Late) is var one ? (one.Level, one.Then) : default);
        judge.Take(Read(55, 1500), Read(70, 1500));
        Assert.Single(judge.Late);
    }

    [Fact]
    public void A_gauge_that_reports_far_too_often_keeps_its_newest_readings_open()
    {
        var judge = One(TamKy(clearHold: _twentyMinutes), BaoDong);
        for (var i = 0; i < 10_000; i++)
            judge.Take(Read(i / 1000.0, 1500));
        Assert.Equal(At(9.9985), Assert.Single(judge.Take(Read(9.9985, 1800))).Since);
        Assert.Empty(judge.Take(Read(0.5005, 2800)));
    }

    static Reading Straggler(double minutes, double value, double receivedAt) => Read(minutes, value) with { ReceivedAt = At(receivedAt) };

    static void Same(Storm storm, Judge judge, List<Reading> readings, int seed)
    {
        var ordered = storm.Judge();
        ordered.Take([.. readings.OrderBy(one => one.MeasuredAt).ThenBy(one => one.Series.Value)]);
        var (stands, would) = (Ladders(judge), Ladders(ordered));
        if (!stands.SequenceEqual(would))
            Assert.Fail($"Storm {seed}, {readings.Count} readings:\n{string.Join('\n', stands.Except(would))}\nbut in order\n{string.Join('\n', would.Except(stands))}");
    }

    // Limits are judged in the order in which their values come.
    static (AlarmKey, AlarmLevel, Instant, AlarmLevel, Stage?)[] Ladders(Judge judge) =>
    [
        .. judge.Standing().Where(alarm => alarm.Cause is Cause.Threshold or Cause.Rate)
            .Select(alarm => (alarm.Key, alarm.Level, alarm.Since, alarm.Peak, alarm.PeakStage)),
    ];
}

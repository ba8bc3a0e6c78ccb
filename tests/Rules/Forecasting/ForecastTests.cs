using System.Collections.Immutable;
using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

public sealed class ForecastTests
{
    static Rule.Forecast Rule(AlarmLevel level = I, int leadHours = 3, int horizonHours = 12, int holdMinutes = 60) => new(
        "sap-bao-dong", "", Policy.Ask, [], level, Duration.FromHours(leadHours), Duration.FromHours(horizonHours), Duration.FromMinutes(holdMinutes));

    [Fact]
    public void A_steady_rise_is_forecast_to_the_minute_within_its_band()
    {
        var judge = One(TamKy(), Rule(), BaoDong);
        for (var minute = 0; minute <= 240; minute += 10)
            judge.Take(Read(minute, 1000 + minute));
        // 1,240 mm now and 60 mm an hour: 1,700 mm in 7 h 40 min.
        var forecast = judge.Now()[0].Forecast!.Value;
        Assert.Equal((I, At(240)), (forecast.Level, forecast.MadeAt));
        Assert.InRange(forecast.Middle, At(240 + 459), At(240 + 461));
        Assert.InRange(forecast.From, At(240 + 200), At(240 + 459));
        Assert.True(forecast.To is null || forecast.To > At(240 + 461));
        Assert.InRange(forecast.Probability, 0.5, 1);
    }

    [Fact]
    public void The_band_narrows_as_the_level_comes_near()
    {
        var judge = One(TamKy(), Rule(), BaoDong);
        var before = Duration.FromDays(1);
        for (var minute = 0; minute < 600; minute += 10)
        {
            judge.Take(Read(minute, 1000 + 1.2 * minute));
            if (judge.Now()[0].Forecast is not { Level: I, To: { } to } forecast)
                continue;
            // The first hours after the beginning it learns that the rise is steady.
            Assert.True(to - forecast.From <= before + Duration.FromMinutes(20), $"{minute} min: {forecast}");
            before = to - forecast.From;
        }
        Assert.True(before < Duration.FromMinutes(30));
    }

    [Fact]
    public void The_warning_begins_when_the_early_end_is_within_the_lead_and_ends_when_the_ladder_takes_over()
    {
        var judge = One(TamKy(), Rule(leadHours: 2), BaoDong);
        var changes = new List<Alarm>();
        for (var minute = 0; minute <= 900; minute += 10)
            foreach (var alarm in judge.Take(Read(minute, 1000 + minute)))
            {
                changes.Add(alarm);
                if (alarm is { Cause: Cause.Forecast, Level: I })
                    Assert.InRange(judge.Now()[0].Forecast!.Value.From - alarm.Since, Duration.Zero, Duration.FromHours(2));
            }
        Assert.Equal(
            [(Cause.Forecast, I), (Cause.Threshold, I), (Cause.Forecast, None)], changes.Take(3).Select(alarm => (alarm.Cause, alarm.Level)));
        Assert.InRange(changes[0].Since, At(450), At(650));
        Assert.Equal((At(700), At(700)), (changes[1].Since, changes[2].Since));
        Assert.Equal(new RateOfRise(60), changes[0].Rate);
    }

    [Fact]
    public void While_the_ladders_hold_runs_the_warning_stands()
    {
        var judge = One(TamKy(raiseHold: Duration.FromMinutes(30)), Rule(), BaoDong);
        var changes = new List<Alarm>();
        for (var minute = 0; minute <= 900; minute += 10)
            changes.AddRange(judge.Take(Read(minute, 1000 + minute)));
        Assert.Equal(
            [(Cause.Forecast, I, false), (Cause.Threshold, I, true), (Cause.Forecast, None, true)],
            changes.Take(3).Select(alarm => (alarm.Cause, alarm.Level, alarm.Since == At(730))));
    }

    [Fact]
    public void A_rise_that_comes_to_rest_ends_the_warning_after_its_hold()
    {
        var judge = One(TamKy(), Rule(holdMinutes: 120), BaoDong);
        var changes = new List<Alarm>();
        Instant? expected = null;
        for (var minute = 0; minute <= 2400; minute += 10)
        {
            var stage = minute <= 600 ? 1000 + minute : Math.Max(1400, 1600 - (minute - 600) / 2);
            changes.AddRange(judge.Take(Read(minute, stage)));
            expected = judge.Now()[0].Forecast is null ? expected : At(minute);
        }
        Assert.Equal([I, None], changes.Select(alarm => alarm.Level));
        Assert.Equal(expected + Duration.FromMinutes(120), changes[1].Since);
    }

    [Fact]
    public void Calm_water_high_water_and_falling_water_are_forecast_nothing()
    {
        foreach (var stage in (Func<double, double>[])[_ => 1600, minute => 1699 - minute / 100, minute => 1600 + minute % 40 / 5, _ => 2900])
        {
            var judge = One(TamKy(), Rule(), BaoDong);
            for (var minute = 0; minute <= 1440; minute += 10)
            {
                Assert.DoesNotContain(judge.Take(Read(minute, stage(minute))), alarm => alarm.Cause == Cause.Forecast);
                Assert.Null(judge.Now()[0].Forecast);
            }
        }
    }

    [Fact]
    public void One_wild_reading_raises_no_warning()
    {
        var judge = One(TamKy(), Rule());
        for (var minute = 0; minute <= 1440; minute += 10)
            Assert.Empty(judge.Take(Read(minute, minute == 720 ? 4000 : 1300)));
    }

    [Fact]
    public void Too_few_readings_neither_begin_nor_end_a_warning()
    {
        var judge = One(TamKy(), Rule(), BaoDong);
        Assert.Empty(judge.Take(Read(0, 1500), Read(10, 1540), Read(20, 1580), Read(30, 1620)));
        for (var minute = 40; minute <= 130; minute += 10)
            judge.Take(Read(minute, 1500 + minute));
        var warned = One(TamKy(), Rule(), BaoDong);
        for (var minute = 0; minute <= 600; minute += 10)
            warned.Take(Read(minute, 1000 + minute));
        Assert.Single(warned.Standing());
        Assert.Empty(warned.Take(Read(1200, 1400), Read(1210, 1400)));
        Assert.Single(warned.Standing());
    }

    [Fact]
    public void The_skill_counts_what_came_and_what_did_not()
    {
        var judge = One(TamKy(), Rule(), BaoDong);
        for (var minute = 0; minute <= 720; minute += 10)
            judge.Take(Read(minute, 1000 + minute));
        var skill = judge.Now()[0].Skill!;
        Assert.True(skill.Came > 5);
        Assert.Equal((skill.Came, 0, 0), (skill.Held, skill.Stayed, skill.Surprises));
        Assert.InRange(skill.MeanAbsoluteError, Duration.Zero, Duration.FromMinutes(10));
        Assert.InRange(skill.MeanLead, Duration.FromHours(2), Duration.FromHours(8));
        // Level II was expected too by now; it does not come.
        for (var minute = 730; minute <= 730 + 1440; minute += 10)
            judge.Take(Read(minute, 1700));
        Assert.True(judge.Now()[0].Skill!.Brier > skill.Brier);
    }

    [Fact]
    public void A_level_that_comes_at_once_is_a_surprise()
    {
        var judge = One(TamKy(), Rule(), BaoDong);
        for (var minute = 0; minute <= 300; minute += 10)
            judge.Take(Read(minute, 1000));
        judge.Take(Read(310, 1800));
        Assert.Equal((0, 1), (judge.Now()[0].Skill!.Came, judge.Now()[0].Skill!.Surprises));
    }

    [Fact]
    public void Before_its_tide_is_known_a_station_is_forecast_nothing_below_the_first_level()
    {
        var judge = Judge.Create(
            Site([Station("tam-ky", TamKy()) with { FeelsTide = true }], [Gauge("g1", "tam-ky")], Rule(), BaoDong), [Series(1, "g1", "stage")]);
        for (var minute = 0; minute < 700; minute += 10)
            Assert.Empty(judge.Take(Read(minute, 1000 + minute)));
        judge.Take(Read(700, 1700));
        Assert.Equal(II, judge.Now()[0].Forecast!.Value.Level);
    }

    [Fact]
    public void A_second_gauge_is_followed_only_when_the_first_one_is_silent()
    {
        var judge = Judge.Create(
            Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky")], Rule(), BaoDong),
            [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
        for (var minute = 0; minute <= 400; minute += 10)
        {
            judge.Take(Read(minute, 1000 + minute), Read(minute, 1100 + minute, series: 2));
        }
        var expected = judge.Now()[0].Forecast!.Value.Middle;
        Assert.InRange(expected, At(695), At(705));
        for (var minute = 410; minute <= 560; minute += 10)
            judge.Take(Read(minute, 1100 + minute, series: 2));
        Assert.InRange(judge.Now()[0].Forecast!.Value.Middle, At(595), At(605));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restart_repeats_nothing_and_ends_nothing(bool tidal)
    {
        ImmutableArray<Station> stations = [Station("tam-ky", TamKy()) with { FeelsTide = tidal }];
        Judge New() => Judge.Create(Site(stations, [Gauge("g1", "tam-ky")], Rule(), BaoDong), [Series(1, "g1", "stage")]);
        var readings = new TidalFlood(21, 45, hasFlood: true).Readings().Select(one => Read(one.Minute, one.Stage)).ToArray();
        var whole = New();
        var one = new List<Alarm>();
        whole.Take(readings, one);
        Assert.Contains(one, alarm => alarm.Cause == Cause.Forecast);
        for (var cut = readings.Length - 400; cut < readings.Length; cut += 7)
        {
            var before = New();
            var many = new List<Alarm>();
            before.Take(readings.AsSpan(0, cut), many);
            var after = New();
            after.Remember(many.GroupBy(alarm => alarm.Key).Select(key => key.Last()));
            var from = readings[cut - 1].MeasuredAt - after.Lookback;
            Assert.Equal(new SeriesId(1), Assert.Single(after.Memories).Series);
            after.Recall(readings.AsSpan(0, cut), from);
            after.Take([.. readings.Take(cut).Where(reading => reading.MeasuredAt >= from)], many);
            after.Tick(readings[cut - 1].MeasuredAt, many);
            after.Take(readings.AsSpan(cut), many);
            Assert.Equal(one, many);
        }
    }
}

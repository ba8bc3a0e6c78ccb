using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class RateOfRiseTests
{
    static Rule.RateOfRiseRule Rule(int? gate = 1200, int minPoints = 3, int minSpanMinutes = 20) => new(
        "len-nhanh", "Lên nhanh", Policy.Ask, [], Duration.FromHours(1), minPoints, Duration.FromMinutes(minSpanMinutes), new RateOfRise(100),
        new RateOfRise(50), gate is { } mm ? new Stage(mm) : null);

    [Fact]
    public void A_rate_begins_at_raise_once_points_and_span_tell_it()
    {
        var judge = One(TamKy(), Rule());
        Assert.Empty(judge.Take(Read(0, 1300), Read(10, 1320)));
        var alarm = Assert.Single(judge.Take(Read(20, 1340)));
        Assert.Equal((I, Cause.Rate, new RateOfRise(120), At(20)), (alarm.Level, alarm.Cause, alarm.Rate!.Value, alarm.Since));
    }

    [Fact]
    public void Equality_raises_and_does_not_clear()
    {
        var judge = One(TamKy(), Rule());
        Assert.Equal(new RateOfRise(100), Assert.Single(judge.Take(Read(0, 1300), Read(12, 1320), Read(24, 1340))).Rate);
        var falling = One(TamKy(), Rule());
        falling.Take(Read(0, 1300), Read(12, 1320), Read(24, 1340));
        Assert.Empty(falling.Take(Read(144, 1400), Read(156, 1410), Read(168, 1420)));
        Assert.Equal(None, Assert.Single(falling.Take(Read(180, 1429))).Level);
    }

    [Fact]
    public void A_tide_below_the_gate_says_nothing()
    {
        var judge = One(TamKy(), Rule(gate: 1341));
        Assert.Empty(judge.Take(Read(0, 1300), Read(10, 1320), Read(20, 1340)));
        Assert.Single(judge.Take(Read(30, 1360)));
        Assert.Single(judge.Standing());
    }

    [Fact]
    public void Too_few_points_neither_raise_nor_clear()
    {
        var judge = One(TamKy(), Rule());
        judge.Take(Read(0, 1300), Read(10, 1320), Read(20, 1340));
        Assert.Empty(judge.Take(Read(300, 1340), Read(310, 1340)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(320, 1340))).Level);
    }

    [Fact]
    public void A_reading_out_of_order_counts_for_the_rate_in_its_place()
    {
        var judge = One(TamKy(), Rule(minPoints: 4));
        Assert.Empty(judge.Take(Read(0, 1300), Read(20, 1340), Read(10, 1320)));
        Assert.Single(judge.Take(Read(30, 1360)));
    }

    [Fact]
    public void A_gauge_that_reports_every_second_still_fills_the_window()
    {
        var judge = One(TamKy(), Rule(minPoints: 20, minSpanMinutes: 55));
        var changes = new List<Alarm>();
        for (var second = 0; second <= 3600; second++)
            changes.AddRange(judge.Take(Read(second / 60.0, 1300 + second / 30)));
        var alarm = Assert.Single(changes);
        Assert.InRange(alarm.Rate!.Value.MillimetresPerHour, 118, 122);
        Assert.InRange(alarm.Since, At(55), At(58));
    }

    [Fact]
    public void Of_a_gauge_that_reports_five_times_a_second_the_newest_of_each_span_count_and_no_others()
    {
        var random = new Random(11);
        var span = RecentStages.Spacing((long)TimeSpan.FromHours(1).TotalMilliseconds);
        var dense = TwoGauges();
        List<Reading>[] came = [[], []];
        for (var i = 0; i < 25_000; i++)
        {
            var gauge = random.Next(2);
            var one = Read((i + random.NextDouble() / 2) / 300, 1000 + i / 100 + random.Next(40), gauge + 1);
            came[gauge].Add(one);
            dense.Take(one);
            if (i % 1_777 != 1_776)
                continue;
            // The station's rate is that of the gauge that spoke last.
            var thin = TwoGauges();
            foreach (var newest in came[gauge].GroupBy(reading => (long)(reading.MeasuredAt - Instant.FromUtc(1, 1, 1, 0, 0)).TotalMilliseconds / span))
                thin.Take(newest.Last());
            Assert.Equal(thin.Now()[0].Rate, dense.Now()[0].Rate);
        }
        Assert.NotNull(dense.Now()[0].Rate);

        static Judge TwoGauges() => Judge.Create(
            Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauge("g2", "tam-ky")], Rule(gate: null)), [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
    }

    [Fact]
    public void The_rate_is_the_same_in_whatever_order_the_readings_came_inside_the_window()
    {
        var random = new Random(7);
        var station = Station("tam-ky", TamKy()) with { Lateness = Duration.FromMinutes(200) };
        Judge OfStation() => Judge.Create(Site([station], [Gauge("g1", "tam-ky")], Rule()), [Series(1, "g1", "stage")]);
        for (var round = 0; round < 1000; round++)
        {
            var readings = Enumerable.Range(0, random.Next(2, 120))
                .Select(i => Read(random.Next(0, 200), random.Next(1000, 1500))).DistinctBy(one => one.MeasuredAt).ToArray();
            var ordered = OfStation();
            ordered.Take([.. readings.OrderBy(one => one.MeasuredAt)]);
            var shuffled = OfStation();
            random.Shuffle(readings);
            shuffled.Take(readings);
            Assert.Equal(ordered.Now()[0].Rate, shuffled.Now()[0].Rate);
        }
    }
}

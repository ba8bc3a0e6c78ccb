using CanhLu.Notify;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class OutlookTests(ITestOutputHelper output)
{
    static readonly Dictionary<string, double> Rates = new() { ["zalo"] = 20, ["esms"] = 50 };

    [Fact]
    public void A_bulletin_alone_takes_what_it_has_over_the_rate() => Assert.Equal(TimeSpan.FromSeconds(20), Left(1, Of(1, "esms", 1000)));

    [Fact]
    public void What_is_done_takes_no_more() => Assert.Equal(TimeSpan.Zero, Left(1, Of(1, "esms", 0, answered: 500), Of(2, "esms", 1000)));

    [Fact]
    public void Higher_lanes_higher_levels_and_older_bulletins_of_its_level_go_before_it_and_nothing_else_does()
    {
        Work[] works =
        [
            Of(4, "esms", 1000, level: AlarmLevel.II), Of(3, "esms", 500, level: AlarmLevel.II), Of(5, "esms", 250, level: AlarmLevel.III),
            Of(6, "esms", 50, lane: Lane.Officers), Of(1, "esms", 5000), Of(7, "esms", 5000, level: AlarmLevel.II), Of(2, "zalo", 5000, level: AlarmLevel.III),
        ];
        Assert.Equal(TimeSpan.FromSeconds(1800 / 50.0), Left(4, works));
        Assert.Equal(800, Outlook.Ahead(4, works));
    }

    [Fact]
    public void The_slowest_carrier_counts() => Assert.Equal(TimeSpan.FromSeconds(50), Left(1, Of(1, "esms", 1000), Of(1, "zalo", 1000)));

    [Fact]
    public void What_a_carrier_will_pass_on_is_foretold_from_what_it_has_passed_on()
    {
        // 30 % of the 1,000 that Zalo still has will come to eSMS, which is done with them when Zalo is.
        Assert.Equal(TimeSpan.FromSeconds(50), Left(1, Of(1, "zalo", 1000, answered: 100, passedOn: 30), Of(1, "esms", 30)));
        // If eSMS has more to do than that, it ends later.
        Assert.Equal(TimeSpan.FromSeconds(86), Left(1, Of(1, "zalo", 1000, answered: 100, passedOn: 30), Of(1, "esms", 4000)));
    }

    [Fact]
    public void While_a_carrier_takes_nothing_nobody_knows() => Assert.Null(Left(1, Of(1, "kannel", 1), Of(1, "esms", 10)));

    [Theory]
    [InlineData(500, 500)]
    [InlineData(20, 20)]
    [InlineData(500, 140)]
    public void At_any_part_of_a_hundred_thousand_the_finishing_time_is_right_within_5_percent(double agreed, double taken)
    {
        const int All = 100_000;
        var time = new FakeTimeProvider();
        var (pace, flow, random) = (new Pace(agreed, time), new Throughput(time), new Random(1));
        var began = time.GetTimestamp();
        var foretold = new List<(int Percent, TimeSpan At, TimeSpan End)>();
        var carrier = new Pace(taken, time);
        for (var sent = 0; sent < All;)
        {
            var wait = carrier.Take();
            if (wait == TimeSpan.Zero && (wait = pace.Take()) == TimeSpan.Zero)
            {
                flow.Count(1);
                sent++;
                if (sent * 100 / All is 10 or 25 or 50 or 75 && sent % (All / 100) == 0)
                {
                    var left = Outlook.Left(1, [Of(1, "esms", All - sent)], _ => Math.Min(agreed * Pace.Steady, flow.Busy() ?? double.MaxValue));
                    foretold.Add((sent * 100 / All, time.GetElapsedTime(began), time.GetElapsedTime(began) + left!.Value));
                }
            }
            else
            {
                time.Advance(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds) + random.Next(3)));
            }
        }
        var end = time.GetElapsedTime(began);
        Assert.Equal([10, 25, 50, 75], foretold.Select(one => one.Percent));
        Assert.All(foretold, one =>
        {
            output.WriteLine($"at {one.Percent} %: {one.End.TotalSeconds:0.0} s foretold, {end.TotalSeconds:0.0} s true");
            Assert.InRange((one.End - one.At) / (end - one.At), 0.95, 1.05);
        });
        Assert.InRange(All / end.TotalSeconds / Math.Min(agreed, taken), 0.95, 1.0);
    }

    [Fact]
    public void The_flow_of_the_last_seconds_is_a_mean_and_says_nothing_while_idle()
    {
        var time = new FakeTimeProvider();
        var flow = new Throughput(time);
        for (var second = 0; second < 30; second++)
        {
            for (var i = 0; i < 10; i++)
                flow.Count(1);
            flow.Count(2);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal((10.0, 1.0, 0.0), (flow.PerSecond(1), flow.PerSecond(2), flow.PerSecond(3)));
        Assert.Equal(11.0, flow.Busy());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5.0, flow.PerSecond(1));
        Assert.Null(flow.Busy());
    }

    static TimeSpan? Left(long bulletin, params Work[] works) =>
        Outlook.Left(bulletin, works, carrier => Rates.TryGetValue(carrier, out var rate) ? rate : null);

    static Work Of(long bulletin, string carrier, long waiting, int lane = Lane.Residents, AlarmLevel level = AlarmLevel.I, long answered = 0, long passedOn = 0) =>
        new(bulletin, lane, level, carrier, waiting, answered, passedOn, passedOn > 0 ? "esms" : null);
}

using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Rules.Promtool;

/// <summary>An outside judge: the rule engine of Prometheus, run by its own <c>promtool test rules</c> over the same series.</summary>
public sealed class PromtoolTests
{
    const int Steps = 150;
    static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Two_hundred_random_series_have_the_timeline_that_prometheus_computes()
    {
        var random = new Random(20251029);
        using var test = new RuleTest([.. Enumerable.Range(0, 25).Select(_ => River.Random(random, series: 8, Steps))], Minute);
        Assert.Equal(200, test.Levels.Sum(river => river.Length));
        // They say something: every level, and many changes.
        var changes = test.Levels.SelectMany(river => river).Sum(levels => levels.Zip(levels.Skip(1)).Count(pair => pair.First != pair.Second));
        Assert.True(changes > 1500, $"only {changes} changes");
        Assert.All(Enum.GetValues<AlarmLevel>(), level => Assert.Contains(test.Levels.SelectMany(river => river), levels => levels.Contains(level)));
        await Agrees(test);
    }

    [Theory]
    [InlineData(3800, 3800, 5000, 5000, 6500, 6500, 2, 4, 15)]
    [InlineData(3706, 3706, 4500, 4500, 7000, 7000, 0, 0, 15)]
    [InlineData(3800, 3700, 5000, 4800, 6500, 6000, 0, 0, 1)]
    [InlineData(3706, 3650, 5000, 4800, 6500, 6000, 3, 8, 1)]
    public async Task The_flood_on_the_Kentucky_River_has_the_timeline_that_prometheus_computes(
        int raiseI, int clearI, int raiseII, int clearII, int raiseIII, int clearIII, int raiseHold, int clearHold, int minutesAStep)
    {
        var quarter = Duration.FromMinutes(15);
        var river = new River([(raiseI, clearI), (raiseII, clearII), (raiseIII, clearIII)], raiseHold, clearHold, quarter, [Quarters(quarter)]);
        using var test = new RuleTest([river], Duration.FromMinutes(minutesAStep));
        Assert.Contains(AlarmLevel.III, test.Levels[0][0]);
        await Agrees(test);
    }

    [Fact]
    public async Task A_level_begins_and_stays_at_equality_and_prometheus_says_so_too()
    {
        int[] stages = [1699, 1700, 1600, 1599, 1600, 1699, 1700, 1701, 1599];
        var river = new River([(1700, 1600), (2200, 2100), (2700, 2600)], 0, 0, Minute, [stages]);
        using var test = new RuleTest([river], Minute);
        Assert.Equal(
            [AlarmLevel.None, AlarmLevel.I, AlarmLevel.I, AlarmLevel.None, AlarmLevel.None, AlarmLevel.None, AlarmLevel.I, AlarmLevel.I, AlarmLevel.None],
            test.Levels[0][0]);
        await Agrees(test);

        using var exclusive = new RuleTest([river], Minute) { Comparison = ">" };
        Assert.Equal(1, (await exclusive.Run()).Code);
    }

    [Fact]
    public async Task A_hold_has_held_at_its_last_instant_and_prometheus_says_so_too()
    {
        int[] stages = [1700, 1700, 1700, 1500, 1500, 1500, 1500, 1700];
        var river = new River([(1700, 1700), (2200, 2200), (2700, 2700)], 2, 3, Minute, [stages]);
        using var test = new RuleTest([river], Minute);
        Assert.Equal(
            [AlarmLevel.None, AlarmLevel.None, AlarmLevel.I, AlarmLevel.I, AlarmLevel.I, AlarmLevel.I, AlarmLevel.None, AlarmLevel.None],
            test.Levels[0][0]);
        await Agrees(test);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_timeline_with_one_alert_altered_is_refused(int seed)
    {
        var random = new Random(seed);
        using var test = new RuleTest([.. Enumerable.Range(0, 5).Select(_ => River.Random(random, series: 2, Steps))], Minute);
        await Agrees(test);
        var levels = test.Levels[random.Next(5)][random.Next(2)];
        var step = random.Next(Steps);
        levels[step] = levels[step] == AlarmLevel.None ? AlarmLevel.I : levels[step] - 1;
        var (code, said) = await test.Run();
        Assert.Equal(1, code);
        Assert.Contains("FAILED", said, StringComparison.Ordinal);
    }

    static async Task Agrees(RuleTest test)
    {
        var (code, said) = await test.Run();
        Assert.True(code == 0, said.Length > 4000 ? said[..4000] : said);
    }

    /// <summary>The record at every quarter of an hour. In a gap the last stage is said again, to both judges: what a gap means is where they differ, since
    /// Prometheus ends an alert whose series is gone, and the ladder ends none without a reading.</summary>
    static int[] Quarters(Duration step)
    {
        var readings = KentuckyRiver.Readings();
        var width = (long)step.TotalMilliseconds;
        var stages = new int[(readings[^1].Milliseconds - readings[0].Milliseconds) / width + 1];
        var next = 0;
        for (var i = 0; i < stages.Length; i++)
        {
            while (next < readings.Length && readings[next].Milliseconds <= readings[0].Milliseconds + i * width)
                next++;
            stages[i] = readings[next - 1].Stage;
        }
        return stages;
    }
}

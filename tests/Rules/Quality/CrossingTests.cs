using CanhLu.Host.SiteFiles;
using CanhLu.Rules.Quality;
using CanhLu.Tests.Host.SiteFiles;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Quality;

/// <summary>No flag ever keeps a real crossing from being told.</summary>
public sealed class CrossingTests
{
    const int Floods = 400;

    static readonly Duration _wait = Duration.FromMinutes(11);

    static readonly Site TamKySite = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site;

    /// <summary>Still water, floods faster than any that was ever seen here, plateaus a millimetre above a level, gaps and a gauge in bursts: with the shipped
    /// tests, and with tests that doubt everything. Whoever waits for a second reading, because the first is suspect, has it then; when that one fails,
    /// the first counts after one interval and the minute by which the next may be late.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_rises_can_be_believed_and_every_crossing_is_raised_by_its_second_reading_or_after_one_interval(bool distrustful)
    {
        var crossings = 0;
        for (var seed = 0; seed < Floods; seed++)
        {
            var random = new Random(seed);
            var (control, judge) = (Control(distrustful), One(TamKy(), BaoDong));
            var highest = AlarmLevel.None;
            var before = int.MaxValue;
            var (owed, due) = (AlarmLevel.None, Instant.MaxValue);
            var last = Instant.MinValue;
            var changes = new List<Alarm>();
            foreach (var (at, stage) in Flood(random))
            {
                Reading[] one = [new Reading(new SeriesId(1), at, at, stage, Flag.Good)];
                control.Judge(one, []);
                if (due <= at)
                {
                    judge.Tick(due, changes);
                    Assert.True(judge.Now()[0].Level >= owed, $"flood {seed} at {due}: {owed} was owed since {due - _wait}");
                    (owed, due) = (AlarmLevel.None, Instant.MaxValue);
                }
                judge.Take(one, changes);
                Assert.False(stage > before && one[0].Flag == Flag.Fail, $"flood {seed} at {at}: {before} to {stage} mm, {one[0].Tests}");
                var shown = Math.Min(before, stage);
                before = stage;
                var level = shown >= 2700 ? AlarmLevel.III : shown >= 2200 ? AlarmLevel.II : shown >= 1700 ? AlarmLevel.I : AlarmLevel.None;
                if (level < owed)
                    (owed, due) = (AlarmLevel.None, Instant.MaxValue);
                if (level > highest)
                {
                    crossings++;
                    if (judge.Now()[0].Level < level)
                    {
                        Assert.True(one[0].Flag == Flag.Fail && distrustful, $"flood {seed} at {at}: {stage} mm, {one[0].Flag}, {one[0].Tests}");
                        (owed, due) = (level, due == Instant.MaxValue ? last + _wait : due);
                    }
                }
                last = at;
                highest = level > highest ? level : shown < 1600 ? AlarmLevel.None : highest;
            }
        }
        Assert.True(crossings > 2 * Floods, $"{crossings}");
    }

    [Fact]
    public void A_gauge_that_is_stuck_while_high_keeps_its_alarm()
    {
        var (control, judge) = (Control(distrustful: false), One(TamKy(), BaoDong));
        for (var i = 0; i < 400; i++)
        {
            Reading[] one = [Read(10 * i, Math.Min(1200 + 20 * i, 2350))];
            control.Judge(one, []);
            judge.Take(one);
            if (i > 200)
                Assert.Equal((Flag.Fail, AlarmLevel.II), (one[0].Flag, judge.Now()[0].Level));
        }
    }

    static QualityControl Control(bool distrustful)
    {
        var tests = QualitySubject.TestsOf(TamKySite, "radar-gauge", "stage", "tam-ky")!;
        if (distrustful)
            tests = tests with
            {
                UserSpan = new ValueSpan(0, 100),
                Months = [.. Enumerable.Repeat<ValueSpan?>(new ValueSpan(0, 100), 12)],
                Spike = new SpikeTest(1, 2, SpikeMethod.Average),
                Rate = new RateTest(0.0001, null),
                FlatLine = new FlatLineTest(Duration.FromMinutes(20), Duration.FromMinutes(20), 60),
                Attenuation = new AttenuationTest(Duration.FromHours(2), Duration.Zero, 400, 300, AttenuationMeasure.Range),
            };
        return new QualityControl([new QualitySubject(new SeriesId(1), tests, new ValueSpan(-2000, 15000), Duration.FromMinutes(10))], DateTimeZone.Utc);
    }

    static IEnumerable<(Instant At, int Stage)> Flood(Random random)
    {
        var at = Start;
        var stage = random.Next(200, 1650);
        for (var wave = 0; wave < 4; wave++)
        {
            // Still, for hours or for a day.
            for (var i = random.Next(200); i > 0; i--)
                yield return (at += Step(random), stage);
            var peak = random.Next(1700, 4500);
            var speed = random.Next(4) switch { 0 => 1, 1 => random.Next(5, 40), 2 => random.Next(50, 400), _ => random.Next(500, 2500) };
            while (stage < peak)
                yield return (at += Step(random), stage = Math.Min(peak, stage + random.Next(1, speed + 1)));
            for (var i = random.Next(100); i > 0; i--)
                yield return (at += Step(random), stage);
            while (stage > 1000)
                yield return (at += Step(random), stage -= random.Next(1, 200));
        }
    }

    static Duration Step(Random random) => random.Next(40) switch
    {
        0 => Duration.FromMinutes(random.Next(30, 600)),
        1 or 2 or 3 => Duration.FromMinutes(1),
        _ => Duration.FromMinutes(10),
    };
}

using CanhLu.Tests.Support;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class LawTests
{
    static readonly int Storms = Effort.Of(300, 1000, 1000);

    [Fact]
    public void Storms_are_stormy()
    {
        var said = Enumerable.Range(0, 100).SelectMany(seed =>
        {
            var life = new Life(new Storm(seed));
            foreach (var (at, reading) in new Storm(seed).Events)
                life.Live(at, reading);
            return life.Announced;
        }).ToArray();
        // Faults come of the flags of quality control, which no storm has: FaultTests. Releases are entered by people: tests/Duty/ReleaseTests. Behind an announcement
        // stands no alarm at all.
        foreach (var cause in Enum.GetValues<Cause>().Except([Cause.Fault, Cause.Release, Cause.Announcement]))
            Assert.True(said.Count(alarm => alarm.Cause == cause) > 100, $"{cause}: {said.Count(alarm => alarm.Cause == cause)}");
        foreach (var rule in (string[])["people", "fps", "dark", "battery"])
            Assert.True(said.Count(alarm => alarm.Key.Rule == rule) > 20, rule);
        Assert.Contains(said, alarm => alarm is { From: I, Level: III });
        Assert.Contains(said, alarm => alarm is { From: III, Level: I });
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var random = new Random(seed);
            var storm = new Storm(seed);
            var once = new Life(storm);
            var twice = new Life(storm);
            var before = new List<Reading>();
            foreach (var (at, reading) in storm.Events)
            {
                once.Live(at, reading);
                twice.Live(at, reading);
                if (reading is { } one)
                    before.Add(one);
                if (before.Count > 0 && random.Next(3) == 0)
                    twice.Live(at, before[^Math.Min(before.Count, random.Next(1, 200))]);
            }
            Assert.Equal(once.Announced, twice.Announced);
        }
    }

    [Fact]
    public void However_a_stream_is_cut_into_calls_the_alarms_are_the_same()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var random = new Random(seed);
            var storm = new Storm(seed, silence: false);
            Reading[] readings = [.. storm.Events.Select(one => one.Reading!.Value)];
            var whole = storm.Judge().Take(readings);
            var judge = storm.Judge();
            var parts = new List<Alarm>();
            for (var at = 0; at < readings.Length;)
            {
                var count = Math.Min(random.Next(1, 60), readings.Length - at);
                judge.Take(readings.AsSpan(at, count), parts);
                at += count;
            }
            Assert.Equal(whole, parts);
        }
    }

    [Fact]
    public void Higher_water_never_means_a_lower_level()
    {
        for (var seed = 0; seed < Storms; seed++)
        {
            var random = new Random(seed);
            var storm = new Storm(seed);
            var (lower, higher) = (storm.Judge(), storm.Judge());
            foreach (var (_, one) in storm.Events)
            {
                if (one is not { } reading)
                    continue;
                lower.Take(reading);
                higher.Take(reading with { Value = reading.Value + random.Next(3) * random.Next(120) });
                foreach (var (low, high) in lower.Now().Zip(higher.Now()))
                    Assert.True(high.Level >= low.Level, $"storm {seed} at {reading.MeasuredAt}: {high.Level} is lower than {low.Level}");
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 1699)]
    [InlineData(1700, 1600, 2199)]
    [InlineData(2200, 2100, 2699)]
    [InlineData(2700, 2600, 9000)]
    public void Inside_the_band_nothing_is_said(int first, int lowest, int highest)
    {
        var random = new Random(11);
        var judge = One(TamKy(), BaoDong);
        judge.Take(Read(-1, first));
        for (var i = 0; i < 20_000; i++)
            Assert.Empty(judge.Take(Read(i, random.Next(lowest, highest + 1))));
    }

    [Fact]
    public void A_million_readings_that_change_no_alarm_allocate_nothing()
    {
        var storm = new Storm(5);
        var judge = storm.Judge();
        var changes = new List<Alarm>(4096);
        judge.Take([.. storm.Events.Where(one => one.Reading is not null).Select(one => one.Reading!.Value)]);
        var page = new Reading[1000];
        var minute = 2000.0;
        TakeAMillion();
        changes.Clear();
        // What the runtime itself allocates on this thread now and then is not in every round; what a reading costs is.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => TakeAMillion()));
        Assert.Empty(changes);

        long TakeAMillion()
        {
            long allocated = 0;
            for (var i = 0; i < 1000; i++)
            {
                Fill();
                var before = GC.GetAllocatedBytesForCurrentThread();
                judge.Take(page, changes);
                judge.Tick(At(minute), changes);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
            return allocated;
        }

        void Fill()
        {
            for (var i = 0; i < page.Length; i++)
                page[i] = Read(minute += 0.5, 1200 + i % 3, series: 1 + i % 4, flag: i % 9 == 0 ? Flag.Fail : Flag.Good);
        }
    }
}

using CanhLu.Host.SiteFiles;
using CanhLu.Rules;
using CanhLu.Rules.Quality;
using CanhLu.Tests.Host.SiteFiles;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Rules;

/// <summary>What goes wrong with gauges, through the shipped tests and rules: the right fault is told, no alarm of the river that is not true, and none is lost.</summary>
public sealed class FaultTests
{
    static readonly Site Site = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site;

    static readonly Series[] All = [new(new SeriesId(1), "tk-gauge-1", "stage", "mm"), new(new SeriesId(2), "tk-gauge-1", "battery", "V")];

    [Fact]
    public void A_tide_without_any_fault_says_nothing()
    {
        var gauge = new Gauge();
        gauge.Run(6 * 24 * 30, Tide);
        Assert.Empty(gauge.Said);
    }

    [Fact]
    public void Spikes_of_3_metres_are_a_spiking_gauge()
    {
        var gauge = new Gauge();
        gauge.Run(160, i => Tide(i) + (i is 120 or 130 or 141 ? 3000 : 0));
        Assert.Equal(["I"], gauge.Levels("cam-bien-nhieu"));
        Assert.Equal(Gauge.At(141), gauge.Said.Single(alarm => alarm.Key.Rule == "cam-bien-nhieu").Evidence.MeasuredAt);
        Assert.All(gauge.Said, alarm => Assert.Equal("cam-bien-nhieu", alarm.Key.Rule));
        // Six hours without another one end it.
        gauge.Run(60, Tide);
        Assert.Equal(["I", "None"], gauge.Levels("cam-bien-nhieu"));
    }

    [Fact]
    public void One_spike_is_neither_a_fault_nor_a_flood()
    {
        var gauge = new Gauge();
        gauge.Run(300, i => Tide(i) + (i == 120 ? 3000 : 0));
        Assert.Empty(gauge.Said);
    }

    [Fact]
    public void A_stuck_gauge_is_told_and_ends_with_the_first_value_that_moves()
    {
        var gauge = new Gauge();
        gauge.Run(200, i => i < 100 ? Tide(i) : Tide(99));
        Assert.Equal(["I"], gauge.Levels("cam-bien-ket"));
        Assert.Equal(Gauge.At(99 + 18), gauge.Said.Single().Evidence.MeasuredAt);
        gauge.Run(1, i => Tide(99) + 40);
        Assert.Equal(["I", "None"], gauge.Levels("cam-bien-ket"));
        Assert.Equal(["cam-bien-ket"], gauge.Faults);
    }

    [Fact]
    public void A_gauge_stuck_or_saturated_while_high_keeps_its_flood_alarm_and_adds_the_fault()
    {
        var stuck = new Gauge();
        stuck.Run(300, i => Math.Min(1200 + 15 * i, 2350));
        Assert.Equal(["I", "II"], stuck.Levels("bao-dong"));
        Assert.Equal(["I"], stuck.Levels("cam-bien-ket"));
        Assert.Equal(AlarmLevel.II, stuck.Judge.Now()[1].Level);

        var saturated = new Gauge();
        saturated.Run(200, i => Math.Min(1200 + 300 * i, 15_000));
        Assert.Equal(["I", "II", "III"], saturated.Levels("bao-dong"));
        Assert.Equal(["I"], saturated.Levels("cam-bien-tran"));
        Assert.Equal(AlarmLevel.III, saturated.Judge.Now()[1].Level);
    }

    [Fact]
    public void A_gauge_at_its_ceiling_is_saturated_and_beyond_it_too()
    {
        var gauge = new Gauge();
        gauge.Run(120, i => i < 100 ? Tide(i) : i < 105 ? 15_000 : 15_200);
        Assert.Equal(["I"], gauge.Levels("cam-bien-tran"));
        Assert.Equal(Gauge.At(101), gauge.Said.Single(alarm => alarm.Key.Rule == "cam-bien-tran").Evidence.MeasuredAt);
        gauge.Run(1, Tide);
        Assert.Equal(["I", "None"], gauge.Levels("cam-bien-tran"));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public void A_jump_of_the_datum_by_30_centimetres_is_told_and_ends_when_it_is_put_right(int jump)
    {
        var gauge = new Gauge();
        gauge.Run(200, i => Tide(i) + (i < 100 ? 0 : jump));
        Assert.Equal(["I"], gauge.Levels("lech-cao-do"));
        Assert.Equal(Gauge.At(103), gauge.Said.Single().Evidence.MeasuredAt);
        gauge.Run(200, Tide);
        Assert.Equal(["I", "None"], gauge.Levels("lech-cao-do"));
        Assert.Equal(["lech-cao-do"], gauge.Said.Select(alarm => alarm.Key.Rule).Distinct());
    }

    [Fact]
    public void A_river_that_rises_fast_is_no_jump()
    {
        var gauge = new Gauge();
        // 2.4 m an hour: faster than was ever seen here.
        gauge.Run(60, i => i < 30 ? Tide(i) : Math.Min(Tide(29) + 400 * (i - 29), 4000) + i % 2);
        Assert.DoesNotContain("lech-cao-do", gauge.Faults);
        Assert.Equal(["I", "II", "III"], gauge.Levels("bao-dong"));
    }

    [Fact]
    public void A_clock_two_hours_wrong_is_told_and_the_river_is_judged_by_it_all_the_same()
    {
        var gauge = new Gauge();
        gauge.Run(150, i => i < 60 ? Tide(i) : Math.Min(Tide(60) + 30 * (i - 60), 2300) + i % 2, late: Duration.FromHours(2));
        Assert.Equal(["I"], gauge.Levels("lech-gio"));
        Assert.Equal(Gauge.At(6), gauge.Said.First(alarm => alarm.Key.Rule == "lech-gio").Evidence.MeasuredAt);
        Assert.Equal(["I", "II"], gauge.Levels("bao-dong"));
        gauge.Run(12, i => 2300 + i % 2);
        Assert.Equal(["I", "None"], gauge.Levels("lech-gio"));
        Assert.Equal(["lech-gio"], gauge.Faults);
    }

    [Fact]
    public void A_backlog_of_hours_is_no_wrong_clock()
    {
        var gauge = new Gauge();
        gauge.Run(40, Tide);
        gauge.Together(40, Tide);
        gauge.Run(40, Tide);
        Assert.Empty(gauge.Said);
    }

    [Fact]
    public void After_a_restart_a_fault_stands_and_ends_as_if_there_had_been_none()
    {
        foreach (var (what, rule) in ((Func<int, double>, string)[])
        [
            (i => i is > 100 and < 250 ? Tide(100) : Tide(i), "cam-bien-ket"), (i => Tide(i) + (i is 120 or 130 or 141 ? 3000 : 0), "cam-bien-nhieu"),
            (i => i is > 100 and < 200 ? 15_000 : Tide(i), "cam-bien-tran"), (i => Tide(i) + (i is > 100 and < 260 ? 300 : 0), "lech-cao-do"),
        ])
            for (var every = 7; every < 60; every += 9)
            {
                var (one, many) = (new Gauge(), new Gauge());
                one.Run(360, what);
                for (var i = 0; i < 360; i++)
                {
                    many.Run(1, what);
                    if (i % every == every - 1)
                        many.Restart();
                }
                Assert.Equal(["I", "None"], one.Levels(rule));
                var (said, saidByMany) = (one.Story(rule), many.Story(rule));
                Assert.True(said.SequenceEqual(saidByMany), $"{rule}, restarted every {every}: {string.Join(", ", said)}; {string.Join(", ", saidByMany)}");
            }
    }

    // A tide of 80 cm about 0.50 m, with the small waves of a real gauge: a reading every ten minutes, in whole millimetres.
    static double Tide(int i) => Math.Round(500 + 400 * Math.Sin(i / 74.5 * 2 * Math.PI)) + i * 7919 % 5;

    sealed class Gauge
    {
        readonly List<Reading> _stored = [];
        QualityControl _quality = QualityControl.Create(Site, All);
        int _next;

        public Judge Judge { get; private set; } = Judge.Create(Site, All);

        public List<Alarm> Said { get; } = [];

        public IEnumerable<string> Faults => Said.Where(alarm => alarm.Cause == Cause.Fault).Select(alarm => alarm.Key.Rule).Distinct();

        public static Instant At(int i) => Gauges.Start + Duration.FromMinutes(10 * i);

        public IEnumerable<string> Levels(string rule) => Said.Where(alarm => alarm.Key.Rule == rule).Select(alarm => $"{alarm.Level}");

        public IEnumerable<string> Story(string rule) => Said.Where(alarm => alarm.Key.Rule == rule).Select(alarm => $"{alarm.Level} {(alarm.Since - Gauges.Start).TotalMinutes / 10}");

        public void Run(int readings, Func<int, double> stage, Duration late = default)
        {
            for (var i = 0; i < readings; i++)
                Take([Reading(stage, late)]);
        }

        /// <summary>So many readings that come in at once, when the last of them is measured.</summary>
        public void Together(int readings, Func<int, double> stage)
        {
            var came = At(_next + readings);
            for (var i = 0; i < readings; i++)
                Take([Reading(stage, Duration.Zero) with { ReceivedAt = came + Duration.FromMilliseconds(i) }]);
        }

        /// <summary>A new life out of what is stored and was told.</summary>
        public void Restart()
        {
            _quality = QualityControl.Create(Site, All);
            Judge = Judge.Create(Site, All);
            Judge.Remember([.. Said.GroupBy(alarm => alarm.Key).Select(one => one.Last())]);
            var from = _stored[^1].MeasuredAt - Duration.Max(Judge.Lookback, _quality.Lookback);
            Reading[] replayed = [.. _stored.Where(one => one.MeasuredAt >= from)];
            _quality.Recall(replayed);
            Judge.Take(replayed, Said);
        }

        Reading Reading(Func<int, double> stage, Duration late)
        {
            var at = At(_next);
            var value = stage(_next++);
            return new Reading(new SeriesId(1), at, at + late + Duration.FromSeconds(3), value, value > 15_000 ? Flag.Fail : Flag.Good);
        }

        void Take(Reading[] one)
        {
            var corrections = new List<FlagCorrection>();
            _quality.Judge(one, corrections);
            foreach (var (_, at, flag, tests) in corrections)
                _stored[_stored.FindIndex(stored => stored.MeasuredAt == at)] = _stored.Find(stored => stored.MeasuredAt == at) with { Flag = flag, Tests = tests };
            _stored.AddRange(one);
            Judge.Take(one, Said);
        }
    }
}

using CanhLu.Rules.Quality;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Rules.Quality;

public sealed class StreamingTests
{
    const int Series = 300;

    static readonly Duration Step = Duration.FromMinutes(10);

    static readonly QualityTests Everything = new()
    {
        Gap = Duration.FromMinutes(30),
        UserSpan = new ValueSpan(200, 2800),
        Months = [.. Enumerable.Repeat<ValueSpan?>(new ValueSpan(300, 2500), 12)],
        Spike = new SpikeTest(100, 200, SpikeMethod.Average),
        Rate = new RateTest(500 / 3600.0, 2000 / 3600.0),
        FlatLine = new FlatLineTest(Step * 3, Step * 6, 2),
        Attenuation = new AttenuationTest(Step * 15, Step * 10, 6, 3, AttenuationMeasure.Range),
        Neighbour = new NeighbourTest(50, Step * 2),
    };

    [Fact]
    public void A_stream_is_flagged_as_the_batch_reference_flags_the_whole_series()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var values = Values(seed, 400);
            var judged = Streamed.Control(Everything, Step).Through(Readings(values));
            Assert.Equal(Batch.Spike(values, 100, 200, differential: false), judged.Flags(QualityTest.Spike));
            Assert.Equal(Batch.Rate(values, 600, 500 / 3600.0, 2000 / 3600.0), judged.Flags(QualityTest.RateOfChange));
            Assert.Equal(Batch.FlatLine(values, 3, 6, 2), judged.Flags(QualityTest.FlatLine));
            Assert.Equal(Batch.AttenuatedRange(values, 15, 10, 6, 3), judged.Flags(QualityTest.AttenuatedSignal));
            var differential = Streamed.Control(Everything with { Spike = new SpikeTest(100, 200, SpikeMethod.Differential) }, Step).Through(Readings(values));
            Assert.Equal(Batch.Spike(values, 100, 200, differential: true), differential.Flags(QualityTest.Spike));
        }
    }

    [Fact]
    public void However_a_stream_is_cut_into_calls_the_flags_are_the_same()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var readings = Readings(Values(seed, 300));
            var whole = Streamed.Control(Everything, Step).Through(readings, atOnce: readings.Length);
            foreach (var atOnce in (int[])[1, 2, 7, 50])
                Assert.Equal(whole, Streamed.Control(Everything, Step).Through(readings, atOnce));
        }
    }

    [Fact]
    public void A_decided_flag_is_never_rewritten_except_by_the_spike_test_on_the_reading_before()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var readings = Readings(Values(seed, 300));
            var control = Streamed.Control(Everything, Step);
            var corrections = new List<FlagCorrection>();
            for (var i = 0; i < readings.Length; i++)
            {
                control.Judge(readings.AsSpan(i, 1), corrections);
                foreach (var one in corrections)
                {
                    var before = readings[i - 1];
                    Assert.Equal((before.Series, before.MeasuredAt), (one.Series, one.MeasuredAt));
                    Assert.Equal(Flag.NotEvaluated, before.Tests[QualityTest.Spike]);
                    Assert.Equal(before.Tests.With(QualityTest.Spike, one.Tests[QualityTest.Spike]!.Value), one.Tests);
                    Assert.True(one.Tests[QualityTest.Spike] is Flag.Suspect or Flag.Fail);
                }
                corrections.Clear();
            }
        }
    }

    [Fact]
    public void The_newest_reading_waits_for_the_next_one_and_a_pass_needs_no_correction()
    {
        var control = Streamed.Control(new QualityTests { Spike = new SpikeTest(100, 200, SpikeMethod.Average) }, Step);
        var readings = Streamed.Readings([1000, 1001, 1002, 4002, 1003], Step);
        var corrections = new List<FlagCorrection>();
        var spikes = new List<(int, int?)>();
        for (var i = 0; i < readings.Length; i++)
        {
            control.Judge(readings.AsSpan(i, 1), corrections);
            spikes.Add(((int)readings[i].Tests[QualityTest.Spike]!.Value, (int?)readings[i].Tests.SpikeBefore));
        }
        // The value before a spike stands beside it, and is one by the average as well.
        Assert.Equal([(2, null), (2, 2), (2, 1), (2, 4), (2, 4)], spikes);
        Assert.Equal([(readings[2].MeasuredAt, Flag.Fail), (readings[3].MeasuredAt, Flag.Fail)], corrections.Select(one => (one.MeasuredAt, one.Flag)));
    }

    [Fact]
    public void A_late_reading_is_compared_with_nothing_and_changes_nothing_of_what_follows()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var random = new Random(seed);
            var readings = Readings(Values(seed, 200));
            var undisturbed = Streamed.Control(Everything, Step).Through(readings);
            var control = Streamed.Control(Everything, Step);
            var corrections = new List<FlagCorrection>();
            var judged = new List<Reading>();
            foreach (var reading in readings)
            {
                Reading[] one = [reading];
                control.Judge(one, corrections);
                judged.Add(one[0]);
                Reading[] late = [Streamed.Reading(reading.MeasuredAt - Duration.FromMinutes(random.Next(0, 500)), random.Next(0, 3000))];
                control.Judge(late, corrections);
                foreach (var test in (QualityTest[])[QualityTest.Gap, QualityTest.Spike, QualityTest.RateOfChange, QualityTest.FlatLine, QualityTest.AttenuatedSignal, QualityTest.Neighbour])
                    Assert.Equal(Flag.NotEvaluated, late[0].Tests[test]);
                Assert.NotEqual(Flag.NotEvaluated, late[0].Tests[QualityTest.GrossRange]);
            }
            Assert.Equal(undisturbed.Select(one => one.Tests.With(QualityTest.Spike, Flag.NotEvaluated)),
                judged.Select(one => one.Tests.With(QualityTest.Spike, Flag.NotEvaluated)));
        }
    }

    [Fact]
    public void After_a_restart_the_flags_go_on_as_if_there_had_been_none()
    {
        for (var seed = 0; seed < Series; seed++)
        {
            var random = new Random(seed);
            var readings = Readings([.. Values(seed, 400).Where(value => !double.IsNaN(value))]);
            var control = Streamed.Control(Everything, Step);
            var corrections = new List<FlagCorrection>();
            var (one, many) = (readings.ToArray(), readings.ToArray());
            var life = Streamed.Control(Everything, Step);
            for (var i = 0; i < readings.Length; i++)
            {
                control.Judge(one.AsSpan(i, 1), corrections);
                if (random.Next(25) == 0)
                {
                    life = Streamed.Control(Everything, Step);
                    var from = i == 0 ? default : many[i - 1].MeasuredAt - life.Lookback;
                    life.Recall(many.AsSpan(0, i).ToArray().Where(stored => stored.MeasuredAt >= from).ToArray());
                }
                life.Judge(many.AsSpan(i, 1), corrections);
            }
            Assert.Equal(one, many);
        }
    }

    [Fact]
    public void A_reading_that_ends_a_gap_is_flagged_9_by_that_test_alone()
    {
        var control = Streamed.Control(Everything, Step);
        Reading[] readings = [.. ((double[])[0, 10, 39.5, 70]).Select((minute, i) => Streamed.Reading(Streamed.Start + Duration.FromMinutes(minute), 1000 + 9 * i))];
        var judged = control.Through(readings);
        Assert.Equal([2, 1, 1, 9], judged.Flags(QualityTest.Gap));
        Assert.All(judged, one => Assert.Equal(Flag.Good, one.Flag));
    }

    [Fact]
    public void A_gauge_that_reports_oftener_than_it_should_is_not_stuck_sooner()
    {
        var tests = new QualityTests { FlatLine = new FlatLineTest(Duration.FromHours(3), Duration.FromHours(12), 1) };
        var judged = Streamed.Control(tests, Step).Through(Streamed.Readings(Enumerable.Repeat<double?>(1500, 800), Duration.FromMinutes(1)));
        var flags = judged.Flags(QualityTest.FlatLine);
        Assert.InRange(Array.IndexOf(flags, 3), 175, 185);
        Assert.InRange(Array.IndexOf(flags, 4), 715, 725);
    }

    [Fact]
    public void What_rises_out_of_still_water_is_suspect_at_most()
    {
        var tests = new QualityTests { FlatLine = new FlatLineTest(Step * 3, Step * 6, 5), Attenuation = new AttenuationTest(Step * 15, Duration.Zero, 20, 10, AttenuationMeasure.Range) };
        var judged = Streamed.Control(tests, Step).Through(Streamed.Readings([.. Enumerable.Repeat<double?>(1699, 30), 1700, 1700, 1699], Step));
        Assert.Equal([Flag.Fail, Flag.Suspect, Flag.Fail, Flag.Fail], judged[29..].Select(one => one.Flag));
        Assert.Equal(Flag.Fail, judged[30].Tests[QualityTest.FlatLine]);
    }

    [Fact]
    public void A_gauge_far_from_all_others_of_its_station_is_suspect_and_a_stale_or_failed_one_is_no_neighbour()
    {
        var tests = new QualityTests { Neighbour = new NeighbourTest(50, Duration.FromMinutes(15)), UserSpan = new ValueSpan(0, 3000) };
        var control = new QualityControl(
            [.. Enumerable.Range(1, 3).Select(i => new QualitySubject(new SeriesId(i), tests, new ValueSpan(-2000, 15000), Step, "tam-ky"))], DateTimeZone.Utc);
        Assert.Equal([2, 1, 3, 1, 1, 3, 2], new (double Minute, int Series, double Value)[]
        {
            (0, 1, 1000), (1, 2, 1050), (2, 3, 1200), (10, 1, 1010), (11, 2, 1020), (12, 3, 1071), (60, 1, 1300),
        }.Select(one => Neighbour(one.Minute, one.Series, one.Value)).ToArray());
        Assert.Equal(2, Neighbour(100, 2, 20000));
        Assert.Equal(2, Neighbour(101, 1, 1300));

        int Neighbour(double minute, int series, double value)
        {
            Reading[] one = [Streamed.Reading(Streamed.Start + Duration.FromMinutes(minute), value, new SeriesId(series))];
            control.Judge(one, []);
            return (int)one[0].Tests[QualityTest.Neighbour]!.Value;
        }
    }

    [Fact]
    public void What_the_decoder_failed_stays_failed_and_what_has_no_tests_stays_as_it_came()
    {
        var control = Streamed.Control(Everything, Step);
        Reading[] readings = [Streamed.Reading(Streamed.Start, 1000) with { Flag = Flag.Fail }, Streamed.Reading(Streamed.Start, 1000, new SeriesId(9)), Streamed.Reading(Streamed.Start, 1000, new SeriesId(0))];
        var came = readings.ToArray();
        control.Judge(readings, []);
        Assert.Equal(Flag.Fail, readings[0].Flag);
        Assert.Equal(came[1..], readings[1..]);
    }

    [Fact]
    public void A_million_readings_allocate_nothing()
    {
        var page = new Reading[1000];
        // A thousand gauges for a week: the month, which costs its few objects, changes in one round at most.
        var control = new QualityControl(
            [.. Enumerable.Range(1, page.Length).Select(i => new QualitySubject(new SeriesId(i), Everything, new ValueSpan(-2000, 15000), Step, $"station {i / 2}"))],
            DateTimeZone.Utc);
        var corrections = new List<FlagCorrection>(64);
        var at = Streamed.Start;
        JudgeAMillion();
        // What the runtime itself allocates on this thread now and then is not in every round; what a reading costs is.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => JudgeAMillion()));

        long JudgeAMillion()
        {
            long allocated = 0;
            for (var i = 0; i < 1000; i++)
            {
                at += Step;
                for (var place = 0; place < page.Length; place++)
                    page[place] = Streamed.Reading(at, 1200 + i % 3, new SeriesId(place + 1));
                var before = GC.GetAllocatedBytesForCurrentThread();
                control.Judge(page, corrections);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
            return allocated;
        }
    }

    static Reading[] Readings(double[] values) => Streamed.Readings(values.Select(value => double.IsNaN(value) ? (double?)null : value), Step);

    /// <summary>A river with calm stretches, jumps, and values that are missing.</summary>
    static double[] Values(int seed, int count)
    {
        var random = new Random(seed);
        var values = new double[count];
        var stage = (double)random.Next(500, 2000);
        for (var i = 0; i < count; i++)
        {
            var calm = i / 40 % 2 == 0;
            stage = Math.Clamp(stage + (calm ? random.Next(-1, 2) : random.Next(-120, 130)), 100, 3000);
            values[i] = random.Next(25) == 0 ? double.NaN : random.Next(30) == 0 ? stage + random.Next(-400, 400) : stage;
        }
        return values;
    }
}

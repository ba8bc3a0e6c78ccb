using NodaTime;
using Xunit;

namespace CanhLu.Tests.Rules.Quality;

/// <summary>The reference's own vectors (ioos_qc, tests/test_qartod.py): inputs and the flags expected of them.</summary>
public sealed class QartodVectorTests
{
    static readonly Duration Quarter = Duration.FromMinutes(15);
    static readonly Duration Day = Duration.FromDays(1);

    static readonly double?[] Noisy = [3, 4.99, 5, 6, 8, 6, 6, 6.75, 6, 6, 5.3, 6, 6, 9, 5, null, 4, 4];

    static readonly double?[] Steps = [2, 10, 2.1, 3, 4, 5, 7, 10, 0, 2, 2.2, 2, 1, 2, 3, 90, 91, 92, 93, 1, 2, 3, 4, 5];

    [Fact]
    public void Gross_range_includes_both_ends_of_both_spans()
    {
        var tests = new QualityTests { UserSpan = new ValueSpan(20, 40) };
        Assert.Equal([4, 3, 3, 1, 1, 1, 1, 1, 3, 4],
            Streamed.Flags(tests, QualityTest.GrossRange, Quarter, new ValueSpan(10, 50), 5, 10, 15, 20, 25, 30, 35, 40, 45, 51));
        Assert.Equal([4, 9, 3, 1, 9, 1, 1, 1, 3, 4],
            Streamed.Flags(tests, QualityTest.GrossRange, Quarter, new ValueSpan(10, 50), 5, null, 15, 20, null, 30, 35, 40, 45, 51));
    }

    [Fact]
    public void Spikes_by_the_average()
    {
        Assert.Equal([2, 4, 4, 4, 1, 3, 1, 2], Spikes(25, 50, SpikeMethod.Average, 10, 12, 999.99, 13, 15, 40, 9, 9));
        Assert.Equal([2, 4, 4, 4, 1, 3, 1, 2], Spikes(25, 50, SpikeMethod.Average, -10, -12, -999.99, -13, -15, -40, -9, -9));
        Assert.Equal([2, 1, 1, 2], Spikes(25, 50, SpikeMethod.Average, -100, -99, -99, -98));
        Assert.Equal([2, 4, 4, 4, 1, 3, 1, 2, 9, 2, 4, 4, 2, 9],
            Spikes(25, 50, SpikeMethod.Average, 10, 12, 999.99, 13, 15, 40, 9, 9, null, 10, 10, 999.99, 10, null));
        Assert.Equal([2, 3, 1, 1, 4, 3, 1, 3, 1, 1, 3, 1, 4, 4, 2, 9, 2, 2], Spikes(0.5, 1, SpikeMethod.Average, Noisy));
    }

    [Fact]
    public void Spikes_by_the_difference()
    {
        Assert.Equal([2, 1, 1, 1, 4, 1, 1, 3, 1, 1, 3, 1, 1, 4, 2, 9, 2, 2], Spikes(0.5, 1, SpikeMethod.Differential, Noisy));
        Assert.Equal([2, 1, 1, 1, 4, 1, 1, 3, 1, 1, 3, 1, 1, 4, 1, 1, 1, 2],
            Spikes(0.5, 1, SpikeMethod.Differential, [.. Noisy.Select(value => value ?? 5)]));
    }

    [Fact]
    public void A_spike_threshold_of_0_is_off()
    {
        Assert.Equal([2, 3, 1, 1, 3, 3, 1, 3, 1, 1, 3, 1, 3, 3, 2, 9, 2, 2], Spikes(0.5, 0, SpikeMethod.Average, Noisy));
        Assert.Equal([2, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 4, 4, 2, 9, 2, 2], Spikes(0, 1, SpikeMethod.Average, Noisy));
    }

    [Fact]
    public void A_real_spike_among_real_values()
    {
        double?[] values =
        [
            -0.189, -0.0792, -0.0122, 0.0457, 0.0671, 0.0213, -0.0488, -0.1463, -0.2438, -0.3261, -0.3871, -0.4054, -0.3932, -0.3383, -0.2804, -0.2347,
            -0.2134, -0.2347, -0.2926, -0.3597, -0.442, -0.509, 0, -0.5944, -0.57, -0.4267, -0.2926, -0.1585, -0.0945, -0.0762,
        ];
        Assert.Equal([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 2], Spikes(0.5, 1, SpikeMethod.Average, values));
    }

    [Fact]
    public void Rates_of_change()
    {
        Assert.Equal([1, 3, 3, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 1], Rates(null, Steps));
        // 0 after 10 is as fast as 10.0 / 15 / 60 allows, and by one bit faster than it: 4, as in the reference. The threshold is that very double.
        Assert.Equal([1, 3, 3, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 4, 1, 1, 1, 1], Rates(10.0 / 15 / 60, Steps));
        Assert.Equal([1, 3, 3, 1, 9, 9, 1, 1], Rates(null, 2, 10, 2, 3, null, null, 7, 10));
    }

    [Fact]
    public void Flat_lines()
    {
        Assert.Equal([1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
            FlatLines(3000, 4800, 0.01, Quarter, 1, 2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001));
        Assert.Equal([1, 9, 9, 1, 3, 3, 4, 4, 1, 9, 1, 9, 9, 3],
            FlatLines(3000, 4800, 0.01, Quarter, 1, null, null, 2, 2.0001, 2, 2.0001, 2, 4, null, 3, null, null, 3.00001));
        Assert.Equal([1, 1, 1, 3, 3, 4], FlatLines(3, 5, 0.1, Duration.FromSeconds(1), 5, 5, 5, 5, 5, 5));
        Assert.Equal([1, 1, 1, 3, 3, 1, 1, 1, 3, 3], FlatLines(3, 6, 4, Duration.FromSeconds(1), 1, 1, 1, 1, 1, 6, 5, 4, 3, 2));
        // Too few for the test: all pass.
        Assert.Equal([1, 1], FlatLines(1, 1, 4, Duration.FromSeconds(1), 5, 5));
    }

    [Fact]
    public void Attenuated_signals_by_their_range_in_a_window_of_time()
    {
        double?[] rising = [1, 2, 3, 100, 1000];
        Assert.Equal([4, 4, 4, 3, 1], Attenuated(2 * Day, Duration.Zero, 100, 10, AttenuationMeasure.Range, rising));
        Assert.Equal([2, 4, 4, 3, 1], Attenuated(2 * Day, 2 * Day, 100, 10, AttenuationMeasure.Range, rising));
        Assert.Equal([2, 9, 2, 3, 1], Attenuated(2 * Day, 2 * Day, 100, 50, AttenuationMeasure.Range, 1, null, 10, 100, 1000));
        Assert.Equal([2, 9, 2, 3, 1], Attenuated(2 * Day, 2 * Day, 150, 40, AttenuationMeasure.Deviation, 1, null, 10, 100, 1000));
    }

    /// <summary>The reference flags a whole series by all of it; a stream knows all of it at its last reading, which has the reference's flag.</summary>
    [Theory]
    [InlineData(1, 0.75, 0.5, AttenuationMeasure.Deviation, 1.0, 2.0, 3.0, 4.0)]
    [InlineData(3, 5, 0, AttenuationMeasure.Deviation, 1.0, 2.0, 3.0, 4.0)]
    [InlineData(4, 10, 8, AttenuationMeasure.Deviation, 1.0, 1.0, 1.0, 1.0)]
    [InlineData(4, 100_000, 1000, AttenuationMeasure.Deviation, 10.0, 20.0, 30.0, 40.0)]
    [InlineData(4, 50, 31, AttenuationMeasure.Range, 10.0, 20.0, 30.0, 40.0)]
    [InlineData(3, 31, 10, AttenuationMeasure.Range, 10.0, 20.0, 30.0, 40.0)]
    [InlineData(1, 0.15, 0.1, AttenuationMeasure.Range, 3.0, 4.0, 5.0, 8.1, 9.0, 8.5, 8.7, 8.4, 8.2, 8.35, 2.0, 1.0)]
    [InlineData(1, 0.75, 0.5, AttenuationMeasure.Deviation, double.NaN, 2.0, 3.0, 4.0)]
    [InlineData(9, 0.75, 0.5, AttenuationMeasure.Deviation, double.NaN, double.NaN, double.NaN, double.NaN)]
    [InlineData(4, 50, 31, AttenuationMeasure.Range, 10.0, double.NaN, double.NaN, 40.0)]
    public void Attenuated_signals_of_a_whole_series(int expected, double suspect, double fail, AttenuationMeasure measure, params double[] values) =>
        Assert.Equal(expected, Attenuated(30 * Day, Duration.Zero, suspect, fail, measure, [.. values.Select(value => double.IsNaN(value) ? (double?)null : value)])[^1]);

    /// <summary>The reference's span of some dates is our span of some months; both ends of it belong to it, and outside of it nothing is evaluated.</summary>
    [Fact]
    public void Climatology_includes_both_ends_and_knows_nothing_of_other_months()
    {
        var months = new ValueSpan?[12];
        months[0] = months[1] = new ValueSpan(50, 60);
        var tests = new QualityTests { Months = [.. months] };
        Assert.Equal([3, 1, 1, 3, 9], Streamed.Flags(tests, QualityTest.Climatology, Day, null, 49, 50, 60, 61, null));
        var control = Streamed.Control(tests, Day);
        Reading[] around = [Streamed.Reading(Instant.FromUtc(2018, 12, 31, 23, 59), 55), Streamed.Reading(Instant.FromUtc(2019, 2, 28, 23, 59), 55),
            Streamed.Reading(Instant.FromUtc(2019, 3, 1, 0, 0), 55)];
        Assert.Equal([2, 1, 2], control.Through(around).Flags(QualityTest.Climatology));
    }

    [Fact]
    public void The_aggregate_takes_the_gravest_by_9_2_1_3_4()
    {
        int[][] tests = [[1, 1, 1, 9, 1, 1, 9, 9], [2, 1, 1, 1, 1, 1, 9, 9], [1, 3, 3, 4, 3, 1, 2, 9]];
        Assert.Equal([1, 3, 3, 4, 3, 1, 2, 9],
            Enumerable.Range(0, 8).Select(i => tests.Select(test => (Flag)test[i]).Aggregate(TestFlags.Graver)).Select(flag => (int)flag));
    }

    static int[] Spikes(double suspect, double fail, SpikeMethod method, params double?[] values) =>
        Streamed.Flags(new QualityTests { Spike = new SpikeTest(suspect, fail, method) }, QualityTest.Spike, Quarter, null, values);

    static int[] Rates(double? fail, params double?[] values) =>
        Streamed.Flags(new QualityTests { Rate = new RateTest(5.0 / 15 / 60, fail) }, QualityTest.RateOfChange, Quarter, null, values);

    static int[] FlatLines(int suspect, int fail, double tolerance, Duration step, params double?[] values) =>
        Streamed.Flags(new QualityTests { FlatLine = new FlatLineTest(Duration.FromSeconds(suspect), Duration.FromSeconds(fail), tolerance) },
            QualityTest.FlatLine, step, null, values);

    static int[] Attenuated(Duration period, Duration least, double suspect, double fail, AttenuationMeasure measure, params double?[] values) =>
        Streamed.Flags(new QualityTests { Attenuation = new AttenuationTest(period, least, suspect, fail, measure) },
            QualityTest.AttenuatedSignal, Day, null, values);
}

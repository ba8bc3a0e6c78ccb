using CanhLu.Rules;
using CanhLu.Rules.Forecasting;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

public sealed class TheilSenTests
{
    [Fact]
    public void The_slope_is_the_median_of_the_slopes_of_all_pairs()
    {
        Assert.Equal(2, TheilSen.Slope([0, 1, 2], [0, 2, 4]), 12);
        Assert.Equal(-0.5, TheilSen.Slope([0, 2], [3, 2]), 12);
        // Six pairs: 1, 1, 1, 33, 49, 97.
        Assert.Equal(17, TheilSen.Slope([0, 1, 2, 3], [0, 1, 2, 99]), 12);
    }

    [Fact]
    public void The_slope_and_its_band_are_those_of_a_plain_computation()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var n = random.Next(3, TheilSen.MostPoints + 1);
            double[] x = [.. Enumerable.Range(0, n).Select(i => i + random.NextDouble() / 2)];
            double[] y = [.. x.Select(_ => (double)random.Next(-50, 50))];
            var slopes = (from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, i) select (y[i] - y[j]) / (x[i] - x[j])).Order().ToArray();
            var median = (slopes[(slopes.Length - 1) / 2] + slopes[slopes.Length / 2]) / 2;
            Assert.Equal(median, TheilSen.Slope(x, y), 9);
            var band = TheilSen.Band(x, y, 1.96);
            Assert.Equal(median, band.Slope, 9);
            Assert.InRange(band.Slope, band.Low, band.High);
            Assert.Contains(band.Low, slopes);
            Assert.Contains(band.High, slopes);
        }
    }

    [Fact]
    public void The_band_goes_from_rank_to_rank_as_Sen_has_it()
    {
        double[] x = [10, 14, 20, 25, 28, 29, 37, 39, 40, 41, 44, 50, 51, 52, 67];
        double[] y = [1, 6, 13, 24, 8, 12, 22, 9, 10, 16, 18, 35, 19, 4, 21];
        var band = TheilSen.Band(x, y, 1.959964);
        // 15 points: the standard deviation of S is 20.2, so the band goes from the 33rd of 105 slopes to the 73rd.
        var slopes = (from i in Enumerable.Range(0, 15) from j in Enumerable.Range(0, i) select (y[i] - y[j]) / (x[i] - x[j])).Order().ToArray();
        Assert.Equal((slopes[32], slopes[72]), (band.Low, band.High));
    }

    [Fact]
    public void A_quarter_of_wild_points_hardly_moves_it_where_least_squares_runs_away()
    {
        double[] x = [.. Enumerable.Range(0, 12).Select(i => i / 6.0)];
        double[] y = [.. x.Select(hour => 80 * hour)];
        y[9] += 3000;
        y[10] += 3000;
        y[11] += 3000;
        Assert.InRange(TheilSen.Slope(x, y), 80, 400);
        y[9] -= 3000;
        y[10] -= 3000;
        y[11] -= 3000;
        y[6] += 3000;
        Assert.Equal(80, TheilSen.Slope(x, y), 6);
    }

    [Fact]
    public void What_is_surely_below_is_below()
    {
        var random = new Random(5);
        var told = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var n = random.Next(2, TheilSen.MostPoints + 1);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() * 2).Distinct().Order()];
            double[] y = [.. x.Select(hour => random.Next(-10, 11) + random.Next(0, 60) * hour)];
            var rate = random.Next(1, 200);
            if (!TheilSen.IsSurelyBelow(x, y, rate))
                continue;
            told++;
            Assert.True(TheilSen.Slope(x, y) < rate);
        }
        Assert.True(told > 1000, "The shortcut says too little to be of use.");
    }

    [Fact]
    public void The_shortcut_of_the_ring_never_hides_an_alarm()
    {
        var random = new Random(11);
        var told = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var window = new RateWindow(NodaTime.Duration.FromHours(1), random.Next(2, 8), NodaTime.Duration.FromMinutes(random.Next(1, 40)));
            var ring = new RecentStages(1);
            var spacing = RecentStages.Spacing(window.Length);
            double minute = 0;
            var slope = random.Next(0, 12);
            for (var i = 0; i < 80; i++)
            {
                minute += random.Next(1, 200) / 20.0;
                ring.Take(0, spacing, Ticks.Of(At(minute)), (int)(slope * minute) + random.Next(0, 30));
                var raise = new RateOfRise(random.Next(1, 900));
                Unsettled[] open = [.. Enumerable.Range(1, random.Next(3)).Select(next => new Unsettled
                {
                    MeasuredAt = Ticks.Of(At(minute + next)),
                    Counted = (int)(slope * (minute + next)) + random.Next(0, 30),
                })];
                if (!ring.IsSurelyBelow(0, window, spacing, open, 0, raise))
                    continue;
                told++;
                Assert.False(ring.Rate(0, window, spacing, open, 0) >= raise);
            }
        }
        Assert.True(told > 1000, "The shortcut says too little to be of use.");
    }
}

using CanhLu.Backtest;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Backtest;

public sealed class CurveTests
{
    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(1, 200_000)]
    [InlineData(7, 300_000)]
    [InlineData(61, 40_000)]
    public void A_curve_keeps_the_least_and_the_greatest_of_any_stretch_however_long_the_record(int seconds, int count)
    {
        var random = new Random(seconds);
        var curve = new Curve();
        var stages = new int[count];
        var step = Duration.FromSeconds(60 * seconds);
        for (var i = 0; i < count; i++)
            curve.Take((Start + step * i).ToUnixTimeTicks(), stages[i] = random.Next(500, 3000));
        var (from, to) = (Start, Start + step * count);
        var all = curve.Between(from, to, 500);
        Assert.InRange(all.Count, 1, 500);
        Assert.Equal((stages.Min(), stages.Max()), (all.Min(point => point.Min), all.Max(point => point.Max)));
        Assert.Equal(all.OrderBy(point => point.At), all);
        // A stretch in the middle holds what lies in it, with at most a stretch more on either side.
        var (first, last) = (count / 3, count / 2);
        var middle = curve.Between(Start + step * first, Start + step * last, 500);
        Assert.True(middle.Max(point => point.Max) >= stages[first..last].Max());
        Assert.True(middle.Min(point => point.Min) <= stages[first..last].Min());
    }
}

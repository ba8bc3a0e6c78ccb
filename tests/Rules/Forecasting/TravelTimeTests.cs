using CanhLu.Rules.Forecasting;
using Xunit;

namespace CanhLu.Tests.Rules.Forecasting;

public sealed class TravelTimeTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(2.5, 0.8)]
    [InlineData(3, 0.7)]
    [InlineData(7.25, 1.3)]
    [InlineData(18, 0.5)]
    public void The_lag_of_a_simulated_pair_is_found_to_a_quarter_of_an_hour(double hours, double gain)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (upper, lower) = Pair(seed, hours, gain, noise: 5);
            var learnt = Assert.NotNull(TravelTime.Learn(upper, lower));
            Assert.InRange(learnt.Lag.TotalHours, hours - 0.25, hours + 0.25);
            Assert.InRange(learnt.Gain, 0.8 * gain, 1.1 * gain);
            Assert.InRange(learnt.Correlation, 0.8, 1);
        }
    }

    [Fact]
    public void Gaps_do_not_mislead()
    {
        var (upper, lower) = Pair(3, 4, 0.9, noise: 5);
        var random = new Random(9);
        for (var i = 0; i < upper.Length; i++)
        {
            upper[i] = random.Next(8) == 0 ? double.NaN : upper[i];
            lower[i] = random.Next(8) == 0 ? double.NaN : lower[i];
        }
        Assert.InRange(TravelTime.Learn(upper, lower)!.Value.Lag.TotalHours, 3.75, 4.25);
    }

    [Fact]
    public void Two_rivers_of_their_own_have_no_travel_time()
    {
        for (var seed = 1; seed <= 20; seed++)
            Assert.Null(TravelTime.Learn(Pair(seed, 3, 1, noise: 5).Upper, Pair(seed + 100, 3, 1, noise: 5).Lower));
    }

    [Fact]
    public void Calm_and_short_records_tell_nothing()
    {
        var calm = Enumerable.Repeat(500.0, 200).ToArray();
        Assert.Null(TravelTime.Learn(calm, calm));
        var (upper, lower) = Pair(1, 2, 1, noise: 0);
        Assert.Null(TravelTime.Learn(upper.AsSpan(0, 40), lower.AsSpan(0, 40)));
    }

    // Thirty days of a river with floods by chance, seen above and, later and otherwise high, below.
    static (double[] Upper, double[] Lower) Pair(int seed, double lag, double gain, double noise)
    {
        var random = new Random(seed);
        var floods = Enumerable.Range(0, 5).Select(_ => (At: 48 + 620 * random.NextDouble(), Height: 300 + 1500 * random.NextDouble(), Rise: 6 + 12 * random.NextDouble())).ToArray();
        double Water(double hour) => floods.Sum(flood => flood.Height * Math.Exp(-Math.Pow((hour - flood.At) / (hour < flood.At ? flood.Rise : 3 * flood.Rise), 2)));
        double Noise() => noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        return (
            [.. Enumerable.Range(0, 720).Select(hour => 900 + Water(hour) + Noise())],
            [.. Enumerable.Range(0, 720).Select(hour => 400 + gain * Water(hour - lag) + Noise())]);
    }
}

using CanhLu.Archive;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class PortionTests
{
    const long Hour = 3600L * 1_000_000;

    [Fact]
    public void However_readings_are_spread_portions_hold_all_of_them_once_in_order_and_none_holds_too_many()
    {
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var (most, at, hours) = (random.NextInt64(1, 2_000), -random.NextInt64(100_000) * Hour, new List<(long Begins, long Readings)>());
            for (var hour = random.Next(40); hour > 0; hour--)
                hours.Add((at += (random.Next(4) == 0 ? random.NextInt64(1, 300_000) : 1) * Hour, random.NextInt64(1, random.Next(2) == 0 ? 20 : 10_000)));
            var portions = Portion.Of(hours, most);
            var (ends, through, before) = (long.MinValue, 0L, -most);
            foreach (var portion in portions)
            {
                Assert.True(portion.From >= ends && portion.To > portion.From);
                Assert.InRange(portion.Through - through, 1, most);
                Assert.True(portion.Through - before > most, "It could have been one with the one before.");
                (ends, before, through) = (portion.To, through, portion.Through);
            }
            Assert.Equal(hours.Sum(hour => hour.Readings), through);
            Assert.All(hours, hour =>
            {
                var inside = portions.Where(portion => portion.From < hour.Begins + Hour && portion.To > hour.Begins).ToList();
                Assert.True(inside[0].From <= hour.Begins && inside[^1].To >= hour.Begins + Hour);
                Assert.All(inside.Zip(inside.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            });
        }
    }

    [Fact]
    public void A_reading_of_a_wrong_clock_makes_no_portion_of_its_own()
    {
        var portions = Portion.Of([(0, 1), (500_000 * Hour, 99)], 100);
        Assert.Equal([new Portion(0, 500_001 * Hour, 100)], portions);
    }
}

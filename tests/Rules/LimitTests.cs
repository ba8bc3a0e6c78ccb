using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class LimitTests
{
    static Rule.Limit Limit(
        LimitSide side, double raise, double clear, int raiseHold = 0, int clearHold = 0, WhileAlarm? whileAlarm = null, string quantity = "people") =>
        new("nguong", "Ngưỡng", Policy.Desk, DeviceKind.Camera, [], quantity, side, raise, clear, Duration.FromMinutes(raiseHold),
            Duration.FromMinutes(clearHold), whileAlarm);

    static Judge Camera(Rule.Limit limit) => Judge.Create(
        Site([Station("tam-ky", TamKy())], [Gauge("g1", "tam-ky"), Gauges.Camera("c1")], BaoDong, limit),
        [Series(1, "g1", "stage"), Series(2, "c1", "people"), Series(3, "g1", "people"), Series(4, "c1", "fps")]);

    [Theory]
    [InlineData(LimitSide.Above, 5, 3, new double[] { 4, 5, 3, 2 })]
    [InlineData(LimitSide.Below, 3.4, 3.5, new double[] { 3.45, 3.4, 3.5, 3.6 })]
    public void A_limit_is_inclusive_and_ends_beyond_clear(LimitSide side, double raise, double clear, double[] values)
    {
        var judge = Camera(Limit(side, raise, clear));
        AlarmLevel?[] expected = [null, I, null, None];
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], judge.Take(Read(i, values[i], series: 2)).SingleOrDefault()?.Level);
    }

    [Fact]
    public void A_limit_speaks_of_its_device_and_of_no_other_kind_or_quantity()
    {
        var judge = Camera(Limit(LimitSide.Above, 5, 5));
        Assert.Empty(judge.Take(Read(0, 9, series: 3), Read(0, 9, series: 4), Read(0, 9, series: 77)));
        Assert.Equal(new AlarmKey("c1", "nguong"), Assert.Single(judge.Take(Read(0, 9, series: 2))).Key);
    }

    [Fact]
    public void Limits_have_holds_like_the_ladder()
    {
        var judge = Camera(Limit(LimitSide.Below, 0, 0, raiseHold: 10, clearHold: 5));
        Assert.Empty(judge.Take(Read(0, 0, 2), Read(5, 1, 2), Read(6, 0, 2), Read(15.9, 0, 2)));
        Assert.Equal(I, Assert.Single(judge.Take(Read(16, 0, 2))).Level);
        Assert.Empty(judge.Take(Read(17, 1, 2), Read(18, 0, 2), Read(19, 1, 2), Read(23.9, 1, 2)));
        Assert.Equal(None, Assert.Single(judge.Take(Read(24, 1, 2))).Level);
    }

    [Fact]
    public void A_limit_that_depends_on_another_alarm_follows_it_with_its_last_value()
    {
        var judge = Camera(Limit(LimitSide.Above, 5, 3, whileAlarm: new WhileAlarm("tam-ky", "bao-dong", II)));
        Assert.Empty(judge.Take(Read(0, 6, series: 2)));
        Assert.Equal([I], judge.Take(Read(1, 1800)).Select(alarm => alarm.Level));
        var both = judge.Take(Read(11, 2250));
        Assert.Equal(["tam-ky", "c1"], both.Select(alarm => alarm.Key.Subject));
        Assert.Equal((I, At(11), Read(0, 6, 2)), (both[1].Level, both[1].Since, both[1].Evidence));
        Assert.Equal([I, None], judge.Take(Read(21, 2000)).Select(alarm => alarm.Level));
        Assert.Equal(["tam-ky"], judge.Take(Read(22, 2, series: 2), Read(31, 2250)).Select(alarm => alarm.Key.Subject));
    }

    [Fact]
    public void A_limit_that_depends_on_an_alarm_that_nobody_gives_is_refused() => Assert.Throws<ArgumentException>(
        () => Camera(Limit(LimitSide.Above, 5, 3, whileAlarm: new WhileAlarm("tam-ky", "nobody", II))));
}

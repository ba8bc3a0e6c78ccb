using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

/// <summary>A lower station five hours below an upper one, through two floods of which the first teaches.</summary>
public sealed class UpstreamTests
{
    const int Travel = 5;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rise_above_is_expected_below_before_it_has_come(bool learned)
    {
        var alone = FirstWarning(null);
        var told = FirstWarning(new Upstream("upper", learned ? null : Duration.FromHours(Travel)));
        // The water reaches level I at 21 h 40 of the last day.
        var reached = At(16 * 1440 + 60 * 21.7);
        Assert.InRange(reached - alone.Since, Duration.FromMinutes(30), Duration.FromHours(3.5));
        Assert.True(told.Since < alone.Since, $"{told.Since} {alone.Since}");
        Assert.InRange((told.Middle - reached).TotalHours, -1, 1);
        Assert.True(Duration.Max(told.Middle - reached, reached - told.Middle) <= Duration.Max(alone.Middle - reached, reached - alone.Middle) + Duration.FromMinutes(20));
    }

    static (Instant Since, Instant Middle) FirstWarning(Upstream? above)
    {
        var rule = new Rule.Forecast("sap", "", Policy.Ask, ["lower"], I, Duration.FromHours(3), Duration.FromHours(12), Duration.FromHours(1));
        var judge = Judge.Create(
            Site([Station("upper"), Station("lower", TamKy()) with { Upstream = above }], [Gauge("g1", "upper"), Gauge("g2", "lower")], rule, BaoDong),
            [Series(1, "g1", "stage"), Series(2, "g2", "stage")]);
        for (var minute = 0; minute < 17 * 1440; minute += 10)
            foreach (var alarm in judge.Take(Read(minute, 1000 + Water(minute / 60.0)), Read(minute, 800 + 0.8 * Water(minute / 60.0 - Travel), series: 2)))
                if (alarm is { Cause: Cause.Forecast, Level: I } && minute > 15 * 1440)
                    return (alarm.Since, judge.Now()[1].Forecast!.Value.Middle);
        throw new InvalidOperationException("Nothing was expected.");
    }

    // A flood on the third day that stays below level I there, and one on the sixteenth that does not.
    static double Water(double hour) => Flood(hour - 60, 800) + Flood(hour - 16 * 24 - 8, 2000);

    static double Flood(double since, double height) =>
        since <= 0 ? 0 : since < 16 ? height * (1 - Math.Cos(Math.PI * since / 16)) / 2 : height * Math.Exp(-(since - 16) / 20);
}

using System.Collections.Immutable;
using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

/// <summary>A tide of 1.2 m below báo động I, and what the rate of rise says of it.</summary>
public sealed class TidalRateTests
{
    // The rule of sites/tam-ky, but with a raise that the tide's own rate reaches.
    static Rule.RateOfRiseRule Rule(int? gate, bool withoutTide) => new(
        "len-nhanh", "", Policy.Ask, [], Duration.FromHours(1), 4, Duration.FromMinutes(30), new RateOfRise(200), new RateOfRise(100),
        gate is { } mm ? new Stage(mm) : null)
    {
        WithoutTide = withoutTide,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_its_gate_a_tide_raises_no_alarm_in_sixty_days(bool mixed) =>
        Assert.Empty(Changes(Rule(gate: 1200, withoutTide: false), mixed, days: 60));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_a_gate_it_does_and_with_its_tide_taken_off_it_does_not(bool mixed)
    {
        var raised = Changes(Rule(gate: null, withoutTide: false), mixed, days: 92).Count(alarm => alarm.Since > At(32 * 1440));
        Assert.True(raised > 20, $"The tide rises too slowly to show anything: {raised}");
        Assert.DoesNotContain(Changes(Rule(gate: null, withoutTide: true), mixed, days: 92), alarm => alarm.Since > At(32 * 1440));
    }

    [Fact]
    public void A_flood_upon_the_tide_is_still_told()
    {
        var judge = One(Rule(gate: null, withoutTide: true));
        var changes = new List<Alarm>();
        for (var minute = 0; minute < 41 * 1440; minute += 10)
            changes.AddRange(judge.Take(Read(minute, Moon(minute) + Math.Max(0, minute - 40 * 1440) * 4)));
        Assert.Single(changes, alarm => alarm.Level == AlarmLevel.I && alarm.Since > At(40 * 1440));
    }

    static List<Alarm> Changes(Rule.RateOfRiseRule rule, bool mixed, int days)
    {
        var judge = One(rule);
        var changes = new List<Alarm>();
        var readings = mixed
            ? new TidalFlood(8, days, hasFlood: false).Readings()
            : Enumerable.Range(0, days * 144).Select(i => (10.0 * i, (int)Math.Round(Moon(10 * i))));
        foreach (var (minute, stage) in readings)
        {
            Assert.True(stage < 1700);
            changes.AddRange(judge.Take(Read(minute, stage)));
        }
        return changes;
    }

    // The moon's half-daily tide alone, 1.2 m from low to high water: 30 cm an hour at its steepest.
    static double Moon(double minute) => 550 + 600 * Math.Cos(28.9841042 * Math.PI / 180 * minute / 60);

    static Judge One(params ImmutableArray<Rule> rules) => Judge.Create(
        Site([Station("tam-ky", TamKy()) with { FeelsTide = true }], [Gauge("g1", "tam-ky")], rules), [Series(1, "g1", "stage")]);
}

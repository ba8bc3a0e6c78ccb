using CanhLu.Rules;
using CanhLu.Rules.Forecasting;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

public sealed class TideTests
{
    static readonly long _every = Ticks.Of(Duration.FromMinutes(10));

    [Fact]
    public void Constituents_of_a_month_are_found_to_the_millimetre()
    {
        double[] amplitudes = [300, 90, 60, 190, 140, 25, 12, 8];
        var hours = Filled(40, minute => 700 + amplitudes.Select((one, k) => one * Math.Cos(Constituent.All[k].Speed * minute / 60 - k)).Sum());
        var tide = new TideFit().Of(hours, hours.Running);
        Assert.NotNull(tide);
        Assert.Equal(8, tide.Count);
        for (var k = 0; k < 8; k++)
            Assert.Equal(amplitudes[k], tide.Amplitude(k), 0.5);
    }

    [Fact]
    public void Half_a_year_tells_P1_from_K1_and_K2_from_S2()
    {
        double[] amplitudes = [300, 90, 60, 190, 140, 25, 12, 8, 60, 25];
        var hours = Filled(190, minute => 700 + amplitudes.Select((one, k) => one * Math.Cos(Constituent.All[k].Speed * minute / 60 - k)).Sum());
        var tide = new TideFit().Of(hours, hours.Running);
        Assert.NotNull(tide);
        Assert.Equal(10, tide.Count);
        for (var k = 0; k < 10; k++)
            Assert.Equal(amplitudes[k], tide.Amplitude(k), 1.0);
    }

    [Fact]
    public void The_tide_of_tomorrow_is_told_to_centimetres_though_a_flood_went_by()
    {
        double Tidal(double minute) => 350 * Math.Cos(Constituent.All[0].Speed * minute / 60) + 250 * Math.Cos(Constituent.All[3].Speed * minute / 60 + 1);
        // Two metres within 13 hours, and down again in two days.
        double Flood(double minute) => Math.Abs(minute - 20 * 1440) is var away && minute < 20 * 1440 ? 2000 * Math.Max(0, 1 - away / 780) : 2000 * Math.Exp(-away / 1440);
        var hours = Filled(45, minute => 600 + Tidal(minute) + Flood(minute));
        var tide = new TideFit().Of(hours, hours.Running);
        Assert.NotNull(tide);
        for (var minute = 45 * 1440; minute < 46 * 1440; minute += 30)
            Assert.Equal(Tidal(minute), tide.At(Ticks.Of(At(minute))), 25.0);
    }

    [Fact]
    public void What_lies_ahead_is_what_will_be()
    {
        var hours = Filled(40, minute => 500 * Math.Cos(Constituent.All[0].Speed * minute / 60));
        var tide = new TideFit().Of(hours, hours.Running)!;
        var ahead = new double[97];
        var now = Ticks.Of(At(40 * 1440));
        tide.Ahead(now, Outlook.Step, ahead);
        for (var i = 0; i < ahead.Length; i++)
            Assert.Equal(tide.At(now + i * Outlook.Step), ahead[i], 1e-6);
    }

    [Fact]
    public void Less_than_thirty_days_tell_no_tide_nor_does_a_river_without_one()
    {
        var random = new Random(1);
        var brief = Filled(29, minute => 500 * Math.Cos(Constituent.All[0].Speed * minute / 60));
        Assert.Null(new TideFit().Of(brief, brief.Running));
        var level = 700.0;
        var river = Filled(60, _ => level += random.Next(-9, 10));
        Assert.Null(new TideFit().Of(river, river.Running));
    }

    [Fact]
    public void Gaps_are_left_out_and_too_many_of_them_tell_nothing()
    {
        double Tidal(double minute) => 500 * Math.Cos(Constituent.All[0].Speed * minute / 60);
        var some = Filled(60, Tidal, minute => minute / 60 % 50 < 3);
        Assert.Equal(500, new TideFit().Of(some, some.Running)!.Amplitude(0), 0.5);
        var many = Filled(60, Tidal, minute => minute / 60 % 50 < 15);
        Assert.Null(new TideFit().Of(many, many.Running));
    }

    [Fact]
    public void A_gauge_that_speaks_once_an_hour_tells_the_same_tide()
    {
        var hours = new HourlyStages(TideFit.Hours, Ticks.Of(Duration.FromHours(1)));
        for (var hour = 0; hour < 50 * 24; hour++)
            hours.Take(Ticks.Of(At(60 * hour)), 500 * Math.Cos(Constituent.All[0].Speed * hour));
        var tide = new TideFit().Of(hours, hours.Running)!;
        Assert.Equal(500 * Math.Cos(Constituent.All[0].Speed * 1201.5), tide.At(Ticks.Of(At(60 * 1201.5))), 1.0);
    }

    static HourlyStages Filled(int days, Func<double, double> stage, Func<int, bool>? isAway = null)
    {
        var hours = new HourlyStages(TideFit.Hours, _every);
        for (var minute = 0; minute <= days * 1440; minute += 10)
            if (isAway?.Invoke(minute) != true)
                hours.Take(Ticks.Of(At(minute)), stage(minute));
        return hours;
    }
}

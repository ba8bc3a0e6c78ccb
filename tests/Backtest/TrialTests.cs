using CanhLu.Backtest;
using CanhLu.Backtest.Scoring;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Backtest;

public sealed class TrialTests
{
    static readonly Rule OnTrial =
        new Rule.RateOfRiseRule("thu", "Thử", Policy.Desk, [], Duration.FromHours(1), 4, Duration.FromMinutes(30), new(300), new(100), null) { IsShadow = true, Slope = Slope.LeastSquares };

    [Fact]
    public void A_rule_on_trial_is_scored_alone_tells_nobody_and_does_not_count_among_the_others()
    {
        var trial = Of([]);
        Assert.Equal(Duration.Zero, trial.Scores[0].MedianLead);
        Assert.Equal(4, trial.Postage.Bulletins);
        var own = Assert.Single(trial.Rules, rule => rule.Rule.IsShadow);
        Assert.Equal((1, 1, Duration.FromMinutes(40)), (own.Alarms, own.Scores[0].Hits, own.Scores[0].MedianLead!.Value));
    }

    [Fact]
    public void The_rules_that_are_named_count_and_no_others()
    {
        Assert.Equal(Duration.FromMinutes(40), Of(["thu"]).Scores[0].MedianLead);
        Assert.Equal(Duration.FromMinutes(40), Of(["thu", "bao-dong"]).Scores[0].MedianLead);
    }

    [Fact]
    public void Alarms_are_counted_a_year_of_one_station()
    {
        var trial = Of([]);
        var years = (At(600) - At(-60)).TotalDays / 365.25;
        Assert.Equal(1 / years, trial.Rules.Single(rule => rule.Rule.Id == "bao-dong").AlarmsPerStationYear!.Value, 6);
    }

    /// <summary>Half a metre an hour up from 1.00 m to 2.75 m and down again; it reaches báo động I at minute 90, and the
    /// slope of an hour passes 300 mm/h at minute 50 (292 before, 392 then, by hand).</summary>
    static Trial Of(string[] counted)
    {
        var stages = Enumerable.Range(-6, 67).Select(i => (Minute: 10.0 * i, Stage: (int)Math.Max(1000, Math.Min(950 + 500 * i / 6.0, 4550 - 500 * i / 6.0))));
        var (rehearsal, observed) = Rehearse(TamKy(BaoDong, OnTrial), stages);
        var scorer = new Scorer([new TruthEvent("tam-ky", AlarmLevel.I, At(90), At(340))], observed, Duration.FromHours(1));
        return Trial.Of(rehearsal, observed, scorer, new Tariff(new Dictionary<string, decimal>(), new Dictionary<string, double>(), (_, _) => 1), counted);
    }
}

using CanhLu.Backtest.Records;
using CanhLu.Backtest.Scoring;
using CanhLu.Tests.Rules;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Backtest;

public sealed class ScorerTests
{
    static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public void An_event_with_a_warning_is_a_hit_one_without_a_miss_a_warning_without_an_event_false()
    {
        var score = Scored([Event(100, 200), Event(1000, 1100)], Warn(90, 150), Warn(500, 600));
        Assert.Equal((1, 1, 1), (score.Hits, score.Misses, score.FalseAlarms));
        Assert.Equal((0.5, 0.5, 1 / 3.0), (score.Pod, score.Far, score.Csi));
        Assert.Equal(Duration.FromMinutes(10), score.MedianLead);
    }

    [Theory]
    [InlineData(0, 40, true)]
    [InlineData(0, 39.9, false)]
    [InlineData(260, 300, true)]
    [InlineData(260.1, 300, false)]
    public void A_warning_meets_an_event_that_is_no_further_than_the_tolerance(double begins, double ends, bool meets)
    {
        var score = Scored([Event(100, 200)], Warn(begins, ends));
        Assert.Equal(meets ? (1, 0) : (0, 1), (score.Hits, score.FalseAlarms));
    }

    [Fact]
    public void The_first_of_several_warnings_gives_the_lead_and_none_of_them_is_false()
    {
        var score = Scored([Event(100, 300)], Warn(80, 120), Warn(150, 160), Warn(250, 280));
        Assert.Equal((1, 0, Duration.FromMinutes(20)), (score.Hits, score.FalseAlarms, score.WorstLead!.Value));
    }

    [Fact]
    public void A_warning_that_stands_through_two_events_leads_the_second_from_the_first_one_s_end()
    {
        var score = Scored([Event(100, 200), Event(260, 300)], Warn(70, 320));
        Assert.Equal([Duration.FromMinutes(30), Duration.FromMinutes(60)], score.Outcomes.Select(outcome => outcome.Lead!.Value));
    }

    [Fact]
    public void A_late_warning_has_a_negative_lead_and_the_worst_is_the_least()
    {
        var score = Scored([Event(100, 200), Event(1000, 1100), Event(2000, 2100)], Warn(115, 190), Warn(940, 1000), Warn(1990, 2000));
        Assert.Equal((Duration.FromMinutes(-15), Duration.FromMinutes(10)), (score.WorstLead!.Value, score.MedianLead!.Value));
    }

    [Fact]
    public void An_event_of_a_higher_level_is_one_of_the_lower_levels_too_and_joins_what_it_overlaps()
    {
        var (_, observed) = Rehearse(TamKy(BaoDong), (0, 1000), (5000, 1000));
        var scorer = new Scorer([Event(100, 200), new TruthEvent("tam-ky", AlarmLevel.II, At(150), At(250)), new TruthEvent("tam-ky", AlarmLevel.III, At(900), At(950))], observed, Hour);
        Assert.Equal([(At(100), At(250)), (At(900), At(950))], scorer.Events(AlarmLevel.I).Select(one => (one.Begins, one.Ends)));
        Assert.Equal([(At(150), At(250)), (At(900), At(950))], scorer.Events(AlarmLevel.II).Select(one => (one.Begins, one.Ends)));
        Assert.Equal([(At(900), At(950))], scorer.Events(AlarmLevel.III).Select(one => (one.Begins, one.Ends)));
    }

    [Fact]
    public void What_lies_outside_the_record_or_at_another_station_is_not_scored()
    {
        var score = Scored([Event(6000, 6100), Event(100, 200) with { Station = "cau-lau" }]);
        Assert.Equal((0, 2), (score.Outcomes.Length, score.Outside));
        Assert.Null(score.Pod);
        Assert.Null(score.Far);
        Assert.Null(score.Csi);
    }

    [Fact]
    public void The_warnings_of_several_rules_are_one_while_any_of_them_stands()
    {
        Alarm Say(string rule, Cause cause, AlarmLevel from, AlarmLevel to, double minute) =>
            new(new AlarmKey("tam-ky", rule), cause, to, from, At(minute), to, Gauges.Read(minute, 1000), null, null);
        Alarm[] alarms =
        [
            Say("len-nhanh", Cause.Rate, AlarmLevel.None, AlarmLevel.I, 10), Say("bao-dong", Cause.Threshold, AlarmLevel.None, AlarmLevel.II, 20),
            Say("len-nhanh", Cause.Rate, AlarmLevel.I, AlarmLevel.None, 30), Say("im-lang", Cause.Silence, AlarmLevel.None, AlarmLevel.I, 35),
            Say("bao-dong", Cause.Threshold, AlarmLevel.II, AlarmLevel.I, 40),
        ];
        Assert.Equal(
            [new Warning("tam-ky", AlarmLevel.II, At(20), At(40)), new Warning("tam-ky", AlarmLevel.I, At(10), At(60))],
            Warning.Of(alarms, _ => true, At(60)));
        Assert.Equal([new Warning("tam-ky", AlarmLevel.I, At(10), At(30))], Warning.Of(alarms, rule => rule == "len-nhanh", At(60)));
    }

    [Theory]
    [InlineData("tam-ky,IV,2025-10-29T00:00:00Z,2025-10-30T00:00:00Z", ":2: level IV is none")]
    [InlineData("tam-ky,I,2025-10-31T00:00:00Z,2025-10-30T00:00:00Z", ":2: ends_at lies before begins_at")]
    [InlineData("tam-ky,I,2025-10-29,2025-10-30T00:00:00Z", ":2: begins_at 2025-10-29 is no time")]
    [InlineData("tam-ky,I", ":2: the line has 2 columns")]
    public void A_wrong_line_of_truth_is_named(string line, string wrong)
    {
        var file = Bytes("station,level,begins_at,ends_at\n" + line + "\n");
        Assert.StartsWith(file + wrong, Assert.Throws<RecordRefusedException>(() => TruthFile.Read(file)).Message, StringComparison.Ordinal);
    }

    static TruthEvent Event(double begins, double ends) => new("tam-ky", AlarmLevel.I, At(begins), At(ends));

    static Warning Warn(double begins, double ends) => new("tam-ky", AlarmLevel.I, At(begins), At(ends));

    static Score Scored(TruthEvent[] truth, params Warning[] warnings)
    {
        var (_, observed) = Rehearse(TamKy(BaoDong), (0, 1000), (5000, 1000));
        return new Scorer(truth, observed, Hour).Of(warnings)[0];
    }
}

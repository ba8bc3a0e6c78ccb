using System.Collections.Immutable;
using CanhLu.Backtest;
using CanhLu.Tests.Rules;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Backtest;

public sealed class PostageTests
{
    static readonly ImmutableArray<Telling> Tellings =
    [
        new(AlarmLevel.I, ["zalo", "esms"], false), new(AlarmLevel.II, ["zalo", "esms"], false), new(AlarmLevel.III, ["esms", "zalo"], true),
        new(AlarmLevel.None, ["zalo", "esms"], false),
    ];

    [Fact]
    public void Every_rise_tells_once_no_fall_does_and_the_end_tells_all_clear()
    {
        var postage = Of(TamKy(BaoDong), [], (0, 1700), (10, 2700), (20, 2300), (30, 2700), (40, 1000));
        Assert.Equal((4, 0), (postage.Bulletins, postage.Asked));
        // I and the all-clear by Zalo alone, III twice by both.
        Assert.Equal([("esms", 2.0), ("zalo", 4.0)], postage.Messages.Select(one => (one.Key, one.Value)).Order());
        Assert.Equal(2, postage.Sms);
    }

    [Fact]
    public void Whom_the_first_carrier_does_not_reach_the_next_one_tells()
    {
        var postage = Of(TamKy(BaoDong), new() { ["zalo"] = 0.75 }, (0, 1700), (10, 1000));
        Assert.Equal([("esms", 0.5), ("zalo", 1.5)], postage.Messages.Select(one => (one.Key, one.Value)).Order());
        Assert.Equal(0.5m * 850 * 2 + 1.5m * 200, postage.Cost);
    }

    [Fact]
    public void A_rule_of_the_desk_tells_nobody_and_a_proposal_counts_as_agreed_to()
    {
        Rule Ladder(Policy policy) => new Rule.StageLadder("bao-dong", "Báo động", policy, []);
        Assert.Equal((0, 0), Counts(Of(TamKy(Ladder(Policy.Desk)), [], (0, 1700), (10, 1000))));
        Assert.Equal((2, 2), Counts(Of(TamKy(Ladder(Policy.Ask)), [], (0, 1700), (10, 1000))));
        static (int, int) Counts(Postage postage) => (postage.Bulletins, postage.Asked);
    }

    [Fact]
    public void A_resident_hears_of_the_stations_of_his_area_only()
    {
        var site = Gauges.Site(
            [Station("one", Gauges.TamKy()) with { Areas = ["a", "b"] }, Station("two", Gauges.TamKy()) with { Areas = ["b", "c"] }],
            [Pasts.Gauge("g1", "one"), Pasts.Gauge("g2", "two")], BaoDong) with
        { Tellings = Tellings };
        var keys = new SeriesKeys(site);
        var rehearsal = new Rehearsal(site, keys);
        rehearsal.Take([Gauges.Read(0, 1700) with { Series = keys.Find("one", "stage") }]);
        Assert.Equal(2 / 3.0, Postage.Of(site, rehearsal.Alarms, Tariff([])).Messages["zalo"], 6);
    }

    [Fact]
    public void The_difference_is_told_in_one_sentence()
    {
        var more = new Difference(2.1, 1_785, 1, 0, Duration.FromMinutes(35));
        Assert.Equal("+2.1 SMS a month for each of 3,400 people; +6,069,000 VND a month; one more hit; as many false alarms; lead time +35 min", more.Sentence(3_400, "en"));
        Assert.Equal("+2,1 SMS một tháng cho mỗi người trong 3.400 người; +6.069.000 đồng một tháng; thêm 1 trận lũ được cảnh báo; số lần báo nhầm không đổi; thời gian báo trước +35 phút", more.Sentence(3_400, "vi"));
        var less = new Difference(-0.5, null, -2, -1, Duration.FromMinutes(-65));
        Assert.Equal("−0.5 SMS a month for each resident; 2 hits fewer; one false alarm fewer; lead time −1 h 05 min", less.Sentence(null, "en"));
    }

    static Postage Of(Site site, Dictionary<string, double> reach, params (double Minute, int Stage)[] stages)
    {
        var (rehearsal, _) = Rehearse(site, stages);
        return Postage.Of(site with { Tellings = Tellings }, rehearsal.Alarms, Tariff(reach));
    }

    static Tariff Tariff(Dictionary<string, double> reach) =>
        new(new Dictionary<string, decimal> { ["esms"] = 850, ["zalo"] = 200 }, reach, (carrier, _) => carrier == "zalo" ? 1 : 2);
}

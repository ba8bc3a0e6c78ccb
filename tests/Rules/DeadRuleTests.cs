using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class DeadRuleTests
{
    [Fact]
    public void A_rule_that_can_never_speak_is_named_with_its_reason()
    {
        var low = new Device("g2", new DeviceModel("low", DeviceKind.Gauge, [new Field("stage_m", "stage", "mm", 1000, 0, 1.5)]), "low", "g2");
        Rule rising = new Rule.RateOfRiseRule(
            "len-nhanh", "", Policy.Ask, [], Duration.FromHours(1), 3, Duration.FromMinutes(20), new RateOfRise(100), new RateOfRise(50), new Stage(1501));
        var site = Site([Station("bare", TamKy()), Station("low")], [low], BaoDong, rising);
        Assert.Equal(
            [("bare", "bao-dong"), ("bare", "len-nhanh"), ("low", "len-nhanh")],
            DeadRule.Of(site).Select(one => (one.Station, one.Rule)));
        var last = DeadRule.Of(site).Last();
        Assert.Equal((DeadBecause.GateTooHigh, new Stage(1501), new Stage(1500)), (last.Because, last.Gate, last.Ceiling));
        Assert.All(DeadRule.Of(site).SkipLast(1), one => Assert.Equal((DeadBecause.NoGauge, null, null), (one.Because, one.Gate, one.Ceiling)));
        Assert.Contains("1.501 m", DeadRule.Of(site).Last().Reason, StringComparison.Ordinal);
    }
}

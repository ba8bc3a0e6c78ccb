using CanhLu.GatewaySim;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What an account still allows, and what letters cost.</summary>
public sealed class CostTests : IDisposable
{
    readonly River _river = new();

    [Fact]
    public async Task What_was_spent_is_told_by_month_and_later_prices_and_words_do_not_change_it()
    {
        _river.People(3);
        var episode = _river.Episode();
        var zalo = new ScriptedCarrier("zalo", letter => letter.Phone.E164.EndsWith('2') ? Script.Never : Script.Take) { ChargesBySegment = false };
        long segments;
        await using (var engine = await new Engine(_river, [zalo, new ScriptedCarrier("esms")], Prices("850", "300")).Start())
        {
            _river.Warn(episode, AlarmLevel.I);
            await engine.Settle();
            segments = _river.Ask<long>("SELECT units FROM cost_book WHERE carrier = 'esms'");
            var lines = engine.Get<CostBook>().Lines(_river.Site.Zone);
            Assert.Equal([("esms", 1L, segments, 850m * segments), ("zalo", 2L, 2L, 600m)], lines.Select(line => (line.Carrier, line.Letters, line.Units, line.Cost!.Value)));
            Assert.All(lines, line => Assert.Equal("2025-10", line.Month));
        }
        _river.Site = _river.Site with { Templates = [.. _river.Site.Templates.Select(template => template with { Text = template.Text + new string('x', 1000) })] };
        await using var dearer = new Engine(_river, [zalo, new ScriptedCarrier("esms")], Prices("1700", null));
        Assert.Equal([850m * segments, 600m], dearer.Get<CostBook>().Lines(_river.Site.Zone).Select(line => line.Cost!.Value));
    }

    [Fact]
    public async Task What_has_no_price_has_no_cost_and_says_so()
    {
        _river.People(2);
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using var engine = await new Engine(_river, [new ScriptedCarrier("zalo") { ChargesBySegment = false }], Prices("850", null)).Start();
        await engine.Settle();
        var line = Assert.Single(engine.Get<CostBook>().Lines(_river.Site.Zone));
        Assert.Equal((2L, 2L, null), (line.Letters, line.Units, line.Cost));
    }

    [Theory]
    [InlineData(40, AllowanceUnit.Letters, null, false)]
    [InlineData(39, AllowanceUnit.Letters, null, true)]
    [InlineData(34_000, AllowanceUnit.Dong, "850", false)]
    [InlineData(33_999, AllowanceUnit.Dong, "850", true)]
    [InlineData(1, AllowanceUnit.Dong, null, false)]
    [InlineData(0, AllowanceUnit.Dong, null, true)]
    public async Task An_account_that_does_not_last_for_four_messages_to_everyone_is_a_concern(int left, AllowanceUnit unit, string? price, bool isConcern)
    {
        _river.People(10);
        var carrier = new ScriptedCarrier("esms") { Left = new Allowance(left, unit) };
        await using var engine = new Engine(_river, [carrier], Prices(price, null));
        Assert.Null(Assert.Single(engine.Dispatch.Carriers).Allowance);
        await engine.Get<AllowanceWatch>().Look(TestContext.Current.CancellationToken);
        var state = Assert.Single(engine.Dispatch.Carriers);
        Assert.Equal((carrier.Left, isConcern ? "allowance" : null), (state.Allowance, state.Concern?.Code));
        carrier.Left = null;
        await engine.Get<AllowanceWatch>().Look(TestContext.Current.CancellationToken);
        Assert.Equal(state.Allowance, Assert.Single(engine.Dispatch.Carriers).Allowance);
        carrier.Left = new Allowance(1_000_000, unit);
        await engine.Get<AllowanceWatch>().Look(TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(engine.Dispatch.Carriers).Concern);
    }

    [Fact]
    public async Task The_pretended_carriers_are_asked_as_the_real_ones_and_what_was_sent_is_missing_afterwards()
    {
        await using var sim = await PretendCarriers.Start(
            new GatewaySimOptions { EsmsBalance = 100_000m, ZaloDailyQuota = 500 }, RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        _river.Site = River.Of(["zalo", "esms"], together: true);
        _river.People(3);
        await using var engine = await new Engine(_river, [], GatewaySettings.Of(sim.Address, "http://127.0.0.1:1", 100)).Start();
        await engine.Get<AllowanceWatch>().Look(TestContext.Current.CancellationToken);
        Assert.Equal(Of(100_000m, 500m), engine.Dispatch.Carriers.Select(state => (state.Carrier, state.Allowance)));
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await engine.Settle();
        await engine.Get<AllowanceWatch>().Look(TestContext.Current.CancellationToken);
        Assert.Equal(Of(100_000m - 3 * 850m, 497m), engine.Dispatch.Carriers.Select(state => (state.Carrier, state.Allowance)));

        static (string, Allowance?)[] Of(decimal dong, decimal letters) =>
            [("esms", new Allowance(dong, AllowanceUnit.Dong)), ("zalo", new Allowance(letters, AllowanceUnit.Letters))];
    }

    public void Dispose() => _river.Dispose();

    static Dictionary<string, string?> Prices(string? esms, string? zalo)
    {
        var prices = new Dictionary<string, string?>();
        if (esms is not null)
            prices["Notify:SmsPricePerSegment"] = esms;
        if (zalo is not null)
            prices["Notify:Prices:zalo"] = zalo;
        return prices;
    }
}

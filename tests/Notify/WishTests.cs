using CanhLu.Notify;
using Microsoft.Extensions.Options;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What those who opted out, and those who want one way only, are told.</summary>
public sealed class WishTests : IDisposable
{
    static readonly PhoneNumber First = new("+84905000001");

    readonly River _river = new();

    public void Dispose() => _river.Dispose();

    [Fact]
    public async Task Who_opted_out_is_told_nothing_below_level_three_and_still_of_level_three()
    {
        _river.People(3);
        Assert.Equal(WishOutcome.Done, Wishes().OptOut(First, "Lan", "by telephone"));
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        var episode = _river.Episode();
        foreach (var (level, told) in new[] { (AlarmLevel.I, 2), (AlarmLevel.II, 4), (AlarmLevel.III, 7) })
        {
            _river.Warn(episode, level);
            await engine.Settle();
            Assert.Equal(told, esms.Taken.Count);
        }
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal(10, esms.Taken.Count);
        Assert.Equal(WishOutcome.Done, Wishes().OptIn(First, "Lan", "by telephone"));
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await engine.Settle();
        Assert.Equal(13, esms.Taken.Count);
    }

    [Fact]
    public async Task The_setting_says_whether_level_three_is_told_despite_a_no()
    {
        _river.People(3);
        Wishes(despite: false).OptOut(First, "Lan", "by telephone");
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms], new() { ["Notify:LevelIIIDespiteOptOut"] = "false" }).Start();
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await engine.Settle();
        Assert.Equal(2, esms.Taken.Count);
        Assert.DoesNotContain(First, esms.Taken.Values.Select(letter => letter.Phone));
    }

    [Fact]
    public async Task Who_was_warned_before_the_no_has_the_all_clear_all_the_same()
    {
        _river.People(2);
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await engine.Settle();
        Wishes().OptOut(First, "Lan", "by telephone");
        _river.Warn(episode, AlarmLevel.II);
        await engine.Settle();
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal([2, 1, 2], Enumerable.Range(1, 3).Select(bulletin => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @bulletin", new { bulletin })));
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
    }

    [Fact]
    public async Task What_was_planned_and_not_sent_is_withdrawn_but_not_level_three_and_no_all_clear()
    {
        _river.People(2);
        var esms = new ScriptedCarrier("esms", _ => new Script(false, new CanhLu.Notify.Carriers.Receipt.TryLater("busy", "later", TimeSpan.FromHours(1))));
        await using (var engine = await new Engine(_river, [esms]).Start())
        {
            _river.Warn(_river.Episode(), AlarmLevel.II);
            engine.Get<BulletinSignal>().Ring();
            await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE last_code = 'busy'") == 2);
            Wishes().OptOut(First, "Lan", "by telephone");
            Assert.Equal(["replaced", "planned"], _river.List<string>("SELECT state FROM deliveries ORDER BY recipient_id"));
            Assert.Equal("opted-out", _river.Ask<string>("SELECT last_code FROM deliveries WHERE state = 'replaced'"));
            esms.Answer = _ => Script.Take;
        }
        using var other = new River();
        other.People(1);
        await using (var engine = await new Engine(other, [esms = new ScriptedCarrier("esms", _ => new Script(false, new CanhLu.Notify.Carriers.Receipt.TryLater("busy", "later", TimeSpan.FromHours(1))))]).Start())
        {
            other.Warn(other.Episode(), AlarmLevel.III);
            engine.Get<BulletinSignal>().Ring();
            await Engine.Until(() => other.Ask<int>("SELECT count(*) FROM deliveries WHERE last_code = 'busy'") == 1);
            new OptOuts(other.Operations, Options.Create(new NotifyOptions()), new FakeClock(River.Now)).OptOut(First, "Lan", "by telephone");
            Assert.Equal("planned", other.Ask<string>("SELECT state FROM deliveries"));
        }
    }

    [Fact]
    public async Task A_way_that_is_wished_for_is_taken_and_the_other_only_when_it_fails()
    {
        _river.People(3);
        Set("UPDATE recipients SET carriers = 'sms' WHERE id = 1; UPDATE recipients SET carriers = 'zalo' WHERE id = 2;");
        var zalo = new ScriptedCarrier("zalo");
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        Assert.Equal((2, 1), (zalo.Taken.Count, esms.Taken.Count));
        Assert.Equal(First, esms.Taken.Values.Single().Phone);

        _river.Site = River.Of(["zalo", "esms"], together: true);
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await engine.Settle();
        Assert.Equal((4, 3), (zalo.Taken.Count, esms.Taken.Count));

        // Nobody is left untold for a wish: zalo refuses, and the site may have no zalo at all.
        zalo.Answer = _ => Script.Never;
        _river.Site = River.Of(["zalo", "esms"], together: false);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        Assert.Equal((4, 6), (zalo.Taken.Count, esms.Taken.Count));
        _river.Site = River.Of(["esms"], together: false);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        Assert.Equal((4, 9), (zalo.Taken.Count, esms.Taken.Count));
    }

    OptOuts Wishes(bool despite = true) =>
        new(_river.Operations, Options.Create(new NotifyOptions { LevelIIIDespiteOptOut = despite }), new FakeClock(River.Now));

    void Set(string sql) => _river.Operations.Write(connection => Dapper.SqlMapper.Execute(connection, sql));
}

using CanhLu.Notify;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class OutboxTests : IDisposable
{
    readonly River _river = new();

    [Fact]
    public async Task Everyone_of_the_areas_from_their_lowest_level_on_is_told_once_by_the_first_carrier()
    {
        _river.People(10);
        _river.People(3, ward: "20350");
        _river.People(4, lowest: AlarmLevel.III);
        var (zalo, esms) = (new ScriptedCarrier("zalo"), new ScriptedCarrier("esms"));
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        await engine.Settle();
        Assert.Equal(10, zalo.Taken.Count);
        Assert.Equal(10, zalo.Asked);
        Assert.Equal(0, esms.Asked);
        Assert.All(zalo.Taken.Keys, key => Assert.Matches($"^{_river.Operations.Installation}-1-[0-9]+-z$", key));
    }

    [Fact]
    public async Task Together_means_every_carrier_at_once()
    {
        _river.Site = River.Of(["zalo", "esms"], together: true);
        _river.People(5);
        var (zalo, esms) = (new ScriptedCarrier("zalo"), new ScriptedCarrier("esms"));
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        await engine.Settle();
        Assert.Equal((5, 5), (zalo.Taken.Count, esms.Taken.Count));
    }

    [Fact]
    public async Task A_final_refusal_goes_to_the_next_carrier_and_is_remembered_for_the_next_bulletin()
    {
        _river.People(6);
        var zalo = new ScriptedCarrier("zalo", letter => letter.Phone.E164.EndsWith('2') ? Script.Never : Script.Take);
        var esms = new ScriptedCarrier("esms");
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        await engine.Settle();
        Assert.Equal((5, 1), (zalo.Taken.Count, esms.Taken.Count));
        Assert.Equal(6, zalo.Asked);
        _river.Warn(episode, AlarmLevel.II);
        await engine.Settle();
        Assert.Equal((10, 2), (zalo.Taken.Count, esms.Taken.Count));
        Assert.Equal(11, zalo.Asked);
        Assert.Equal(1, engine.Ledger.Totals().Single(count => count.State == DeliveryState.Failed).PassedOn);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key()
    {
        _river.People(4);
        var lost = 0;
        var esms = new ScriptedCarrier("esms");
        esms.Answer = letter => !esms.Taken.ContainsKey(letter.Key) && Interlocked.Increment(ref lost) > 0 ? Script.LoseTheAnswer : Script.Take;
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        Assert.Equal((4, 8, 4), (esms.Taken.Count, esms.Asked, lost));
        Assert.Equal(4, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted' AND attempts = 2 AND doubtful_at IS NOT NULL"));
    }

    [Fact]
    public async Task After_too_many_silences_the_next_carrier_is_asked_and_the_doubt_stays()
    {
        _river.People(1);
        var zalo = new ScriptedCarrier("zalo", _ => Script.LoseTheRequest);
        var esms = new ScriptedCarrier("esms");
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using var engine = await new Engine(_river, [zalo, esms], new() { ["Notify:SetbackLimit"] = "3" }).Start();
        await engine.Settle();
        Assert.Equal((3, 1), (zalo.Asked, esms.Taken.Count));
        Assert.Equal(1, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND state = 'failed' AND doubtful_at IS NOT NULL AND next_carrier = 'esms'"));
    }

    [Fact]
    public async Task What_is_in_doubt_before_a_stopped_channel_is_told_by_the_next_carrier_however_often_it_is_probed()
    {
        _river.People(2);
        var asked = 0;
        var zalo = new ScriptedCarrier("zalo", _ => Interlocked.Increment(ref asked) <= 2 ? Script.LoseTheRequest : Script.Stopped);
        var esms = new ScriptedCarrier("esms");
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using var engine = await new Engine(_river, [zalo, esms], new() { ["Notify:AwayAfter"] = "00:00:00.500", ["Notify:ProbeAfter"] = "00:00:00.010" }).Start();
        await engine.Settle();
        Assert.Equal(2, esms.Taken.Count);
        Assert.Equal(2, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND state = 'failed' AND doubtful_at IS NOT NULL AND next_carrier = 'esms'"));
    }

    [Fact]
    public async Task Nothing_is_sent_after_its_time()
    {
        _river.People(3);
        var clock = new FakeClock(River.Now);
        var stalled = new TaskCompletionSource();
        var esms = new ScriptedCarrier("esms", _ => Script.Busy) { Terms = new(100_000, 1, null) };
        _river.Warn(_river.Episode(), AlarmLevel.I, notAfter: River.Now + Duration.FromMinutes(1));
        await using var engine = await new Engine(_river, [esms], clock: clock).Start();
        await Engine.Until(() => esms.Asked > 3);
        clock.AdvanceMinutes(2);
        await engine.Settle();
        Assert.Empty(esms.Taken);
        Assert.Equal(3, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'expired'"));
        _river.Warn(_river.Episode(), AlarmLevel.I, notAfter: River.Now + Duration.FromMinutes(1));
        await engine.Settle();
        Assert.Equal(1, _river.Ask<int>("SELECT count(*) FROM bulletins WHERE expired_at IS NOT NULL"));
        Assert.Equal(3, _river.Ask<int>("SELECT count(*) FROM deliveries"));
    }

    [Fact]
    public async Task A_newer_bulletin_replaces_what_the_same_resident_was_not_yet_sent()
    {
        _river.People(5);
        var esms = new ScriptedCarrier("esms", _ => Script.Busy);
        var episode = _river.Episode();
        var first = _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Asked >= 5);
        var second = _river.Warn(episode, AlarmLevel.III);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @second", new { second }) == 5);
        esms.Answer = _ => Script.Take;
        await engine.Settle();
        Assert.Equal(5, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @first AND state = 'replaced' AND replaced_by = @second", new { first, second }));
        Assert.All(esms.Taken.Values, letter => Assert.StartsWith("Khan cap!", letter.Wording.Sms, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_who_was_warned_gets_the_all_clear_and_gets_it_once()
    {
        _river.People(6);
        var blocked = true;
        var esms = new ScriptedCarrier("esms");
        esms.Answer = letter => blocked && letter.Phone.E164.EndsWith('3') ? Script.Busy : Script.Take;
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Taken.Count == 5);
        _river.AllClear(episode);
        await engine.Settle();
        blocked = false;
        await engine.Settle();
        Assert.Equal(10, esms.Taken.Count);
        Assert.DoesNotContain(esms.Taken.Values, letter => letter.Phone.E164.EndsWith('3'));
        Assert.Equal((5, 5, 0), engine.Ledger.Debts().Select(debt => ((int)debt.Made, (int)debt.Paid, (int)debt.Unreachable)).Single());
    }

    [Fact]
    public async Task Who_was_warned_late_gets_the_all_clear_that_was_planned_before()
    {
        _river.People(2);
        var gate = new TaskCompletionSource();
        var esms = new ScriptedCarrier("esms") { Wait = () => gate.Task };
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Asked == 2);
        var allClear = _river.AllClear(episode);
        await Engine.Until(() => _river.Ask<bool>("SELECT planned_at IS NOT NULL FROM bulletins WHERE id = @allClear", new { allClear }));
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @allClear", new { allClear }));
        gate.SetResult();
        await engine.Settle();
        Assert.Equal(4, esms.Taken.Count);
        Assert.Equal(2, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NOT NULL"));
    }

    [Fact]
    public async Task Who_may_have_been_warned_gets_the_all_clear_and_not_the_warning_again()
    {
        _river.People(1);
        var esms = new ScriptedCarrier("esms", _ => Script.LoseTheAnswer);
        var episode = _river.Episode();
        var warning = _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Asked > 0);
        var allClear = _river.AllClear(episode);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @allClear", new { allClear }) == 1);
        esms.Answer = _ => Script.Take;
        await engine.Settle();
        Assert.Equal(1, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NOT NULL"));
        Assert.Contains(_river.Ask<string>("SELECT state FROM deliveries WHERE bulletin_id = @warning", new { warning }), new[] { "replaced", "accepted" });
    }

    [Fact]
    public async Task An_all_clear_that_every_carrier_refuses_stays_to_be_seen()
    {
        _river.People(2);
        var (zalo, esms) = (new ScriptedCarrier("zalo"), new ScriptedCarrier("esms"));
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        await engine.Settle();
        zalo.Answer = esms.Answer = letter => letter.Phone.E164.EndsWith('2') ? Script.Never : Script.Take;
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal((2, 1, 1, 0), engine.Ledger.Debts().Select(debt => ((int)debt.Made, (int)debt.Paid, (int)debt.Unreachable, (int)debt.Open)).Single());
    }

    [Fact]
    public async Task A_warning_of_the_next_flood_takes_the_place_of_an_unsent_all_clear_and_its_end_pays_for_both()
    {
        _river.People(1);
        var esms = new ScriptedCarrier("esms");
        var first = _river.Episode();
        _river.Warn(first, AlarmLevel.I);
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        esms.Answer = _ => Script.Busy;
        var early = _river.AllClear(first);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @early", new { early }) == 1);
        var second = _river.Episode();
        _river.Warn(second, AlarmLevel.II);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM bulletins WHERE planned_at IS NULL") == 0);
        esms.Answer = _ => Script.Take;
        await engine.Settle();
        Assert.Equal(2, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        _river.AllClear(second);
        await engine.Settle();
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        Assert.Equal(1, _river.Ask<int>(
            "SELECT count(*) FROM deliveries d JOIN bulletins b ON b.id = d.bulletin_id WHERE b.kind = 'allclear' AND d.state = 'accepted'"));
    }

    [Fact]
    public async Task A_stopped_channel_is_left_to_the_next_carrier_and_asked_again_by_itself()
    {
        _river.People(200);
        var zalo = new ScriptedCarrier("zalo", _ => Script.Stopped) { Terms = new(100_000, 2, null) };
        var esms = new ScriptedCarrier("esms");
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I);
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        await engine.Settle();
        Assert.Equal(200, esms.Taken.Count);
        // For a moment now and then it is asked again, with nothing to ask it with.
        await Engine.Until(() => engine.Dispatch.Carriers.Single(state => state.Carrier == "zalo").Standing == CarrierStanding.Stopped);
        zalo.Answer = _ => Script.Take;
        _river.Warn(episode, AlarmLevel.II);
        await engine.Settle();
        Assert.Equal(200, zalo.Taken.Count + (esms.Taken.Count - 200));
        _river.Warn(episode, AlarmLevel.III);
        await engine.Settle();
        Assert.Equal(CarrierStanding.Open, engine.Dispatch.Carriers.Single(state => state.Carrier == "zalo").Standing);
    }

    [Fact]
    public async Task Who_is_in_doubt_does_not_wait_for_a_stopped_channel_for_ever()
    {
        _river.People(2);
        var zalo = new ScriptedCarrier("zalo", letter => letter.Phone.E164.EndsWith('1') ? Script.LoseTheRequest : Script.Stopped) { Terms = new(100_000, 1, null) };
        var esms = new ScriptedCarrier("esms");
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [zalo, esms], new() { ["Notify:AwayAfter"] = "00:00:00.010" }).Start();
        await engine.Settle();
        Assert.Equal(2, esms.Taken.Count);
    }

    [Fact]
    public async Task The_highest_level_is_told_first()
    {
        _river.People(20);
        var order = new List<string>();
        var esms = new ScriptedCarrier("esms") { Terms = new(40, 1, null) };
        esms.Answer = letter =>
        {
            lock (order)
                order.Add(letter.Key.Split('-')[1]);
            return Script.Take;
        };
        var (low, high) = (_river.Warn(_river.Episode(), AlarmLevel.I), 0L);
        _river.Site = _river.Site with { Stations = [.. _river.Site.Stations, _river.Site.Stations[0] with { Id = "other" }] };
        high = _river.Warn(_river.Episode(), AlarmLevel.III);
        _river.Operations.Write(connection => Dapper.SqlMapper.Execute(connection, "UPDATE bulletins SET station = 'other' WHERE id = @high", new { high }));
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        Assert.Equal(Enumerable.Repeat($"{high}", 20).Concat(Enumerable.Repeat($"{low}", 20)), order);
    }

    public void Dispose() => _river.Dispose();
}

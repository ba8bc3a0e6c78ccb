using System.Collections.Immutable;
using CanhLu.Notify;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class PeoplesDecisionsTests : IDisposable
{
    readonly River _river = new();

    [Fact]
    public async Task A_stopped_broadcast_sends_no_more_and_those_who_were_told_are_owed_the_all_clear()
    {
        _river.People(400);
        var episode = _river.Episode();
        var bulletin = _river.Warn(episode, AlarmLevel.II);
        var esms = new ScriptedCarrier("esms") { Terms = new(200, 4, null) };
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Taken.Count >= 20);
        Stop(bulletin);
        await engine.Settle();
        var told = esms.Taken.Count;
        Assert.InRange(told, 20, 399);
        Assert.Equal((400 - told, 0), (Count("stopped"), Count("planned") + Count("handedover")));
        Assert.Equal(told, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal(2 * told, esms.Taken.Count);
    }

    [Fact]
    public async Task What_is_in_doubt_when_its_broadcast_is_stopped_is_not_tried_again()
    {
        _river.People(3);
        var bulletin = _river.Warn(_river.Episode(), AlarmLevel.II);
        var esms = new ScriptedCarrier("esms", _ => Script.LoseTheAnswer);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => esms.Asked >= 9);
        Stop(bulletin);
        await Engine.Until(() => Count("stopped") == 3);
        Assert.Equal(3, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
    }

    [Fact]
    public async Task A_broadcast_that_is_stopped_before_it_was_planned_tells_nobody()
    {
        _river.People(3);
        Stop(_river.Warn(_river.Episode(), AlarmLevel.II));
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        Assert.Equal(0, esms.Asked);
    }

    [Fact]
    public async Task A_narrowed_bulletin_tells_only_its_areas()
    {
        _river.People(3);
        _river.People(4, ward: "20335");
        Change(_river.Warn(_river.Episode(), AlarmLevel.II), "area_codes = '20335'");
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        Assert.Equal(4, esms.Taken.Count);
    }

    [Fact]
    public async Task A_reminder_goes_to_its_one_number_and_owes_nothing()
    {
        _river.People(3);
        var episode = _river.Episode();
        Change(_river.Warn(episode, AlarmLevel.III), "kind = 'reminder', only_to = '+84912345678', own_vi = 'Cần quyết định trước 3 giờ.'");
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        var letter = Assert.Single(esms.Taken.Values);
        Assert.Equal(("+84912345678", "Can quyet dinh truoc 3 gio."), (letter.Phone.E164, letter.Wording.Sms));
        Assert.Equal((0, 0), (_river.Ask<int>("SELECT count(*) FROM debts"), _river.Ask<int>("SELECT count(*) FROM told")));
        // Whom only officers' reminders know is told of no flood.
        _river.Warn(episode, AlarmLevel.III);
        await engine.Settle();
        Assert.Equal(4, esms.Taken.Count);
    }

    [Fact]
    public async Task A_warning_and_an_announcement_do_not_take_each_others_place()
    {
        _river.People(2);
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.II);
        Change(_river.Warn(episode, AlarmLevel.II), "kind = 'announcement', cause = 'announcement', own_vi = 'Đập an toàn.', own_en = 'The dam is safe.'");
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        Assert.Equal((4, 0), (esms.Taken.Count, Count("replaced")));
        Assert.Equal(2, _river.Ask<int>("SELECT count(*) FROM debts"));
    }

    [Fact]
    public void A_person_may_write_into_a_slot_and_nothing_else_changes()
    {
        var bulletin = new Bulletin(
            1, 1, River.Station, River.Rule, Cause.Threshold, BulletinKind.Warning, AlarmLevel.II, new Stage(2210), null, River.Now, River.Now, "Lan", River.Now);
        var plain = BulletinText.Of(bulletin, _river.Site, "vi");
        var edited = BulletinText.Of(bulletin with { Slots = ImmutableDictionary<string, string>.Empty.Add("station", "cầu Tam Kỳ") }, _river.Site, "vi");
        Assert.Equal(plain.Text.Replace("trạm Tam Kỳ", "trạm cầu Tam Kỳ", StringComparison.Ordinal), edited.Text);
        Assert.Equal(("cầu Tam Kỳ", plain.ZaloTemplate), (edited.Slots["station"], edited.ZaloTemplate));
    }

    [Fact]
    public void A_persons_own_words_have_no_Zalo_template_and_are_said_in_Vietnamese_where_there_is_no_English()
    {
        var bulletin = new Bulletin(
            1, 1, River.Station, "announcement", Cause.Announcement, BulletinKind.Announcement, AlarmLevel.II, null, null, River.Now, River.Now, "Lan", River.Now)
        {
            Own = new("Đập Phú Ninh an toàn.", null),
        };
        var words = BulletinText.Of(bulletin, _river.Site, "en");
        Assert.Equal(("Đập Phú Ninh an toàn.", "Dap Phu Ninh an toan.", null), (words.Text, words.Sms, words.ZaloTemplate));
    }

    void Stop(long bulletin) => Change(bulletin, "stopped_at = 1, stopped_by = 'Lan', stop_reason = 'nhầm'");

    void Change(long bulletin, string what) => _river.Operations.Write(connection => connection.Execute($"UPDATE bulletins SET {what} WHERE id = @bulletin", new { bulletin }));

    int Count(string state) => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = @state", new { state });

    public void Dispose() => _river.Dispose();
}

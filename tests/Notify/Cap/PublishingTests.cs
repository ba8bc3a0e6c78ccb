using CanhLu.Backtest;
using CanhLu.FirmwareSim.October;
using CanhLu.Notify;
using CanhLu.Notify.Cap;
using CanhLu.Tests.Duty;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Notify.Cap;

public sealed class PublishingTests
{
    [Fact]
    public async Task The_flood_of_October_is_an_alert_two_updates_and_a_cancel_that_names_all_three()
    {
        using var press = new Press();
        var keys = new SeriesKeys(press.Office.Site);
        var rehearsal = new Rehearsal(press.Office.Site, keys);
        var series = keys.Find("tam-ky", "stage");
        for (var at = OctoberFlood.Begins; at <= OctoberFlood.Ends; at += Duration.FromMinutes(10))
            rehearsal.Take([new Reading(series, at, at, Math.Round(OctoberFlood.TamKyStageAt(at), 2) * 1000, Flag.Good)]);
        foreach (var alarm in rehearsal.Alarms.Where(alarm => alarm.Key == new AlarmKey("tam-ky", "bao-dong")))
        {
            press.Office.Clock.Reset(alarm.Evidence.MeasuredAt + Duration.FromSeconds(2));
            press.Office.Hear(alarm);
            Assert.InRange(press.Publish(), 0, 1);
        }

        var messages = await press.Sound();
        Assert.Equal(["Alert", "Update", "Update", "Cancel"], messages.Select(message => message.MsgType));
        Assert.Equal(
            [("Expected", "Minor"), ("Expected", "Moderate"), ("Immediate", "Severe"), ("Past", "Minor")],
            messages.Select(message => Press.Info(message, "vi-VN")).Select(info => (Press.Of(info, "urgency"), Press.Of(info, "severity"))));
        var cancel = System.Text.Encoding.UTF8.GetString(messages[^1].Xml);
        Assert.All(messages[..3], earlier => Assert.Contains($"{earlier.Sender},{earlier.Identifier},{earlier.Sent}", cancel, StringComparison.Ordinal));
        var words = BulletinText.Of(press.Office.Log.Bulletins(10)[1].Content, press.Office.Site, "vi").Text;
        Assert.Equal(words, Press.Of(Press.Info(messages[2], "vi-VN"), "description"));
        Assert.Contains("evacuate", Press.Of(Press.Info(messages[2], "en-US"), "description"), StringComparison.Ordinal);
        Assert.Equal("Báo động III: Lũ trên sông Tam Kỳ", messages[2].Title);
        Assert.Equal(4, Press.Info(messages[0], "vi-VN").Elements().Count(one => one.Name.LocalName == "area"));
        Assert.Contains("<valueName>GSO-VN</valueName>", cancel, StringComparison.Ordinal);
    }

    [Property(MaxTest = 8)]
    public async Task In_any_storm_of_bulletins_with_restarts_every_message_is_sound_and_none_is_altered(int seed)
    {
        var random = new Random(seed);
        using var press = new Press(policy: random.Next(2) == 0 ? Policy.Auto : Policy.Ask);
        var before = new List<CapMessage>();
        for (var minute = 1; minute <= 50; minute++)
        {
            press.Office.Clock.Reset(Say.At(minute) + Duration.FromMilliseconds(random.Next(60_000)));
            press.Office.Hear(Say.Ladder((AlarmLevel)random.Next(4), minute, random.Next(1000, 4200), station: random.Next(2) == 0 ? "tam-ky" : "an-ha"));
            foreach (var waiting in press.Office.Log.WaitingProposals())
                if (random.Next(3) > 0)
                    press.Office.Decisions.Approve(waiting.Id, "Lan");
            if (random.Next(3) > 0)
                continue;
            press.Publish();
            Assert.Equal(0, press.Publish());
            var now = press.All;
            Assert.Equal(before.Select(Row), now.Take(before.Count).Select(Row));
            before = now;
        }
        press.Publish();
        var messages = press.All;
        Assert.NotEmpty(messages);
        Assert.Equal(press.Office.Log.Bulletins(1000).Reverse().Where(ToBePublished()).Select(bulletin => bulletin.Id), messages.Select(message => message.BulletinId));
        await press.Sound();

        static string Row(CapMessage message) => $"{message.Identifier} {message.Sent} {message.MsgType} {Convert.ToBase64String(message.Xml)}";
    }

    [Fact]
    public async Task The_end_of_a_later_flood_also_takes_back_the_one_that_had_no_all_clear()
    {
        using var press = new Press(policy: Policy.Ask);
        Hear(I, 1);
        Approve();
        Hear(None, 2);
        Hear(II, 3);
        Approve();
        Hear(None, 4);
        Approve();
        var messages = await press.Sound();
        Assert.Equal(["Alert", "Alert", "Cancel"], messages.Select(message => message.MsgType));
        Assert.Equal(messages[..2].Select(message => message.Identifier), References(messages[2]));

        void Hear(AlarmLevel level, int minute) => press.Office.Hear(Say.Ladder(level, minute, 2300));

        void Approve()
        {
            press.Office.Decisions.Approve(press.Office.Log.WaitingProposals()[0].Id, "Lan");
            press.Publish();
        }
    }

    [Fact]
    public async Task A_stopped_broadcast_is_taken_back_once_and_what_was_said_before_it_still_stands()
    {
        using var press = new Press();
        press.Office.Hear(Say.Ladder(I, 1, 1800));
        press.Publish();
        press.Office.Hear(Say.Ladder(III, 2, 2800));
        press.Publish();
        press.Office.Decisions.Stop(2, "Lan", "nhầm trạm");
        Assert.Equal(1, press.Publish());
        Assert.Equal(0, press.Publish());
        press.Office.Hear(Say.Ladder(None, 9, 1500));
        press.Publish();

        var messages = await press.Sound();
        Assert.Equal(["Alert", "Update", "Cancel", "Cancel"], messages.Select(message => message.MsgType));
        Assert.Equal([[], [0], [1], [0]], messages.Select(message => References(message).Select(identifier => messages.FindIndex(one => one.Identifier == identifier))));
        Assert.Equal("Đã thu hồi: Báo động III: Lũ trên sông Tam Kỳ", messages[2].Title);
        Assert.Contains("không phải tin báo yên", Press.Of(Press.Info(messages[2], "vi-VN"), "description"), StringComparison.Ordinal);
        Assert.Contains("no all-clear", Press.Of(Press.Info(messages[2], "en-US"), "description"), StringComparison.Ordinal);
        FeedTests.WellFormed(AtomFeed.Write(press.Book.Newest(), press.Office.Site.PublicSender!, "0badcafe", new Uri("http://localhost/cap/"), Say.At(0)));
    }

    [Fact]
    public async Task When_all_that_was_said_is_withdrawn_there_is_nothing_to_give_the_all_clear_of()
    {
        using var press = new Press();
        press.Office.Hear(Say.Ladder(III, 1, 2800));
        press.Publish();
        press.Office.Decisions.Stop(1, "Lan", "nhầm trạm");
        press.Office.Hear(Say.Ladder(None, 9, 1500));
        press.Publish();
        Assert.Equal(["Alert", "Cancel"], (await press.Sound()).Select(message => message.MsgType));
    }

    [Fact]
    public async Task A_release_is_published_with_its_discharge_and_from_when_the_gates_open()
    {
        using var press = new Press();
        var notice = Assert.IsType<CanhLu.Duty.ReleaseAnswer.Done>(
            press.Office.Releases.Enter(new("phu-ninh", 100, 400, Say.At(180), null, "12/TB", "Lan", null))).Notice;
        press.Office.Decisions.Approve(press.Office.Log.WaitingProposals()[0].Id, "Lan");
        press.Publish();
        press.Office.Clock.AdvanceMinutes(30);
        press.Office.Releases.End(notice.Id, "Minh", "đóng cửa xả");
        press.Office.Decisions.Approve(press.Office.Log.WaitingProposals()[0].Id, "Lan");
        press.Publish();

        var messages = await press.Sound();
        Assert.Equal(["Alert", "Cancel"], messages.Select(message => message.MsgType));
        var info = Press.Info(messages[0], "en-US");
        Assert.Equal(
            ("Release of Phú Ninh reservoir", "Expected", "Moderate", "Likely", "2025-10-29T10:00:00+07:00"),
            (Press.Of(info, "event"), Press.Of(info, "urgency"), Press.Of(info, "severity"), Press.Of(info, "certainty"), Press.Of(info, "onset")));
        Assert.Contains("400", info.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_own_words_are_an_alert_of_their_own_to_the_areas_that_were_named_and_reminders_are_none()
    {
        using var press = new Press(policy: Policy.Ask);
        press.Office.DutyList.Enter("Lan", OfficerRole.Officer, "+84905000001", "Admin");
        press.Office.DutyList.AddShift(1, 1, Say.At(-60), Say.At(600), 1, "Admin");
        press.Office.Hear(Say.Ladder(III, 1, 2800));
        press.Office.Strike();
        press.Office.Decisions.Approve(1, "Lan");
        press.Office.Drafting.Announce("tam-ky", II, new("Đập <Phú Ninh> & kênh an toàn.", null), ["20350"], "Lan");
        press.Publish();
        var messages = await press.Sound();
        Assert.Equal(["bao-dong", "announcement"], messages.Select(message => message.Rule));
        Assert.Equal(("Alert", "Thông báo: Tin về sông Tam Kỳ"), (messages[1].MsgType, messages[1].Title));
        var info = Press.Info(messages[1], "en-US");
        Assert.Equal("Đập <Phú Ninh> & kênh an toàn.", Press.Of(info, "description"));
        Assert.Equal("Phường Hương Trà", Press.Of(info.Elements().Single(one => one.Name.LocalName == "area"), "areaDesc"));
    }

    [Fact]
    public async Task In_a_drill_everything_is_an_exercise_and_is_marked_once()
    {
        using var press = new Press();
        press.Office.Site = press.Office.Site with { IsDrill = true };
        press.Office.Hear(Say.Ladder(III, 1, 2800));
        press.Publish();
        var message = Assert.Single(await press.Sound());
        Assert.Equal("Exercise", message.Status);
        var words = Press.Of(Press.Info(message, "vi-VN"), "description");
        Assert.StartsWith("[DIỄN TẬP] Mực nước", words, StringComparison.Ordinal);
        Assert.StartsWith("[DIỄN TẬP] ", Press.Of(Press.Info(message, "vi-VN"), "headline"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CapStatus.Exercise, "[DIỄN TẬP] ", "[EXERCISE] ")]
    [InlineData(CapStatus.Test, "[THỬ] ", "[TEST] ")]
    public async Task What_is_not_meant_says_so_in_its_status_and_in_every_text(CapStatus status, string vietnamese, string english)
    {
        using var press = new Press();
        press.Office.Hear(Say.Ladder(III, 1, 2800));
        press.Publish(new CapOptions { Status = status });
        var message = Assert.Single(await press.Sound());
        Assert.Equal(status.ToString(), message.Status);
        Assert.All((string[])["headline", "description"], part =>
        {
            Assert.StartsWith(vietnamese, Press.Of(Press.Info(message, "vi-VN"), part), StringComparison.Ordinal);
            Assert.StartsWith(english, Press.Of(Press.Info(message, "en-US"), part), StringComparison.Ordinal);
        });
        Assert.NotEmpty(Press.Of(Schema.Valid(message.Xml).Root!, "note"));
    }

    [Fact]
    public void Old_news_and_a_site_without_a_sender_publish_nothing()
    {
        using var press = new Press();
        press.Office.Site = press.Office.Site with { PublicSender = null };
        press.Office.Hear(Say.Ladder(I, 1, 1800));
        Assert.Equal(0, press.Publish());
        press.Office.Site = press.Office.Site with { PublicSender = Press.TamKy.PublicSender };
        press.Office.Clock.Advance(Duration.FromHours(7));
        Assert.Equal(0, press.Publish());
        Assert.Equal(0, press.Publish());
    }

    [Fact]
    public async Task No_word_of_a_site_breaks_a_message()
    {
        const string Hostile = "&amp; <b> ]]> \" ' \u0000\u0001\u000b\u001f\u007f\ud800 \udfff \ufffe 🌊 \r\n\t đ";
        using var press = new Press();
        var site = press.Office.Site;
        press.Office.Site = site with
        {
            Areas = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(site.Areas.Values.Select(area => area with { Name = Hostile }), area => area.Code),
            Stations = [.. site.Stations.Select(station => station with { Name = Hostile, River = Hostile, Datum = Hostile })],
            Templates = [.. site.Templates.Select(template => template with { Text = Hostile + template.Text })],
            PublicSender = site.PublicSender! with { Name = Hostile, NameEn = Hostile, Contact = Hostile },
        };
        press.Office.Hear(Say.Ladder(II, 1, 2300));
        press.Publish();
        var message = Assert.Single(await press.Sound());
        Assert.StartsWith(
            "&amp; <b> ]]> \" ' \ufffd\ufffd\ufffd\ufffd\u007f\ufffd \ufffd \ufffd 🌊 \n\t đ", Press.Of(Press.Info(message, "vi-VN"), "description"), StringComparison.Ordinal);
        FeedTests.WellFormed(AtomFeed.Write(press.Book.Newest(), press.Office.Site.PublicSender!, "0badcafe", new Uri("http://localhost/cap/"), Say.At(0)));
    }

    static IEnumerable<string> References(CapMessage message) =>
        Schema.Valid(message.Xml).Descendants().Where(one => one.Name.LocalName == "references").SelectMany(one => one.Value.Split(' ')).Select(reference => reference.Split(',')[1]);

    static Func<CanhLu.Duty.DecidedBulletin, bool> ToBePublished()
    {
        var warned = new HashSet<string>();
        return bulletin => bulletin.Kind == BulletinKind.Warning ? warned.Add(bulletin.Station) || true : warned.Remove(bulletin.Station);
    }
}

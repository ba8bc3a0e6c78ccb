using CanhLu.Duty;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class AlarmsInHandTests : IDisposable
{
    readonly DutyOffice _office = new();

    public AlarmsInHandTests()
    {
        _office.Change("nguoi", rule => rule with { Policy = Policy.Desk });
        _office.Change("im-lang", rule => rule with { Policy = Policy.Desk });
    }

    [Fact]
    public void A_shelved_alarm_comes_back_at_its_expiry_and_a_new_episode_of_it_does_not_before()
    {
        _office.Hear(Say.Limit(I, 0, "cam-1"));
        Assert.IsType<Answer.Done>(Shelve("nguoi", 60));
        _office.LookAgain();
        Assert.Equal(QuietReason.Shelved, Open("nguoi").Quiet);
        _office.Clock.Reset(Say.At(30));
        _office.Hear(Say.Limit(None, 20, "cam-1"), Say.Limit(I, 30, "cam-1"));
        Assert.Equal(QuietReason.Shelved, Open("nguoi").Quiet);
        _office.Clock.Reset(Say.At(59));
        _office.LookAgain();
        Assert.Equal(QuietReason.Shelved, Open("nguoi").Quiet);
        _office.Clock.Reset(Say.At(60));
        _office.LookAgain();
        Assert.Null(Open("nguoi").Quiet);
        Assert.Equal(["spoke again", "kept quiet", "opened"], _office.Log.AuditOf($"episode/{Open("nguoi").Id}").Select(entry => entry.Action));
    }

    [Fact]
    public void A_flood_and_whatever_people_are_told_of_is_never_shelved()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Rate(I, 0, 1500), Say.Silence(I, 0, 0));
        Assert.IsType<Answer.Refused>(Shelve("bao-dong", 60));
        Assert.IsType<Answer.Refused>(Shelve("len-nhanh", 60));
        Assert.IsType<Answer.Done>(Shelve("im-lang", 60));
        _office.LookAgain();
        Assert.Equal(QuietReason.Shelved, Open("im-lang").Quiet);
        Assert.Null(Open("bao-dong").Quiet);
        Assert.Equal(Outcome.Bulletin, Assert.Single(_office.Hear(Say.Ladder(III, 5))).Outcome);
    }

    [Theory]
    [InlineData(Policy.Auto, "Bulletin")]
    [InlineData(Policy.Ask, "Proposal")]
    public void A_rule_that_begins_to_tell_people_is_off_the_shelf(Policy policy, string outcome)
    {
        _office.Hear(Say.Limit(I, 0, "cam-1"));
        Shelve("nguoi", 60);
        _office.LookAgain();
        _office.Change("nguoi", rule => rule with { Policy = policy });
        Assert.Equal(outcome, Assert.Single(_office.LookAgain()).ToString());
        Assert.IsType<Answer.Refused>(_office.AlarmsInHand.Shelve(_office.Site, Open("nguoi").Id, Say.At(90), "x", "Lan"));
    }

    [Fact]
    public void An_alarm_is_shelved_once_taken_back_once_and_never_without_end_or_reason()
    {
        _office.Hear(Say.Limit(I, 0, "cam-1"));
        Assert.IsType<Answer.NoReason>(_office.AlarmsInHand.Shelve(_office.Site, 1, Say.At(60), " ", "Lan"));
        Assert.IsType<Answer.Refused>(Shelve("nguoi", 0));
        Assert.IsType<Answer.Refused>(Shelve("nguoi", 60 * 24 * 8));
        Assert.IsType<Answer.NotFound>(_office.AlarmsInHand.Shelve(_office.Site, 99, Say.At(60), "x", "Lan"));
        Assert.IsType<Answer.NotFound>(_office.AlarmsInHand.Unshelve(1, "Lan"));
        Shelve("nguoi", 60);
        Assert.Equal("Lan", Assert.IsType<Answer.AlreadyDone>(Shelve("nguoi", 90)).By);
        Assert.Equal(("chờ thợ", "Lan"), (_office.Log.ShelfOf(new AlarmKey("cam-1", "nguoi"), _office.Clock.GetCurrentInstant())!.Reason, _office.Log.ShelfOf(new AlarmKey("cam-1", "nguoi"), _office.Clock.GetCurrentInstant())!.ShelvedBy));
        _office.LookAgain();
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Unshelve(1, "Minh"));
        _office.LookAgain();
        Assert.Null(Open("nguoi").Quiet);
        Assert.IsType<Answer.NotFound>(_office.AlarmsInHand.Unshelve(1, "Lan"));
        Assert.Contains(_office.Log.AuditOf("episode/1"), entry => entry is { Action: "shelved", Who: "Lan" });
        Assert.Contains(_office.Log.AuditOf("episode/1"), entry => entry is { Action: "unshelved", Who: "Minh" });
        _office.Hear(Say.Limit(None, 5, "cam-1"));
        Assert.IsType<Answer.Refused>(_office.AlarmsInHand.Shelve(_office.Site, 1, Say.At(60), "x", "Lan"));
    }

    [Fact]
    public void Comments_stand_in_the_order_in_which_they_were_written_each_in_the_audit()
    {
        _office.Hear(Say.Ladder(I, 0));
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Comment(1, "đã gọi phường", "Lan"));
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Comment(1, "phường đã nhận", "Minh"));
        Assert.IsType<Answer.Refused>(_office.AlarmsInHand.Comment(1, " ", "Lan"));
        Assert.IsType<Answer.NotFound>(_office.AlarmsInHand.Comment(99, "x", "Lan"));
        Assert.Equal([("Lan", "đã gọi phường"), ("Minh", "phường đã nhận")], _office.Log.Comments(1).Select(one => (one.Who, one.Text)));
        Assert.Equal(2, _office.Log.AuditOf("episode/1").Count(entry => entry.Action == "commented"));
    }

    [Fact]
    public void An_alarm_is_in_one_hand_and_in_an_officers_where_officers_are_entered()
    {
        _office.Hear(Say.Ladder(I, 0));
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Assign(1, "Minh", "Lan"));
        Assert.Equal("Minh", Open("bao-dong").AssignedTo);
        _office.DutyList.Enter("Hoa", OfficerRole.Officer, "+84901000001", "Lan");
        Assert.IsType<Answer.Refused>(_office.AlarmsInHand.Assign(1, "Minh", "Lan"));
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Assign(1, "hoa", "Lan"));
        Assert.Equal("Hoa", Open("bao-dong").AssignedTo);
        Assert.IsType<Answer.Done>(_office.AlarmsInHand.Assign(1, null, "Lan"));
        Assert.Null(Open("bao-dong").AssignedTo);
        Assert.Contains(_office.Log.AuditOf("episode/1"), entry => entry.Action == "assigned" && entry.Before!.Contains("Minh", StringComparison.Ordinal) && entry.After!.Contains("Hoa", StringComparison.Ordinal));
    }

    Answer Shelve(string rule, int until) => _office.AlarmsInHand.Shelve(_office.Site, Open(rule).Id, Say.At(until), "chờ thợ", "Lan");

    Episode Open(string rule) => _office.Log.OpenEpisodes().Single(episode => episode.Rule == rule);

    public void Dispose() => _office.Dispose();
}

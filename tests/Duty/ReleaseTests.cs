using CanhLu.Duty;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class ReleaseTests : IDisposable
{
    const string Source = "phu-ninh";

    readonly DutyOffice _office = Office();

    [Fact]
    public void A_notice_holds_from_its_entry_and_is_proposed_before_the_gates_open()
    {
        var entered = Entered(100, 400, startsIn: 180);
        Assert.Null(entered.Replaces);
        var episode = Assert.Single(_office.Log.OpenEpisodes());
        Assert.Equal(("tam-ky", "xa", Cause.Release, II, Say.At(0)), (episode.Subject, episode.Rule, episode.Cause, episode.Level, episode.OpenedAt));
        var proposal = Assert.Single(_office.Log.WaitingProposals());
        Assert.Equal((BulletinKind.Warning, II, null, new Outflow("Phú Ninh", 100, 400, Say.At(180))), (proposal.Kind, proposal.Level, proposal.Stage, proposal.Outflow));
        Assert.IsType<Answer.Done>(_office.Decisions.Approve(proposal.Id, "Lan"));
        Assert.Equal(proposal.Outflow, Assert.Single(_office.Log.Bulletins(10)).Content.Outflow);
        Assert.Equal(("entered", "Lan"), Last($"release/{entered.Id}"));
    }

    [Fact]
    public void Who_was_warned_of_a_release_is_owed_one_all_clear()
    {
        var notice = Entered(100, 400);
        _office.Decisions.Approve(1, "Lan");
        _office.Clock.AdvanceMinutes(60);
        Assert.IsType<ReleaseAnswer.Done>(_office.Releases.End(notice.Id, "Minh", "đóng cửa xả"));
        Assert.Empty(_office.Log.OpenEpisodes());
        Assert.Equal(BulletinKind.AllClear, Assert.Single(_office.Log.WaitingProposals()).Kind);
        Assert.Equal(("ended", "Minh"), Last($"release/{notice.Id}"));
        Assert.IsType<ReleaseAnswer.AlreadyEnded>(_office.Releases.End(notice.Id, "Lan", "again"));
    }

    [Fact]
    public void Who_was_not_warned_is_owed_nothing()
    {
        _office.Releases.End(Entered(100, 400).Id, "Minh", "nhầm");
        Assert.Empty(_office.Log.OpenEpisodes());
        Assert.Empty(_office.Log.WaitingProposals());
    }

    [Theory]
    [InlineData(150, 450, II)]
    [InlineData(400, 1000, III)]
    [InlineData(20, 60, I)]
    public void A_newer_notice_takes_the_place_of_the_older_and_of_what_waits(int least, int most, AlarmLevel level)
    {
        var first = Entered(100, 400);
        _office.Clock.AdvanceMinutes(10);
        var second = Entered(least, most);
        Assert.Equal(first.Id, second.Replaces);
        Assert.Equal([second], _office.Releases.InForce());
        Assert.Equal(level, Assert.Single(_office.Log.OpenEpisodes()).Level);
        var waiting = Assert.Single(_office.Log.WaitingProposals());
        Assert.Equal((level, most), (waiting.Level, waiting.Outflow!.Most));
    }

    [Fact]
    public void A_notice_that_is_not_in_force_is_not_replaced()
    {
        Assert.Equal(new ReleaseAnswer.NotInForce(null), _office.Releases.Enter(Notice(100, 400) with { Replaces = 7 }));
        var first = Entered(100, 400);
        var second = Assert.IsType<ReleaseAnswer.Done>(_office.Releases.Enter(Notice(50, 100) with { Replaces = first.Id })).Notice;
        Assert.Equal(new ReleaseAnswer.NotInForce(second), _office.Releases.Enter(Notice(500, 900) with { Replaces = first.Id }));
        Assert.Equal([second], _office.Releases.InForce());
    }

    [Fact]
    public void Closed_gates_end_a_release()
    {
        Entered(100, 400);
        _office.Decisions.Approve(1, "Lan");
        Assert.NotNull(Entered(0, 0).EndedAt);
        Assert.Empty(_office.Releases.InForce());
        Assert.Equal(BulletinKind.AllClear, Assert.Single(_office.Log.WaitingProposals()).Kind);
    }

    [Fact]
    public void A_release_below_every_level_is_recorded_and_no_alarm()
    {
        Entered(5, 29);
        Assert.Single(_office.Releases.InForce());
        Assert.Empty(_office.Log.Episodes(10));
    }

    [Fact]
    public void A_notice_of_an_unknown_reservoir_or_of_the_past_is_refused()
    {
        Assert.Equal([Source], Assert.IsType<ReleaseAnswer.UnknownSource>(_office.Releases.Enter(Notice(1, 2) with { Source = "song-tranh" })).Known);
        Assert.IsType<ReleaseAnswer.Past>(_office.Releases.Enter(Notice(1, 2) with { StartsAt = Say.At(-20), EndsAt = Say.At(0) }));
        Assert.IsType<ReleaseAnswer.NotFound>(_office.Releases.End(9, "Lan", "x"));
        Assert.Empty(_office.Releases.Notices(10));
    }

    [Fact]
    public void To_settle_again_or_after_a_restart_changes_nothing()
    {
        Entered(100, 400);
        _office.Decisions.Approve(1, "Lan");
        var before = _office.Dump();
        _office.Releases.Settle();
        Assert.Equal(before, _office.Dump());
        using var restarted = Office(_office.Folder);
        restarted.Releases.Settle();
        Assert.Equal(before, restarted.Dump());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_notice_whose_time_is_up_ends_by_itself()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.IsType<ReleaseAnswer.Done>(_office.Releases.Enter(Notice(100, 400) with { StartsAt = Say.At(10), EndsAt = Say.At(60) }));
        _office.Decisions.Approve(1, "Lan");
        await _office.Desk.StartAsync(cancellation);
        _office.Clock.AdvanceMinutes(60);
        while (!_office.Releases.InForce().IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            _office.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await _office.Desk.StopAsync(cancellation);
        Assert.Empty(_office.Log.OpenEpisodes());
        Assert.Equal(BulletinKind.AllClear, Assert.Single(_office.Log.WaitingProposals()).Kind);
        Assert.Equal(("ended", "auto"), Last("release/1"));
    }

    [Fact]
    public void A_rule_taken_off_the_site_ends_its_alarm_and_leaves_the_debt_to_a_person()
    {
        Entered(100, 400);
        _office.Decisions.Approve(1, "Lan");
        _office.Site = DutyOffice.SiteWith(Policy.Auto);
        _office.Releases.Settle();
        Assert.Empty(_office.Log.OpenEpisodes());
        Assert.Equal(BulletinKind.AllClear, Assert.Single(_office.Log.WaitingProposals()).Kind);
        var before = _office.Dump();
        _office.Releases.Settle();
        Assert.Equal(before, _office.Dump());
    }

    [Fact]
    public void Another_threshold_moves_the_level_of_the_notice_in_force()
    {
        Entered(100, 400);
        _office.Site = WithRule(new ReleaseLevels(null, null, 300));
        _office.Releases.Settle();
        Assert.Equal(III, Assert.Single(_office.Log.OpenEpisodes()).Level);
    }

    public void Dispose() => _office.Dispose();

    static DutyOffice Office(string? copyOf = null) => new(Policy.Ask, copyOf) { Site = WithRule(new ReleaseLevels(30, 200, 500)) };

    static Site WithRule(ReleaseLevels levels) =>
        DutyOffice.SiteWith(Policy.Ask) with { Rules = [new Rule.Release("xa", "Xả lũ", Policy.Ask, ["tam-ky"], Source, "Phú Ninh", levels)] };

    ReleaseNotice Entered(int least, int most, int startsIn = 60) =>
        Assert.IsType<ReleaseAnswer.Done>(_office.Releases.Enter(Notice(least, most, startsIn))).Notice;

    static ReleaseEntry Notice(int least, int most, int startsIn = 60) => new(Source, least, most, Say.At(startsIn), null, "12/TB", "Lan", null);

    (string, string) Last(string subject) => (_office.Log.AuditOf(subject)[0].Action, _office.Log.AuditOf(subject)[0].Who);
}

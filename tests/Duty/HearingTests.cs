using CanhLu.Duty;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class HearingTests : IDisposable
{
    DutyOffice _office = new();

    [Fact]
    public void A_rise_opens_an_episode_and_tells_residents_by_itself_under_auto()
    {
        var heard = Assert.Single(_office.Hear(Say.Ladder(I, 0, 1710)));
        Assert.Equal((Change.Opened, Outcome.Bulletin), (heard.Change, heard.Outcome));
        var episode = Assert.Single(_office.Log.OpenEpisodes());
        Assert.Equal((I, Say.At(0), new Stage(1710)), (episode.Level, episode.OpenedAt, episode.PeakStage));
        var bulletin = Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(
            new Bulletin(
                1, episode.Id, "tam-ky", "bao-dong", Cause.Threshold, BulletinKind.Warning, I, new Stage(1710), new RateOfRise(52), Say.At(0),
                DutyOffice.Start, "auto", Say.At(120)),
            bulletin.Content);
        Assert.Null(bulletin.ExpiredAt);
        Assert.Null(bulletin.PlannedAt);
    }

    [Fact]
    public void A_statement_heard_again_changes_nothing()
    {
        Alarm[] statements = [Say.Ladder(I, 0), Say.Ladder(III, 60), Say.Ladder(II, 120), Say.Ladder(None, 180)];
        foreach (var statement in statements)
        {
            _office.Hear(statement);
            var before = _office.Dump();
            var again = _office.Hear(statement, statement);
            Assert.All(again, heard => Assert.Equal((Change.Nothing, Outcome.Desk), (heard.Change, heard.Outcome)));
            Assert.Equal(before, _office.Dump());
        }
    }

    [Fact]
    public void A_statement_older_than_what_is_known_changes_nothing()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(III, 60));
        var before = _office.Dump();
        Assert.Equal(Change.Outdated, Assert.Single(_office.Hear(Say.Ladder(I, 0))).Change);
        Assert.Equal(Change.Outdated, Assert.Single(_office.Hear(Say.Ladder(None, 30))).Change);
        Assert.Equal(before, _office.Dump());
    }

    [Fact]
    public void A_restatement_counts_though_the_reading_behind_it_is_older()
    {
        _office.Hear(Say.Ladder(II, 60));
        var earlier = Say.Ladder(II, 50) with { RestatedAt = Say.At(65) };
        Assert.Equal(Change.Nothing, Assert.Single(_office.Hear(earlier)).Change);
        Assert.Equal(Say.At(50), Assert.Single(_office.Log.OpenEpisodes()).ChangedAt);
        Assert.Equal(earlier, Assert.Single(_office.Log.RememberedAlarms()));
        Assert.Single(_office.Log.Bulletins(10));
        var fallen = Say.Ladder(I, 40) with { RestatedAt = Say.At(70) };
        Assert.Equal(Change.Fell, Assert.Single(_office.Hear(fallen)).Change);
        var before = _office.Dump();
        Assert.Equal(Change.Nothing, Assert.Single(_office.Hear(fallen)).Change);
        Assert.Equal(before, _office.Dump());
    }

    [Fact]
    public void A_newer_reading_at_the_same_level_is_remembered_and_told_to_nobody()
    {
        _office.Hear(Say.Ladder(II, 0, 2300), Say.Ladder(II, 10, 2350), Say.Ladder(II, 20, 2250, peak: 2350));
        var episode = Assert.Single(_office.Log.OpenEpisodes());
        Assert.Equal((new Stage(2350), Say.At(0)), (episode.PeakStage, episode.ChangedAt));
        Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(Say.Ladder(II, 20, 2250, peak: 2350), Assert.Single(_office.Log.RememberedAlarms()));
    }

    [Fact]
    public void A_jump_over_levels_makes_one_bulletin_for_the_highest()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(III, 10));
        Assert.Equal([III, I], _office.Log.Bulletins(10).Select(bulletin => bulletin.Level));
    }

    [Fact]
    public void A_fall_is_for_the_desk_alone_and_a_new_rise_is_news_again()
    {
        _office.Hear(Say.Ladder(III, 0), Say.Ladder(II, 10));
        Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal((II, III), (_office.Log.OpenEpisodes()[0].Level, _office.Log.OpenEpisodes()[0].PeakLevel));
        _office.Hear(Say.Ladder(III, 20), Say.Ladder(I, 30), Say.Ladder(II, 40));
        Assert.Equal([(1, III), (2, III), (3, II)], _office.Log.Bulletins(10).Reverse().Select(bulletin => (bulletin.Sequence, bulletin.Level)));
        Assert.Single(_office.Log.Episodes(10));
    }

    [Fact]
    public void The_end_tells_everyone_who_was_warned_once()
    {
        _office.Hear(Say.Ladder(II, 0), Say.Ladder(I, 50), Say.Ladder(None, 100, 1600, peak: 2400), Say.Ladder(None, 110, 1500));
        Assert.Empty(_office.Log.OpenEpisodes());
        var episode = Assert.Single(_office.Log.Episodes(10));
        Assert.Equal((None, II, new Stage(2400), Say.At(100)), (episode.Level, episode.PeakLevel, episode.PeakStage, episode.EndedAt));
        var clear = _office.Log.Bulletins(10)[0];
        Assert.Equal((BulletinKind.AllClear, None, new Stage(1600), Say.At(100 + (12 * 60))), (clear.Kind, clear.Level, clear.Stage, clear.NotAfter));
        Assert.Equal(2, _office.Log.Bulletins(10).Length);
    }

    [Fact]
    public void A_new_rise_after_the_end_is_a_new_episode()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(None, 10), Say.Ladder(I, 20), Say.Ladder(None, 30));
        Assert.Equal(2, _office.Log.Episodes(10).Length);
        Assert.Equal(
            [BulletinKind.Warning, BulletinKind.AllClear, BulletinKind.Warning, BulletinKind.AllClear],
            _office.Log.Bulletins(10).Reverse().Select(bulletin => bulletin.Kind));
    }

    [Fact]
    public void Nothing_heard_first_is_only_remembered()
    {
        _office.Hear(Say.Ladder(None, 0));
        Assert.Empty(_office.Log.Episodes(10));
        Assert.Empty(_office.Log.Audit(10));
        Assert.Single(_office.Log.RememberedAlarms());
    }

    [Fact]
    public void A_newer_bulletin_replaces_the_older_ones_of_its_station()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(I, 0, station: "hoi-an"), Say.Ladder(II, 10), Say.Ladder(III, 20));
        Assert.Equal([null, 4L, null, 3L], _office.Log.Bulletins(10).Select(bulletin => bulletin.ReplacedBy));
    }

    [Fact]
    public void Under_desk_residents_are_told_nothing()
    {
        Use(Policy.Desk);
        _office.Hear(Say.Ladder(III, 0), Say.Ladder(None, 10));
        Assert.Single(_office.Log.Episodes(10));
        Assert.Empty(_office.Log.Bulletins(10));
        Assert.Empty(_office.Log.Proposals(10));
    }

    [Fact]
    public void A_rule_that_the_site_does_not_know_is_for_the_desk()
    {
        _office.Site = _office.Site with { Rules = [] };
        _office.Hear(Say.Ladder(III, 0));
        Assert.Single(_office.Log.OpenEpisodes());
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void Under_ask_a_rise_waits_for_a_person_and_a_newer_one_withdraws_it()
    {
        Use(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0));
        Assert.Equal(I, Assert.Single(_office.Log.WaitingProposals()).Level);
        _office.Hear(Say.Ladder(II, 10));
        var waiting = Assert.Single(_office.Log.WaitingProposals());
        Assert.Equal((II, II, Say.At(130)), (waiting.Level, waiting.LevelNow, waiting.NotAfter));
        var withdrawn = _office.Log.Proposal(1)!;
        Assert.Equal((ProposalState.Withdrawn, "auto", "the alarm rose"), (withdrawn.State, withdrawn.DecidedBy, withdrawn.Reason));
        _office.Hear(Say.Ladder(I, 20));
        Assert.Equal((2L, I), (Assert.Single(_office.Log.WaitingProposals()).Id, _office.Log.WaitingProposals()[0].LevelNow));
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void The_end_withdraws_a_warning_that_still_waits_and_owes_nothing()
    {
        Use(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(None, 10));
        Assert.Empty(_office.Log.WaitingProposals());
        Assert.Equal("the alarm ended", Assert.Single(_office.Log.Proposals(10)).Reason);
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void Under_ask_the_all_clear_waits_too_once_a_warning_was_decided()
    {
        Use(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0));
        _office.Decisions.Approve(1, "Lan");
        _office.Hear(Say.Ladder(None, 10));
        Assert.Equal((BulletinKind.AllClear, None), (_office.Log.WaitingProposals()[0].Kind, _office.Log.WaitingProposals()[0].Level));
    }

    [Fact]
    public void An_all_clear_that_waits_is_withdrawn_when_the_water_rises_again_and_stays_owed()
    {
        Use(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0));
        _office.Decisions.Approve(1, "Lan");
        _office.Hear(Say.Ladder(None, 10), Say.Ladder(II, 20));
        Assert.Equal((ProposalState.Withdrawn, "the alarm rose again"), (_office.Log.Proposal(2)!.State, _office.Log.Proposal(2)!.Reason));
        _office.Decisions.Decline(3, "Lan", "a boat's wave");
        _office.Hear(Say.Ladder(None, 30));
        var owed = Assert.Single(_office.Log.WaitingProposals());
        Assert.Equal((BulletinKind.AllClear, 2L), (owed.Kind, owed.Episode));
        _office.Decisions.Approve(owed.Id, "Lan");
        _office.Hear(Say.Ladder(I, 40), Say.Ladder(None, 50));
        Assert.Empty(_office.Log.WaitingProposals());
    }

    [Fact]
    public void An_all_clear_is_owed_though_the_rule_was_taken_to_the_desk_or_off_the_site()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(I, 0, station: "hoi-an"));
        _office.Site = DutyOffice.SiteWith(Policy.Desk);
        _office.Hear(Say.Ladder(None, 10));
        _office.Site = _office.Site with { Rules = [] };
        _office.Hear(Say.Ladder(None, 10, station: "hoi-an"));
        Assert.All(_office.Log.WaitingProposals(), waiting => Assert.Equal(BulletinKind.AllClear, waiting.Kind));
        Assert.Equal(["hoi-an", "tam-ky"], _office.Log.WaitingProposals().Select(waiting => waiting.Station).Order());
    }

    [Fact]
    public void Old_news_is_recorded_and_never_sent()
    {
        _office.Clock.AdvanceMinutes(121);
        Assert.Equal(Outcome.OldNews, Assert.Single(_office.Hear(Say.Ladder(I, 0))).Outcome);
        var bulletin = Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(_office.Clock.GetCurrentInstant(), bulletin.ExpiredAt);
        Assert.Equal("decided old news", Assert.Single(_office.Log.AuditOf("bulletin/1")).Action);
    }

    [Fact]
    public void A_warning_at_its_last_moment_is_still_news()
    {
        _office.Clock.AdvanceMinutes(120);
        Assert.Equal(Outcome.Bulletin, Assert.Single(_office.Hear(Say.Ladder(I, 0))).Outcome);
    }

    [Fact]
    public void Old_news_replaces_nothing()
    {
        _office.Hear(Say.Ladder(I, 0));
        _office.Clock.AdvanceMinutes(200);
        _office.Hear(Say.Ladder(II, 10));
        Assert.Null(_office.Log.Bulletins(10)[1].ReplacedBy);
    }

    [Fact]
    public void After_warnings_that_all_expired_the_all_clear_expires_when_it_is_past_and_stands_when_it_is_not()
    {
        _office.Clock.AdvanceMinutes(1000);
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(None, 10), Say.Ladder(I, 800), Say.Ladder(None, 810));
        Assert.Equal(
            [(BulletinKind.Warning, true), (BulletinKind.AllClear, true), (BulletinKind.Warning, true), (BulletinKind.AllClear, false)],
            _office.Log.Bulletins(10).Reverse().Select(bulletin => (bulletin.Kind, bulletin.ExpiredAt is not null)));
    }

    [Fact]
    public void People_who_were_warned_are_still_owed_after_an_all_clear_that_was_too_old()
    {
        _office.Hear(Say.Ladder(I, 0));
        _office.Clock.AdvanceMinutes(2000);
        _office.Hear(Say.Ladder(None, 10));
        Assert.NotNull(_office.Log.Bulletins(1)[0].ExpiredAt);
        _office.Site = DutyOffice.SiteWith(Policy.Desk);
        _office.Hear(Say.Ladder(I, 1990), Say.Ladder(None, 1995));
        Assert.Equal(BulletinKind.AllClear, Assert.Single(_office.Log.WaitingProposals()).Kind);
    }

    [Fact]
    public void A_proposal_of_old_news_does_not_wait()
    {
        Use(Policy.Ask);
        _office.Clock.AdvanceMinutes(121);
        Assert.Equal(Outcome.LateProposal, Assert.Single(_office.Hear(Say.Ladder(I, 0))).Outcome);
        Assert.Equal(ProposalState.Expired, Assert.Single(_office.Log.Proposals(10)).State);
    }

    [Fact]
    public void A_rate_alarm_tells_its_stage_and_a_silence_or_a_limit_has_none()
    {
        _office.Hear(Say.Rate(I, 0, 1800), Say.Silence(I, 30, 0), Say.Limit(I, 0, "cam-1"));
        Assert.Equal(
            [(Cause.Rate, "tam-ky", new Stage(1800)), (Cause.Silence, "tam-ky", null), (Cause.Limit, "tam-ky", (Stage?)null)],
            _office.Log.Bulletins(10).Reverse().Select(bulletin => (bulletin.Cause, bulletin.Station, bulletin.Stage)));
    }

    [Theory]
    [InlineData("ap-1")]
    [InlineData("gone")]
    public void A_device_at_no_station_has_nobody_to_tell(string device)
    {
        Assert.Equal(Outcome.NoStation, Assert.Single(_office.Hear(Say.Limit(I, 0, device))).Outcome);
        Assert.Empty(_office.Log.Bulletins(10));
        Assert.Contains(_office.Log.AuditOf("episode/1"), entry => entry.Action == "told nobody");
    }

    [Fact]
    public void A_silence_ends_though_the_reading_that_ended_it_was_measured_before()
    {
        _office.Hear(Say.Silence(I, 60, 30), Say.Silence(None, 70, 20), Say.Silence(I, 100, 20));
        Assert.Equal([I, None], _office.Log.Episodes(10).Select(episode => episode.Level));
    }

    [Fact]
    public void A_limit_that_ends_with_another_alarm_ends_though_that_one_was_measured_before()
    {
        var stands = Say.Limit(I, 10, "cam-1");
        _office.Hear(stands, stands with { Level = None, From = I, Since = Say.At(9) });
        Assert.Empty(_office.Log.OpenEpisodes());
        Assert.Equal(Change.Outdated, Assert.Single(_office.Hear(Say.Limit(I, 5, "cam-1"))).Change);
    }

    [Fact]
    public void Every_change_is_audited_with_what_was_before_and_after()
    {
        Use(Policy.Ask);
        _office.Hear(Say.Ladder(I, 0, 1710), Say.Ladder(II, 10, 2210), Say.Ladder(I, 20, 2100), Say.Ladder(None, 30, 1600));
        Assert.Equal(
            ["opened", "proposed", "rose", "withdrew", "proposed", "fell", "ended", "withdrew"],
            _office.Log.Audit(20).Reverse().Select(entry => entry.Action));
        var rose = _office.Log.AuditOf("episode/1").Single(entry => entry.Action == "rose");
        Assert.Equal("""{"level":"I","since":"2025-10-29T00:00:00Z"}""", rose.Before);
        Assert.Equal("""{"level":"II","since":"2025-10-29T00:10:00Z","grade":"B","stage_mm":2210,"measured_at":"2025-10-29T00:10:00Z"}""", rose.After);
    }

    [Fact]
    public void What_is_remembered_is_what_was_heard()
    {
        Alarm[] statements = [Say.Limit(I, 5, "cam-1"), Say.Ladder(III, 1, 2712, 2790), Say.Silence(I, 30, 0)];
        _office.Hear(statements);
        Assert.Equal(statements, _office.Log.RememberedAlarms());
    }

    [Fact]
    public void Pages_follow_each_other_newest_first()
    {
        for (var i = 0; i < 5; i++)
            _office.Hear(Say.Ladder(I, i * 10), Say.Ladder(None, (i * 10) + 5));
        Assert.Equal([5, 4], _office.Log.Episodes(2).Select(episode => episode.Id));
        Assert.Equal([3, 2], _office.Log.Episodes(2, before: 4).Select(episode => episode.Id));
        Assert.Equal([10, 9, 8], _office.Log.Bulletins(3).Select(bulletin => bulletin.Id));
        Assert.Equal([2, 1], _office.Log.Audit(5, before: 3).Select(entry => entry.Id));
        Assert.Equal([BulletinKind.AllClear, BulletinKind.Warning], _office.Log.BulletinsOf(2).Select(bulletin => bulletin.Kind));
        Assert.Equal(2, _office.Log.Episode(2)!.Id);
        Assert.Null(_office.Log.Episode(6));
    }

    public void Dispose() => _office.Dispose();

    void Use(Policy policy)
    {
        _office.Dispose();
        _office = new DutyOffice(policy);
    }
}

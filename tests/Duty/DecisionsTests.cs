using CanhLu.Duty;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class DecisionsTests : IDisposable
{
    readonly DutyOffice _office = new(Policy.Ask);

    [Fact]
    public async Task An_approved_proposal_is_a_bulletin_and_rings_the_bell()
    {
        _office.Hear(Say.Ladder(II, 0, 2210));
        _office.Clock.AdvanceMinutes(5);
        Assert.Equal(new Answer.Done(1), _office.Decisions.Approve(1, "Lan"));
        var bulletin = Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(
            new Bulletin(
                1, 1, "tam-ky", "bao-dong", Cause.Threshold, BulletinKind.Warning, II, new Stage(2210), new RateOfRise(52), Say.At(0), Say.At(5),
                "Lan", Say.At(120)),
            bulletin.Content);
        Assert.Equal(1, bulletin.Proposal);
        Assert.Equal((ProposalState.Approved, "Lan", Say.At(5)), (_office.Log.Proposal(1)!.State, _office.Log.Proposal(1)!.DecidedBy, _office.Log.Proposal(1)!.DecidedAt));
        await _office.Bell.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _office.Changes.Version);
    }

    [Fact]
    public void A_second_decision_is_told_who_was_first()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(I, 0, station: "hoi-an"));
        _office.Decisions.Approve(1, "Lan");
        _office.Decisions.Decline(2, "Lan", "a test");
        _office.Clock.AdvanceMinutes(1);
        Assert.Equal(new Answer.AlreadyDone("approved", "Lan", Say.At(0)), _office.Decisions.Approve(1, "Minh"));
        Assert.Equal(new Answer.AlreadyDone("approved", "Lan", Say.At(0)), _office.Decisions.Decline(1, "Minh", "no"));
        Assert.Equal(new Answer.AlreadyDone("declined", "Lan", Say.At(0)), _office.Decisions.Approve(2, "Minh"));
        Assert.Single(_office.Log.Bulletins(10));
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_one_is_first()
    {
        _office.Hear(Say.Ladder(I, 0));
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(
            () => i % 2 == 0 ? _office.Decisions.Approve(1, $"P{i}") : _office.Decisions.Decline(1, $"P{i}", "no"), TestContext.Current.CancellationToken)));
        Assert.Single(answers.OfType<Answer.Done>());
        var first = Assert.Single(answers.OfType<Answer.AlreadyDone>().Select(answer => answer.By).Distinct());
        Assert.Equal(first, _office.Log.Proposal(1)!.DecidedBy);
        Assert.Equal(_office.Log.Proposal(1)!.State == ProposalState.Approved ? 1 : 0, _office.Log.Bulletins(10).Length);
        Assert.Equal(2, _office.Log.AuditOf("proposal/1").Length);
    }

    [Fact]
    public void An_episode_is_acknowledged_once_open_or_ended()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(None, 10));
        _office.Clock.AdvanceMinutes(15);
        Assert.Equal(new Answer.Done(null), _office.Decisions.Acknowledge(1, "Lan", "đã gọi xã Tam Thăng"));
        Assert.Equal(new Answer.AlreadyDone("acknowledged", "Lan", Say.At(15)), _office.Decisions.Acknowledge(1, "Minh", null));
        var episode = _office.Log.Episode(1)!;
        Assert.Equal(("Lan", Say.At(15), "đã gọi xã Tam Thăng"), (episode.AcknowledgedBy, episode.AcknowledgedAt, episode.Note));
        Assert.Equal("""{"note":"đã gọi xã Tam Thăng"}""", _office.Log.AuditOf("episode/1")[0].After);
        Assert.Equal("Lan", _office.Log.AuditOf("episode/1")[0].Who);
    }

    [Fact]
    public void A_rise_keeps_an_acknowledgement()
    {
        _office.Hear(Say.Ladder(I, 0));
        _office.Decisions.Acknowledge(1, "Lan", null);
        _office.Hear(Say.Ladder(II, 10));
        Assert.Equal("Lan", _office.Log.Episode(1)!.AcknowledgedBy);
    }

    [Fact]
    public void What_does_not_exist_is_not_found()
    {
        Assert.Equal(new Answer.NotFound(), _office.Decisions.Acknowledge(9, "Lan", null));
        Assert.Equal(new Answer.NotFound(), _office.Decisions.Approve(9, "Lan"));
        Assert.Equal(new Answer.NotFound(), _office.Decisions.Decline(9, "Lan", "no"));
        Assert.Equal(0, _office.Changes.Version);
    }

    [Fact]
    public void A_proposal_can_be_approved_until_its_last_moment_and_not_after()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(I, 0, station: "hoi-an"));
        _office.Clock.AdvanceMinutes(120);
        Assert.IsType<Answer.Done>(_office.Decisions.Approve(1, "Lan"));
        _office.Clock.AdvanceTicks(1);
        Assert.Equal(new Answer.TooLate(Say.At(120)), _office.Decisions.Approve(2, "Lan"));
        Assert.Equal(new Answer.TooLate(Say.At(120)), _office.Decisions.Decline(2, "Lan", "no"));
        Assert.Equal(ProposalState.Expired, _office.Log.Proposal(2)!.State);
        Assert.Single(_office.Log.Bulletins(10));
    }

    [Fact]
    public void A_withdrawn_proposal_says_why()
    {
        _office.Hear(Say.Ladder(I, 0), Say.Ladder(II, 10));
        Assert.Equal(new Answer.Withdrawn(Say.At(0), "the alarm rose"), _office.Decisions.Approve(1, "Lan"));
    }

    [Fact]
    public void To_decline_needs_a_reason()
    {
        _office.Hear(Say.Ladder(I, 0));
        Assert.Equal(new Answer.NoReason(), _office.Decisions.Decline(1, "Lan", " "));
        Assert.Equal(new Answer.Done(null), _office.Decisions.Decline(1, "Lan", "nước triều"));
        Assert.Equal((ProposalState.Declined, "nước triều"), (_office.Log.Proposal(1)!.State, _office.Log.Proposal(1)!.Reason));
        _office.Hear(Say.Ladder(None, 10));
        Assert.Empty(_office.Log.WaitingProposals());
    }

    [Fact]
    public void On_a_full_disk_nothing_is_done_and_said_so()
    {
        _office.Hear(Say.Ladder(I, 0));
        var before = _office.Dump();
        _office.SetFull(true);
        Assert.Equal(new Answer.NotStored(), _office.Decisions.Acknowledge(1, "Lan", new string('x', 100_000)));
        Assert.Equal(before, _office.Dump());
        _office.SetFull(false);
        Assert.Equal(new Answer.Done(null), _office.Decisions.Acknowledge(1, "Lan", new string('x', 100_000)));
    }

    public void Dispose() => _office.Dispose();
}

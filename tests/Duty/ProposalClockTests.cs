using CanhLu.Duty;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class ProposalClockTests : IDisposable
{
    readonly DutyOffice _office = new(Policy.Ask);

    [Fact]
    public void Approved_in_time_it_is_sent_once_and_its_clock_is_silent()
    {
        Decide(persons: 1, within: 10, TimeUp.Send);
        _office.Hear(Say.Ladder(II, 0));
        _office.Clock.AdvanceMinutes(9);
        Assert.Empty(_office.Strike());
        Assert.Equal(new Answer.Done(1), _office.Decisions.Approve(1, "Lan"));
        _office.Clock.AdvanceMinutes(60);
        Assert.Empty(_office.Strike());
        Assert.Equal("Lan", Assert.Single(_office.Log.Bulletins(10)).DecidedBy);
    }

    [Fact]
    public void When_the_time_is_up_it_is_sent_where_the_site_says_so()
    {
        Decide(persons: 2, within: 10, TimeUp.Send);
        _office.Hear(Say.Ladder(III, 0));
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Send], _office.Strike());
        var bulletin = Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal((III, AuditEntry.Auto, 1L), (bulletin.Level, bulletin.DecidedBy, bulletin.Proposal));
        Assert.Equal(ProposalState.Approved, _office.Log.Proposal(1)!.State);
        Assert.IsType<Answer.AlreadyDone>(_office.Decisions.Approve(1, "Lan"));
        Assert.Empty(_office.Strike());
    }

    [Fact]
    public void No_clock_sends_what_is_so_no_longer()
    {
        Decide(persons: 1, within: 10, TimeUp.Send);
        _office.Hear(Say.Ladder(III, 0), Say.Ladder(II, 5));
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Drop], _office.Strike());
        Assert.Empty(_office.Log.Bulletins(10));
        Assert.Contains("fallen", _office.Log.Proposal(1)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_time_is_up_it_is_dropped_where_the_site_says_so()
    {
        Decide(persons: 1, within: 10, TimeUp.Drop);
        _office.Hear(Say.Ladder(I, 0));
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Drop], _office.Strike());
        Assert.Equal(ProposalState.Expired, _office.Log.Proposal(1)!.State);
        Assert.Equal(new Answer.TooLate(Say.At(10)), _office.Decisions.Approve(1, "Lan"));
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void Each_who_is_asked_has_his_own_time_and_the_last_step_comes_after_all_of_them()
    {
        OnDuty("Lan", "Minh", "Hoa");
        Decide(persons: 1, within: 10, TimeUp.Escalate, TimeUp.Escalate, TimeUp.Send);
        _office.Hear(Say.Ladder(III, 0));
        _office.Strike();
        Assert.Equal(["Lan"], Called());
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Escalate], _office.Strike());
        Assert.Equal(["Lan", "Minh"], Called());
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Escalate], _office.Strike());
        Assert.Equal(["Lan", "Minh", "Hoa"], Called());
        _office.Clock.AdvanceMinutes(9);
        Assert.Empty(_office.Strike());
        _office.Clock.AdvanceMinutes(1);
        Assert.Equal([TimeUp.Send], _office.Strike());
    }

    [Fact]
    public void After_a_stop_of_hours_the_next_who_is_asked_still_has_his_time()
    {
        OnDuty("Lan", "Minh");
        Decide(persons: 1, within: 10, TimeUp.Escalate, TimeUp.Send);
        _office.Hear(Say.Ladder(II, 0));
        _office.Clock.AdvanceMinutes(90);
        Assert.Equal([TimeUp.Escalate], _office.Strike());
        Assert.Empty(_office.Strike());
        Assert.Equal(Say.At(100), _office.Log.Proposal(1)!.DecideBy);
        Assert.Equal(new Answer.Done(3), _office.Decisions.Approve(1, "Minh"));
    }

    [Fact]
    public void After_its_last_step_it_waits_until_it_would_be_old_news()
    {
        Decide(persons: 1, within: 10, TimeUp.Escalate);
        _office.Hear(Say.Ladder(I, 0));
        _office.Clock.AdvanceMinutes(10);
        Assert.Equal([TimeUp.Escalate], _office.Strike());
        _office.Clock.AdvanceMinutes(100);
        Assert.Empty(_office.Strike());
        Assert.Equal(ProposalState.Waiting, _office.Log.Proposal(1)!.State);
        _office.Clock.AdvanceMinutes(11);
        _office.Strike();
        Assert.Equal(ProposalState.Expired, _office.Log.Proposal(1)!.State);
    }

    [Fact]
    public void Old_news_is_dropped_even_where_the_clock_would_send_it()
    {
        Decide(persons: 1, within: 119, TimeUp.Send);
        _office.Hear(Say.Ladder(I, -5));
        _office.Clock.AdvanceMinutes(119);
        _office.Strike();
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void Two_persons_are_two_people()
    {
        Decide(persons: 2, within: 10, TimeUp.Drop);
        _office.Hear(Say.Ladder(III, 0));
        Assert.Equal(new Answer.OneMore(1), _office.Decisions.Approve(1, "Lan"));
        Assert.Equal(new Answer.AlreadyDone("approved", "Lan", Say.At(0)), _office.Decisions.Approve(1, " lan "));
        Assert.Empty(_office.Log.Bulletins(10));
        Assert.Equal(new Answer.Done(1), _office.Decisions.Approve(1, "Minh"));
        Assert.Equal("Lan, Minh", Assert.Single(_office.Log.Bulletins(10)).DecidedBy);
    }

    [Fact]
    public void One_of_two_may_still_decline()
    {
        Decide(persons: 2, within: 10, TimeUp.Send);
        _office.Hear(Say.Ladder(III, 0));
        _office.Decisions.Approve(1, "Lan");
        Assert.Equal(new Answer.Done(null), _office.Decisions.Decline(1, "Minh", "the gauge is wrong"));
        _office.Clock.AdvanceMinutes(30);
        Assert.Empty(_office.Strike());
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void What_was_edited_must_be_approved_again()
    {
        _office.Site = _office.Site with { Stations = [Station("tam-ky", "20341", "20335")] };
        Decide(persons: 2, within: 10, TimeUp.Drop);
        _office.Hear(Say.Ladder(III, 0));
        _office.Decisions.Approve(1, "Lan");
        Assert.Equal(new Answer.Done(null, 1), _office.Drafting.Edit(1, null, ["20335"], null, "Hoa"));
        Assert.Equal(new Answer.OneMore(1), _office.Decisions.Approve(1, "Minh"));
        Assert.Equal(new Answer.Done(1), _office.Decisions.Approve(1, "Lan"));
        Assert.Equal(["20335"], Assert.Single(_office.Log.Bulletins(10)).Content.Areas!.Value);
    }

    [Fact]
    public void Only_a_supervisor_decides_where_the_site_says_so()
    {
        OnDuty("Lan");
        _office.DutyList.Enter("Bình", OfficerRole.Supervisor, "+84905000099", "Lan");
        _office.Site = _office.Site with { Deciding = [new(III, [], OfficerRole.Supervisor, 1, null, [])] };
        _office.Hear(Say.Ladder(III, 0));
        Assert.Contains("Bình", Assert.IsType<Answer.Refused>(_office.Decisions.Approve(1, "Lan")).Why, StringComparison.Ordinal);
        Assert.IsType<Answer.Done>(_office.Decisions.Approve(1, "bình"));
    }

    [Fact]
    public void The_grade_and_the_level_choose_the_clock()
    {
        _office.Site = _office.Site with
        {
            Deciding = [new(III, [Grade.C], OfficerRole.Officer, 2, Duration.FromMinutes(5), [TimeUp.Drop]), new(III, [], OfficerRole.Officer, 1, Duration.FromMinutes(3), [TimeUp.Send])],
        };
        _office.Hear(Say.Ladder(III, 0) with { Grade = Grade.C }, Say.Ladder(III, 0, station: "hoi-an"), Say.Ladder(I, 0, station: "cau-lau"));
        Assert.Equal(
            [(2, TimeUp.Drop, Say.At(5)), (1, TimeUp.Send, Say.At(3)), (1, null, null)],
            ((long[])[1, 2, 3]).Select(id => _office.Log.Proposal(id)!).Select(one => (one.Persons, one.Next, one.DecideBy)));
    }

    [Fact]
    public void A_stopped_broadcast_says_who_stopped_it_and_why()
    {
        _office.Hear(Say.Ladder(II, 0));
        _office.Decisions.Approve(1, "Lan");
        Assert.Equal(new Answer.NoReason(), _office.Decisions.Stop(1, "Minh", " "));
        Assert.Equal(new Answer.NotFound(), _office.Decisions.Stop(7, "Minh", "wrong"));
        Assert.Equal(new Answer.Done(1), _office.Decisions.Stop(1, "Minh", "nhầm trạm"));
        Assert.Equal(new Answer.AlreadyDone("stopped", "Minh", Say.At(0)), _office.Decisions.Stop(1, "Lan", "again"));
        Assert.Equal(("Minh", "nhầm trạm"), (_office.Log.Bulletins(1)[0].StoppedBy, _office.Log.Bulletins(1)[0].StopReason));
        _office.Hear(Say.Ladder(None, 30));
        Assert.Equal(BulletinKind.AllClear, _office.Log.WaitingProposals().Single().Kind);
    }

    [Fact]
    public void An_officer_is_reminded_again_when_half_of_the_time_has_passed_and_not_when_he_has_answered()
    {
        OnDuty("Lan", "Minh");
        Decide(persons: 1, within: 10, TimeUp.Drop);
        _office.Hear(Say.Ladder(II, 0), Say.Ladder(II, 0, station: "hoi-an"));
        _office.Strike();
        var codes = _office.Operations.Read(connection => Dapper.SqlMapper.Query<string>(connection, "SELECT code FROM calls ORDER BY id").ToList());
        Assert.Equal(new Answer.NotFound(), _office.DutyList.Acknowledge(codes[0], "+84905000002"));
        Assert.Equal(new Answer.Done(null, 1), _office.DutyList.Acknowledge(codes[0], "+84905000001"));
        Assert.IsType<Answer.AlreadyDone>(_office.DutyList.Acknowledge(codes[0]));
        _office.Clock.AdvanceMinutes(5);
        _office.Strike();
        _office.Strike();
        Assert.Equal(3, _office.Log.Bulletins(10).Count(bulletin => bulletin.Kind == BulletinKind.Reminder));
        Assert.Equal(ProposalState.Waiting, _office.Log.Proposal(1)!.State);
        Assert.Contains("NHẮC LẠI", _office.Log.Bulletins(1)[0].OwnVi, StringComparison.Ordinal);
    }

    [Fact]
    public void An_announcement_is_sent_at_once_by_one_and_waits_for_the_second_where_the_site_wants_two()
    {
        _office.Site = _office.Site with { Stations = [Station("tam-ky", "20341", "20335")], Deciding = [new(III, [], OfficerRole.Officer, 2, null, [])] };
        Assert.Equal(new Answer.Done(1, 1), _office.Drafting.Announce("tam-ky", I, new("Đập Phú Ninh an toàn.", null), null, "Lan"));
        Assert.Equal(new Answer.OneMore(1), _office.Drafting.Announce("tam-ky", III, new("Sơ tán khu Hòa Hương.", null), ["20335"], "Lan"));
        Assert.Equal(new Answer.Done(2), _office.Decisions.Approve(2, "Minh"));
        var bulletin = _office.Log.Bulletins(1)[0].Content;
        Assert.Equal((BulletinKind.Announcement, Cause.Announcement, III, "Sơ tán khu Hòa Hương."), (bulletin.Kind, bulletin.Cause, bulletin.Level, bulletin.Own!.Vi));
        Assert.Null(_office.Log.Bulletins(10)[1].ReplacedBy);
        Assert.Empty(_office.Log.OpenEpisodes());
    }

    // Every way through, with a restart from what is on disk after each step: what comes of it is the same.
    [Fact]
    public void A_restart_between_any_two_steps_changes_nothing()
    {
        for (var seed = 0; seed < Effort.Of(2, 12, 100); seed++)
        {
            var whole = Script(seed, int.MaxValue);
            for (var restart = 0; restart < 14; restart++)
                Assert.Equal(whole, Script(seed, restart));
        }
    }

    static string Script(int seed, int restartAfter)
    {
        var random = new Random(seed);
        var office = new DutyOffice(Policy.Ask);
        Deciding deciding = new(
            null, [], OfficerRole.Officer, random.Next(1, 3), Duration.FromMinutes(10), [.. Enumerable.Repeat(TimeUp.Escalate, random.Next(3)), (TimeUp)random.Next(1, 3)]);
        office.Site = office.Site with { Deciding = [deciding] };
        OnDuty(office, "Lan", "Minh");
        try
        {
            for (var step = 0; step < 14; step++)
            {
                if (step == restartAfter)
                {
                    var again = new DutyOffice(Policy.Ask, copyOf: office.Folder) { Site = office.Site };
                    again.Clock.Reset(office.Clock.GetCurrentInstant());
                    office.Dispose();
                    office = again;
                }
                var minute = (int)(office.Clock.GetCurrentInstant() - DutyOffice.Start).TotalMinutes;
                switch (random.Next(7))
                {
                    case 0:
                        office.Hear(Say.Ladder((AlarmLevel)random.Next(4), minute));
                        break;
                    case 1:
                        office.Decisions.Approve(random.Next(1, 4), random.Next(2) == 0 ? "Lan" : "Minh");
                        break;
                    case 2:
                        office.Decisions.Stop(random.Next(1, 4), "Minh", "a test");
                        break;
                    case 3:
                        office.Decisions.Decline(random.Next(1, 4), "Lan", "a test");
                        break;
                    default:
                        office.Clock.AdvanceMinutes(random.Next(1, 12));
                        office.Strike();
                        break;
                }
            }
            // Codes are made by chance.
            return System.Text.RegularExpressions.Regex.Replace(office.Dump(), "[0-9]{6} để|Reply [0-9]{6}|code=[0-9]{6}", "");
        }
        finally
        {
            office.Dispose();
        }
    }

    void Decide(int persons, int within, params TimeUp[] then) =>
        _office.Site = _office.Site with { Deciding = [new(null, [], OfficerRole.Officer, persons, Duration.FromMinutes(within), [.. then])] };

    void OnDuty(params string[] names) => OnDuty(_office, names);

    static void OnDuty(DutyOffice office, params string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            office.DutyList.Enter(names[i], OfficerRole.Officer, $"+8490500000{i + 1}", "Admin");
            office.DutyList.AddShift(i + 1, i + 1, Say.At(-60), Say.At(600), 1, "Admin");
        }
    }

    string[] Called() => [.. _office.DutyList.Calls(1).Select(call => call.Name)];

    static Station Station(string id, params string[] areas) => new(
        id, id, "Tam Kỳ", "Hòn Dấu", 15.5, 108.5, [.. areas], Duration.FromMinutes(10), []);

    public void Dispose() => _office.Dispose();
}

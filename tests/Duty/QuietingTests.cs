using CanhLu.Duty;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class QuietingTests : IDisposable
{
    readonly DutyOffice _office = new();

    [Fact]
    public void What_another_alarm_hides_is_told_when_that_one_is_over_and_never_twice()
    {
        _office.Change("im-lang", rule => rule with { Quieting = new Quieting { Inhibitors = [new Member("bao-dong", null, II)] } });
        _office.Hear(Say.Ladder(II, 0));
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Silence(I, 30, 0))).Outcome);
        Assert.Equal((QuietReason.Inhibited, "bao-dong@tam-ky"), (Episode("im-lang").Quiet, Episode("im-lang").QuietBy));
        Assert.Empty(_office.LookAgain());
        _office.Hear(Say.Ladder(I, 40));
        Assert.Equal([Outcome.Bulletin], _office.LookAgain());
        Assert.Null(Episode("im-lang").Quiet);
        Assert.Single(_office.Log.Bulletins(10), bulletin => bulletin.Content.Rule == "im-lang");
        // Hidden again and free again: it has been told.
        _office.Hear(Say.Ladder(II, 50));
        Assert.Equal([Outcome.Desk], _office.LookAgain());
        _office.Clock.Reset(Say.At(60));
        _office.Hear(Say.Ladder(None, 60));
        Assert.Equal([Outcome.Desk], _office.LookAgain());
        Assert.Single(_office.Log.Bulletins(10), bulletin => bulletin.Content.Rule == "im-lang");
    }

    [Fact]
    public void An_alarm_that_is_over_before_anything_was_told_is_owed_nothing()
    {
        _office.Change("im-lang", rule => rule with { Quieting = new Quieting { Inhibitors = [new Member("bao-dong", "tam-ky", I)] } });
        _office.Hear(Say.Ladder(I, 0), Say.Silence(I, 30, 0), Say.Silence(None, 40, 40));
        Assert.DoesNotContain(_office.Log.Bulletins(10), bulletin => bulletin.Content.Rule == "im-lang");
        Assert.Empty(_office.LookAgain());
    }

    [Fact]
    public void Outside_its_hours_a_rule_keeps_quiet_until_they_begin()
    {
        // The office opens at 07:00 in Tam Kỳ.
        _office.Change("im-lang", rule => rule with { Quieting = new Quieting { Hours = new Hours(new LocalTime(22, 0), new LocalTime(5, 0)) } });
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Silence(I, 0, 0))).Outcome);
        _office.Clock.AdvanceHours(14);
        Assert.Empty(_office.LookAgain());
        _office.Clock.AdvanceHours(1);
        // It is old news by then, and says so; the desk shows it.
        Assert.Equal([Outcome.OldNews], _office.LookAgain());
    }

    [Fact]
    public void An_alarm_that_comes_and_goes_is_told_again_when_it_has_stood_or_is_higher()
    {
        _office.Change("bao-dong", rule => rule with { Quieting = new Quieting { Flapping = new Flapping(3, Duration.FromHours(2), Duration.FromMinutes(20)) } });
        for (var minute = 0; minute < 20; minute += 10)
        {
            _office.Clock.Reset(Say.At(minute));
            Assert.Equal(Outcome.Bulletin, Assert.Single(_office.Hear(Say.Ladder(I, minute))).Outcome);
            _office.Clock.Reset(Say.At(minute + 5));
            _office.Hear(Say.Ladder(None, minute + 5));
        }
        _office.Clock.Reset(Say.At(20));
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Ladder(I, 20))).Outcome);
        _office.Clock.Reset(Say.At(25));
        Assert.Equal(Outcome.Bulletin, Assert.Single(_office.Hear(Say.Ladder(II, 25))).Outcome);
        _office.Hear(Say.Ladder(None, 26));
        _office.Clock.Reset(Say.At(30));
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Ladder(I, 30))).Outcome);
        _office.Clock.Reset(Say.At(49));
        Assert.Empty(_office.LookAgain());
        _office.Clock.Reset(Say.At(50));
        Assert.Equal([Outcome.Bulletin], _office.LookAgain());
    }

    [Fact]
    public void Maintenance_keeps_faults_quiet_and_lets_a_flood_ask_a_person()
    {
        Assert.IsType<Answer.Done>(_office.Decisions.BeginMaintenance(_office.Site with { Stations = [Place] }, "tam-ky", null, Say.At(60), "thay radar", "Lan"));
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Silence(I, 5, 0))).Outcome);
        Assert.Equal(Outcome.Quiet, Assert.Single(_office.Hear(Say.Limit(I, 5, "cam-1"))).Outcome);
        Assert.Equal(Outcome.Proposal, Assert.Single(_office.Hear(Say.Ladder(I, 6))).Outcome);
        Assert.Equal(AskedBecause.Maintenance, Assert.Single(_office.Log.WaitingProposals()).Because);
        _office.Clock.Reset(Say.At(60));
        Assert.Equal([Outcome.Bulletin, Outcome.Bulletin], _office.LookAgain());
        Assert.Contains(_office.Log.AuditOf("maintenance/1"), entry => entry is { Who: "Lan", Action: "began maintenance" });
    }

    [Fact]
    public void A_low_reading_during_maintenance_gives_no_all_clear_by_itself()
    {
        _office.Hear(Say.Ladder(II, 0));
        _office.Decisions.BeginMaintenance(_office.Site with { Stations = [Place] }, "tam-ky", null, Say.At(60), "thay radar", "Lan");
        Assert.Equal(Outcome.Proposal, Assert.Single(_office.Hear(Say.Ladder(None, 10))).Outcome);
        Assert.Equal((BulletinKind.AllClear, AskedBecause.Maintenance), (_office.Log.WaitingProposals()[0].Kind, _office.Log.WaitingProposals()[0].Because));
    }

    [Fact]
    public void A_maintenance_ends_by_a_person_once_and_a_senseless_one_does_not_begin()
    {
        var site = _office.Site with { Stations = [Place] };
        Assert.IsType<Answer.NotFound>(_office.Decisions.BeginMaintenance(site, "nowhere", null, Say.At(60), "x", "Lan"));
        Assert.IsType<Answer.NoReason>(_office.Decisions.BeginMaintenance(site, "cam-1", null, Say.At(60), " ", "Lan"));
        Assert.IsType<Answer.Refused>(_office.Decisions.BeginMaintenance(site, "cam-1", null, Say.At(-1), "x", "Lan"));
        Assert.IsType<Answer.Refused>(_office.Decisions.BeginMaintenance(site, "cam-1", null, Say.At(60 * 24 * 8), "x", "Lan"));
        var begun = Assert.IsType<Answer.Done>(_office.Decisions.BeginMaintenance(site, "cam-1", null, Say.At(60), "lau kính", "Lan"));
        Assert.Equal("lau kính", Assert.Single(_office.Log.Maintenance(_office.Clock.GetCurrentInstant())).Reason);
        Assert.IsType<Answer.Done>(_office.Decisions.EndMaintenance(begun.Id!.Value, "Minh"));
        Assert.Equal("Minh", Assert.IsType<Answer.AlreadyDone>(_office.Decisions.EndMaintenance(begun.Id!.Value, "Lan")).By);
        Assert.Empty(_office.Log.Maintenance(_office.Clock.GetCurrentInstant()));
    }

    [Fact]
    public void Weak_evidence_asks_and_better_evidence_tells_what_nobody_has_decided()
    {
        _office.Change("bao-dong", rule => rule with { PolicyByGrade = [Policy.Auto, Policy.Auto, Policy.Ask] });
        var weak = Say.Ladder(I, 0) with { Grade = Grade.C };
        Assert.Equal(Outcome.Proposal, Assert.Single(_office.Hear(weak)).Outcome);
        Assert.Equal(AskedBecause.Evidence, Assert.Single(_office.Log.WaitingProposals()).Because);
        var better = weak with { Grade = Grade.B };
        Assert.Equal(Outcome.Bulletin, Assert.Single(_office.Hear(better)).Outcome);
        Assert.Empty(_office.Log.WaitingProposals());
        Assert.Equal(Outcome.Desk, Assert.Single(_office.Hear(weak with { Grade = Grade.A })).Outcome);
        Assert.Single(_office.Log.Bulletins(10));
        Assert.Equal(Grade.A, Assert.Single(_office.Log.RememberedAlarms()).Grade);
    }

    [Fact]
    public void What_a_person_has_declined_is_not_told_because_the_evidence_is_better()
    {
        _office.Change("bao-dong", rule => rule with { PolicyByGrade = [Policy.Auto, Policy.Auto, Policy.Ask] });
        var weak = Say.Ladder(I, 0) with { Grade = Grade.C };
        _office.Hear(weak);
        _office.Decisions.Decline(_office.Log.WaitingProposals()[0].Id, "Lan", "con nhện trong loa radar");
        Assert.Equal(Outcome.Desk, Assert.Single(_office.Hear(weak with { Grade = Grade.A })).Outcome);
        Assert.Empty(_office.Log.Bulletins(10));
    }

    [Fact]
    public void What_held_an_alarm_back_is_known_afterwards()
    {
        _office.Change("im-lang", rule => rule with { Quieting = new Quieting { Inhibitors = [new Member("bao-dong", null, I)] } });
        _office.Hear(Say.Ladder(I, 0), Say.Silence(I, 30, 0), Say.Ladder(None, 60), Say.Silence(None, 70, 70));
        Assert.Equal(
            [("im-lang", new Quiet(QuietReason.Inhibited, "bao-dong@tam-ky"), (AskedBecause?)null)], _office.Log.HeldBack(_office.Site, "tam-ky", Say.At(45)));
        Assert.Empty(_office.Log.HeldBack(_office.Site, "tam-ky", Say.At(65)));
    }

    public void Dispose() => _office.Dispose();

    static Station Place => Rules.Gauges.Station("tam-ky");

    Episode Episode(string rule) => Assert.Single(_office.Log.OpenEpisodes(), episode => episode.Rule == rule);
}

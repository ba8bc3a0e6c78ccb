using System.Collections.Immutable;
using CanhLu.Duty;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Duty.Say;

namespace CanhLu.Tests.Duty;

/// <summary>Rules on trial beside those in earnest, from the episodes that both have left.</summary>
public sealed class OnTrialTests : IDisposable
{
    readonly DutyOffice _office = new(Policy.Auto);

    public OnTrialTests() => _office.Site = _office.Site with
    {
        Rules =
        [
            new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, []),
            new Rule.StageLadder("bao-dong-thu", "Thang thử", Policy.Desk, []) { IsShadow = true },
        ],
    };

    public void Dispose() => _office.Dispose();

    [Fact]
    public void The_first_alarm_of_a_trial_that_meets_one_in_earnest_agrees_and_gives_the_lead()
    {
        Stand("bao-dong-thu", 0, 40);
        Stand("bao-dong-thu", 50, 55);
        Stand("bao-dong", 30, 90);
        // Later than the one in earnest: the lead is lost.
        Stand("bao-dong", 1000, 1100);
        Stand("bao-dong-thu", 1020, 1090);
        var trial = Assert.Single(At(2000));
        Assert.Equal(["bao-dong"], trial.SameKind.Select(rule => rule.Id));
        Assert.Equal([TrialOutcome.Agreed, TrialOutcome.Again, TrialOutcome.Agreed], trial.Alarms.Select(one => one.Outcome));
        Assert.Equal([Duration.FromMinutes(30), null, Duration.FromMinutes(-20)], trial.Alarms.Select(one => one.Lead));
        Assert.Equal(Duration.FromMinutes(5), trial.MedianLead);
        Assert.Empty(trial.Missed);
    }

    [Fact]
    public void What_meets_none_is_false_once_none_can_come_and_what_was_not_raised_is_missed()
    {
        Stand("bao-dong-thu", 0, 40);
        Stand("bao-dong", 101, 110);
        Assert.Equal(TrialOutcome.Open, Assert.Single(At(90)).Alarms[0].Outcome);
        var trial = Assert.Single(At(200));
        Assert.Equal(TrialOutcome.False, trial.Alarms[0].Outcome);
        Assert.Equal(101, (Assert.Single(trial.Missed).OpenedAt - DutyOffice.Start).TotalMinutes);
        // One that stands may still be agreed with.
        Hear("bao-dong-thu", AlarmLevel.I, 300);
        Assert.Equal(TrialOutcome.Open, Assert.Single(At(1000)).Alarms[^1].Outcome);
    }

    [Fact]
    public void Another_station_is_another_thing_and_so_is_what_was_before_the_days_asked_for()
    {
        Stand("bao-dong-thu", 0, 40);
        Stand("bao-dong", 10, 50, station: "an-ha");
        var trial = Assert.Single(At(2000));
        Assert.Equal((1, 1), (trial.Count(TrialOutcome.False), trial.Missed.Length));
        trial = Assert.Single(OnTrial.Of(_office.Site, _office.Log, Say.At(60), Say.At(2000)));
        Assert.Empty(trial.Alarms);
        Assert.Empty(trial.Missed);
    }

    [Fact]
    public void Without_one_of_its_kind_it_stands_beside_the_rules_that_tell_people()
    {
        _office.Site = _office.Site with
        {
            Rules =
            [
                new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, []),
                new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30)),
                new Rule.RateOfRiseRule(
                    "len-nhanh", "Lên nhanh", Policy.Desk, [], Duration.FromHours(1), 4, Duration.FromMinutes(30), new RateOfRise(300), new RateOfRise(150), null) { IsShadow = true },
            ],
        };
        _office.Hear(Rate(AlarmLevel.I, 0, 1500), Ladder(AlarmLevel.I, 60, 1750));
        var trial = Assert.Single(At(120));
        Assert.Empty(trial.SameKind);
        Assert.Equal(["bao-dong"], trial.Telling.Select(rule => rule.Id));
        Assert.Equal(Duration.FromHours(1), Assert.Single(trial.Alarms).Lead);
        // One of its kind that did not rise makes it no false one; what that one raises counts before the flood.
        _office.Site = _office.Site with
        {
            Rules = [.. _office.Site.Rules, ((Rule.RateOfRiseRule)_office.Site.Rules[^1]) with { Id = "len-nhanh-that", IsShadow = false }],
        };
        trial = Assert.Single(At(120));
        Assert.Equal(("len-nhanh-that", "bao-dong"), (Assert.Single(trial.SameKind).Id, Assert.Single(trial.Alarms).Real!.Rule));
        _office.Hear(Rate(AlarmLevel.I, 20, 1600) with { Key = new AlarmKey("tam-ky", "len-nhanh-that") });
        trial = Assert.Single(At(120));
        Assert.Equal(("len-nhanh-that", Duration.FromMinutes(20)), (trial.Alarms[0].Real!.Rule, trial.Alarms[0].Lead));
    }

    ImmutableArray<OnTrial> At(int minute) => OnTrial.Of(_office.Site, _office.Log, DutyOffice.Start, Say.At(minute));

    void Stand(string rule, int from, int to, string station = "tam-ky")
    {
        Hear(rule, AlarmLevel.I, from, station);
        Hear(rule, AlarmLevel.None, to, station);
    }

    void Hear(string rule, AlarmLevel level, int minute, string station = "tam-ky") =>
        _office.Hear(Ladder(level, minute, level == AlarmLevel.None ? 1500 : 1800, station: station) with { Key = new AlarmKey(station, rule) });
}

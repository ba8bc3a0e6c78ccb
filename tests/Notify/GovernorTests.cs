using CanhLu.Notify;
using CanhLu.Tests.Support;
using Dapper;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>Several alarms at once make one message a resident; what is held back is not lost; one all-clear when all is over.</summary>
public sealed class GovernorTests(ITestOutputHelper output) : IDisposable
{
    readonly Storm _storm = new(people: 3);
    readonly ScriptedCarrier _esms = new("esms");

    [Fact]
    public async Task A_second_alarm_of_the_same_or_a_lower_level_is_held_back_and_says_who_told_it_instead()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        var first = _storm.Warn("s0", AlarmLevel.II);
        await engine.Settle();
        _storm.Clock.AdvanceMinutes(9);
        var (same, lower) = (_storm.Warn("s1", AlarmLevel.II), _storm.Warn("s2", AlarmLevel.I));
        await engine.Settle();
        Assert.Equal(("accepted 3", "held 3", "held 3"), (_storm.States(first), _storm.States(same), _storm.States(lower)));
        Assert.Equal(3, _esms.Asked);
        Assert.All(engine.Ledger.Deliveries(same, DeliveryState.Held, null, 10), line =>
            Assert.Equal((first, "storm", $"held back: told by bulletin {first}"), (line.HeldBy, line.LastCode, line.LastAnswer)));
        var outcomes = new Outcomes(_storm.River.Operations);
        Assert.Equal((3, 0, 3), outcomes.ByWard([same]).Select(ward => ((int)ward.People, (int)ward.Told, (int)ward.Held)).Single());
        Assert.Empty(outcomes.Missed([same, lower]));
        Assert.Equal(3, _storm.Open());
        var progress = engine.Ledger.Broadcasts(10).Single(broadcast => broadcast.Bulletin.Id == same).Progress!;
        Assert.Equal((0, 0), (progress.Total, progress.Waiting));
    }

    [Fact]
    public async Task A_higher_level_goes_at_once_and_tells_what_of_the_lower_one_no_carrier_has()
    {
        await using var engine = _storm.Engine(_esms);
        var lower = _storm.Warn("s0", AlarmLevel.I);
        engine.Get<Planner>().Look();
        var higher = _storm.Warn("s1", AlarmLevel.III);
        engine.Get<Planner>().Look();
        Assert.Equal(("held 3", "planned 3"), (_storm.States(lower), _storm.States(higher)));
        await engine.Start();
        await engine.Settle();
        var again = _storm.Warn("s1", AlarmLevel.III);
        await engine.Settle();
        // A rise of the same alarm is news whatever the window says.
        Assert.Equal(("held 3", "accepted 3", "accepted 3"), (_storm.States(lower), _storm.States(higher), _storm.States(again)));
    }

    [Fact]
    public async Task What_goes_after_all_stands_for_an_alarm_that_is_planned_before_anyone_looked_at_it_again()
    {
        await using var engine = _storm.Engine(_esms);
        var first = _storm.Warn("s0", AlarmLevel.III);
        engine.Get<Planner>().Look();
        var second = _storm.Warn("s1", AlarmLevel.III);
        engine.Get<Planner>().Look();
        Assert.Equal("held 3", _storm.States(second));
        _storm.River.Operations.Write(connection => connection.Execute("UPDATE deliveries SET state = 'failed', next_attempt_at = NULL WHERE bulletin_id = @first", new { first }));
        var lower = _storm.Warn("s2", AlarmLevel.II);
        var plan = engine.Get<Plans>().Make(engine.Get<Plans>().Unplanned().Single());
        Assert.Equal(("planned 3", "held 3"), (_storm.States(second), _storm.States(lower)));
        Assert.Equal((3, 3), (plan.Held.Storm, plan.Held.Released));
    }

    [Fact]
    public async Task After_the_window_and_with_the_window_off_every_alarm_is_told()
    {
        await using (var engine = await _storm.Engine(_esms).Start())
        {
            _storm.Warn("s0", AlarmLevel.II);
            await engine.Settle();
            _storm.Clock.AdvanceMinutes(10);
            Assert.Equal("accepted 3", await Told(engine, "s1"));
        }
        await using var off = await _storm.Engine(_esms, new() { ["Notify:StormWindow"] = "00:00:00" }).Start();
        Assert.Equal("accepted 3", await Told(off, "s2"));
        _storm.End("s2");
        await off.Settle();
        Assert.Equal(12, _esms.Taken.Count);

        async Task<string> Told(Engine engine, string station)
        {
            var bulletin = _storm.Warn(station, AlarmLevel.II);
            await engine.Settle();
            return _storm.States(bulletin);
        }
    }

    [Fact]
    public async Task Releases_and_announcements_are_never_held_back_and_stand_for_nothing()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        _storm.Warn("s0", AlarmLevel.II);
        var release = _storm.Warn("s1", AlarmLevel.I, Cause.Release);
        _storm.River.Operations.Write(connection => connection.Execute("UPDATE bulletins SET reservoir = 'phu-ninh', q_min = 30, q_max = 60, starts_at = 1 WHERE id = @release", new { release }));
        var word = _storm.Warn("s0", AlarmLevel.I);
        _storm.River.Operations.Write(connection => connection.Execute("UPDATE bulletins SET kind = 'announcement', own_vi = 'Đập an toàn.' WHERE id = @word", new { word }));
        await engine.Settle();
        Assert.Equal(("accepted 3", "accepted 3"), (_storm.States(release), _storm.States(word)));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("expired")]
    [InlineData("stopped")]
    [InlineData("over")]
    public async Task What_was_held_back_goes_when_what_stood_for_it_is_not_told(string how)
    {
        _esms.Answer = _ => Script.Busy;
        await using var engine = await _storm.Engine(_esms).Start();
        var stand = _storm.Warn("s0", AlarmLevel.II, validFor: Duration.FromHours(1));
        await Engine.Until(() => _esms.Asked > 0);
        var held = _storm.Warn("s1", AlarmLevel.II);
        await Engine.Until(() => _storm.States(held) == "held 3");
        switch (how)
        {
            case "failed":
                _esms.Answer = letter => letter.Key.Split('-')[1] == $"{stand}" ? Script.Never : Script.Take;
                break;
            case "expired":
                _storm.Clock.AdvanceHours(2);
                break;
            case "stopped":
                _storm.River.Operations.Write(connection => connection.Execute("UPDATE bulletins SET stopped_at = 1 WHERE id = @stand", new { stand }));
                break;
            default:
                _storm.End("s0");
                break;
        }
        await Engine.Until(() => _storm.States(held) != "held 3");
        _esms.Answer = letter => letter.Key.Split('-')[1] == $"{stand}" ? Script.Never : Script.Take;
        await engine.Settle();
        Assert.Equal("accepted 3", _storm.States(held));
        Assert.Equal(3, _esms.Taken.Count);
        Assert.Equal(3, _storm.Open());
    }

    [Fact]
    public async Task Of_what_was_held_back_the_highest_goes_and_stands_for_the_rest()
    {
        _esms.Answer = _ => Script.Busy;
        await using var engine = await _storm.Engine(_esms).Start();
        var stand = _storm.Warn("s0", AlarmLevel.III);
        await Engine.Until(() => _esms.Asked > 0);
        var (low, high, high2) = (_storm.Warn("s1", AlarmLevel.I), _storm.Warn("s2", AlarmLevel.II), _storm.Warn("s3", AlarmLevel.II));
        await Engine.Until(() => (_storm.States(low), _storm.States(high), _storm.States(high2)) == ("held 3", "held 3", "held 3"));
        _esms.Answer = letter => letter.Key.Split('-')[1] == $"{stand}" ? Script.Never : Script.Take;
        await engine.Settle();
        Assert.Equal(("held 3", "accepted 3", "held 3"), (_storm.States(low), _storm.States(high), _storm.States(high2)));
        Assert.Equal(6, _storm.River.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'held' AND held_by = @high", new { high }));
    }

    [Fact]
    public async Task Nobody_hears_that_it_is_over_while_an_alarm_held_back_under_it_stands_and_then_he_hears_it_once_and_of_what_he_was_told()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        _storm.Warn("s0", AlarmLevel.II);
        await engine.Settle();
        var held = _storm.Warn("s1", AlarmLevel.II);
        await engine.Settle();
        var clear = _storm.End("s0");
        await engine.Settle();
        Assert.Equal(("", "held 3"), (_storm.States(clear), _storm.States(held)));
        var last = _storm.End("s1");
        await engine.Settle();
        Assert.Equal(("accepted 3", "", 0), (_storm.States(clear), _storm.States(last), _storm.Open()));
        Assert.Equal("held 3", _storm.States(held));
    }

    [Fact]
    public async Task When_the_all_clear_of_what_he_was_told_is_too_old_the_one_of_what_was_held_back_pays_for_it()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        _storm.Warn("s0", AlarmLevel.II);
        await engine.Settle();
        _storm.Warn("s1", AlarmLevel.I);
        await engine.Settle();
        var old = _storm.End("s0");
        await engine.Settle();
        _storm.Clock.AdvanceHours(25);
        var last = _storm.End("s1");
        await engine.Settle();
        Assert.Equal(("", "accepted 3", 0), (_storm.States(old), _storm.States(last), _storm.Open()));
    }

    [Fact]
    public async Task Who_was_told_of_several_alarms_hears_one_all_clear_at_the_end_of_the_last()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        _storm.Warn("s0", AlarmLevel.I);
        await engine.Settle();
        _storm.Warn("s1", AlarmLevel.II);
        await engine.Settle();
        Assert.Equal((6, 6), (_esms.Taken.Count, _storm.Open()));
        _storm.End("s1");
        await engine.Settle();
        Assert.Equal(6, _esms.Taken.Count);
        _storm.End("s0");
        await engine.Settle();
        Assert.Equal((9, 0), (_esms.Taken.Count, _storm.Open()));
    }

    [Fact]
    public async Task A_warning_takes_the_place_of_an_unsent_all_clear_of_another_station()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        var clear = await UnsentAllClear(engine);
        var next = _storm.Warn("s1", AlarmLevel.I);
        await Engine.Until(() => _storm.States(next) == "planned 3");
        _esms.Answer = _ => Script.Take;
        await engine.Settle();
        Assert.Equal("replaced 3", _storm.States(clear));
        var last = _storm.End("s1");
        await engine.Settle();
        Assert.Equal(("accepted 3", 0), (_storm.States(last), _storm.Open()));
    }

    /// <summary>A planner looks for what is decided, and then for what is owed: this was decided between the two.</summary>
    [Fact]
    public async Task The_newest_all_clear_is_told_although_an_older_one_could_pay_already()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        var clear = await UnsentAllClear(engine);
        _storm.Warn("s1", AlarmLevel.I);
        await Engine.Until(() => _storm.States(clear) == "replaced 3");
        _esms.Answer = _ => Script.Take;
        await engine.Settle();
        await engine.Dispatch.StopAsync(TestContext.Current.CancellationToken);
        var last = _storm.End("s1");
        var plans = engine.Get<Plans>();
        Assert.Empty(_storm.River.Operations.Read(plans.Payable));
        Assert.Equal(0, plans.Pay(engine.Get<Bulletins>().Of(clear)));
        engine.Get<Planner>().Look();
        Assert.Equal(("replaced 3", "planned 3"), (_storm.States(clear), _storm.States(last)));
    }

    [Fact]
    public async Task An_all_clear_whose_place_a_warning_took_goes_when_that_ends_without_one_of_its_own()
    {
        await using var engine = await _storm.Engine(_esms).Start();
        var clear = await UnsentAllClear(engine);
        var next = _storm.Warn("s1", AlarmLevel.I, validFor: Duration.FromHours(1));
        await Engine.Until(() => _storm.States(clear) == "replaced 3");
        _storm.Clock.AdvanceHours(2);
        await Engine.Until(() => _storm.States(next) == "expired 3");
        _esms.Answer = _ => Script.Take;
        await engine.Settle();
        Assert.Equal(("accepted 3", 0), (_storm.States(clear), _storm.Open()));
    }

    [Fact]
    public async Task Beyond_the_months_budget_level_I_is_held_back_and_nothing_else_until_the_month_is_over()
    {
        await using var engine = await _storm.Engine(_esms, new() { ["Notify:MessagesAMonth"] = "2" }).Start();
        _storm.Warn("s0", AlarmLevel.I);
        await engine.Settle();
        _storm.End("s0");
        await engine.Settle();
        _storm.River.People(1);
        var held = _storm.Warn("s1", AlarmLevel.I);
        var reach = engine.Get<Reaches>().Of(engine.Get<Bulletins>().Of(held));
        await engine.Settle();
        Assert.Equal(("accepted 1 held 3", 1, 3), (_storm.States(held), (int)reach.People, (int)reach.OverBudget));
        Assert.Equal((3, 0), new Outcomes(_storm.River.Operations).ByWard([held]).Select(ward => ((int)ward.OverBudget, (int)ward.Held)).Single());
        var second = _storm.Warn("s1", AlarmLevel.II);
        await engine.Settle();
        Assert.Equal("accepted 4", _storm.States(second));
        _storm.End("s1");
        await engine.Settle();
        Assert.Equal(0, _storm.Open());
        // 29 October, 21:00 in Tam Kỳ: the month ends there at 17:00 on the 31st, UTC.
        _storm.Clock.Reset(Instant.FromUtc(2025, 10, 31, 16, 59));
        Assert.Equal("held 4", await Told("s2"));
        _storm.Clock.Reset(Instant.FromUtc(2025, 10, 31, 17, 15));
        Assert.Equal("accepted 4", await Told("s3"));

        async Task<string> Told(string station)
        {
            var bulletin = _storm.Warn(station, AlarmLevel.I);
            await engine.Settle();
            return _storm.States(bulletin);
        }
    }

    [Fact]
    public void A_hundred_thousand_are_held_back_in_the_transaction_that_plans_them()
    {
        Effort.Whole("A quarter of a minute");
        const int Crowd = 100_000;
        _storm.River.People(Crowd - 3);
        using var engine = _storm.Engine(_esms, new() { ["Notify:MessagesAMonth"] = "1" });
        foreach (var (station, level, state) in new[] { ("s0", AlarmLevel.I, "planned"), ("s1", AlarmLevel.II, "planned"), ("s2", AlarmLevel.II, "held"), ("s3", AlarmLevel.I, "held") })
        {
            var bulletin = _storm.Warn(station, level);
            var began = Support.RealTime.Provider.GetTimestamp();
            engine.Get<Planner>().Look();
            output.WriteLine($"{station} {level}, {state}: planned in {Support.RealTime.Provider.GetElapsedTime(began).TotalMilliseconds:N0} ms");
            Assert.Equal($"{state} {Crowd}", _storm.States(bulletin));
        }
        var looked = Support.RealTime.Provider.GetTimestamp();
        engine.Get<Planner>().Look();
        output.WriteLine($"looked through in {Support.RealTime.Provider.GetElapsedTime(looked).TotalMilliseconds:N0} ms");
        Assert.Equal(Crowd, _storm.River.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'planned'"));
    }

    public void Dispose() => _storm.Dispose();

    /// <summary>The all-clear of s0 that no carrier takes yet, after a warning that everybody has.</summary>
    async Task<long> UnsentAllClear(Engine engine)
    {
        _storm.Warn("s0", AlarmLevel.I);
        await engine.Settle();
        _esms.Answer = _ => Script.Busy;
        var clear = _storm.End("s0");
        await Engine.Until(() => _storm.States(clear) == "planned 3");
        return clear;
    }
}

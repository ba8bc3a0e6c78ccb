using CanhLu.Duty;
using CanhLu.Host.Canaries;
using CanhLu.Notify.Canaries;
using CanhLu.Tests.Ingest;
using CanhLu.Tests.Support;
using Dapper;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Host.Canaries;

/// <summary>Where a trial was lost, when what is behind the way in does not do its part.</summary>
public sealed class CanaryWatchTests : IDisposable
{
    static readonly Canary Trial = new(["+84905000001"], Duration.FromHours(1), Duration.FromMilliseconds(300), IsReceiptNeeded: false);

    readonly CanhLu.Tests.Notify.River _river = new();
    readonly FakeClock _clock = new(CanhLu.Tests.Notify.River.Now);
    readonly Meters _meters = new();
    readonly Lines<CanaryWatch> _log = new();
    readonly CanaryState _state;

    public CanaryWatchTests()
    {
        _state = new CanaryState(_meters);
        _river.Site = _river.Site with { Canary = Trial };
    }

    [Fact]
    public async Task An_archive_that_stalls_is_told_of_as_what_it_is_and_the_officer_on_duty_once()
    {
        OnDuty("+84905000009");
        using var watch = Watch(async (_, cancellation) =>
        {
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, RealTime.Provider, cancellation));
            return "it was not acknowledged in time";
        });
        await watch.Try(Trial, TestContext.Current.CancellationToken);
        await watch.Try(Trial, TestContext.Current.CancellationToken);
        Assert.StartsWith("the reading did not get in", _state.Last.Trouble, StringComparison.Ordinal);
        Assert.Contains("/readyz", Assert.IsType<string>(_log.Of(3020)[0]), StringComparison.Ordinal);
        Assert.Equal(1, _meters["canhlu.canary.lost"]);
        Assert.Equal(2, _meters["canhlu.canary.trials lost"]);
        Assert.Equal(["+84905000009"], _river.List<string>("SELECT only_to FROM bulletins WHERE kind = 'reminder'"));
    }

    [Fact]
    public async Task Rules_or_a_desk_that_are_silent_and_carriers_that_are_silent_are_told_apart()
    {
        using var watch = Watch((_, _) => Task.FromResult<string?>(null));
        await watch.Try(Trial, TestContext.Current.CancellationToken);
        Assert.StartsWith("the reading is stored, and no bulletin came of it", _state.Last.Trouble, StringComparison.Ordinal);
        Assert.Single(_log.Of(3022));

        using var silent = Watch((_, _) => Letter("NULL", "NULL"));
        await silent.Try(Trial, TestContext.Current.CancellationToken);
        Assert.StartsWith("no carrier took 1 of 1 letters. Look at /api/carriers", _state.Last.Trouble, StringComparison.Ordinal);
        Assert.Equal(0, _meters["canhlu.canary.last_success"]);
    }

    [Fact]
    public async Task It_has_arrived_when_the_carriers_took_it_or_when_they_report_it_where_the_site_wants_that()
    {
        using var watch = Watch((_, _) => Letter("1", "NULL"));
        await watch.Try(Trial, TestContext.Current.CancellationToken);
        Assert.Null(_state.Last.Trouble);
        Assert.NotNull(_state.Last.AcceptedS);
        Assert.Null(_state.Last.DeliveredS);
        Assert.Equal(CanhLu.Tests.Notify.River.Now.ToUnixTimeSeconds(), _meters["canhlu.canary.last_success"]);
        Assert.Equal(0, _meters["canhlu.canary.lost"]);

        _clock.AdvanceHours(1);
        await watch.Try(Trial with { IsReceiptNeeded = true }, TestContext.Current.CancellationToken);
        Assert.StartsWith("the carriers took the letters and reported none", _state.Last.Trouble, StringComparison.Ordinal);

        _clock.AdvanceHours(1);
        using var reported = Watch((_, _) => Letter("1", "2"));
        await reported.Try(Trial with { IsReceiptNeeded = true }, TestContext.Current.CancellationToken);
        Assert.Null(_state.Last.Trouble);
        Assert.NotNull(_state.Last.DeliveredS);
        Assert.Single(_log.Of(3021));
    }

    [Fact]
    public async Task A_trial_is_due_once_in_its_time_over_restarts_too()
    {
        using var watch = Watch((_, _) => Letter("1", "2"));
        Assert.True(watch.IsDue(Trial));
        await watch.Try(Trial, TestContext.Current.CancellationToken);
        Assert.False(watch.IsDue(Trial));
        using var restarted = Watch((_, _) => Letter("1", "2"));
        Assert.False(restarted.IsDue(Trial));
        _clock.AdvanceHours(1);
        Assert.True(restarted.IsDue(Trial));
    }

    public void Dispose()
    {
        _meters.Dispose();
        _river.Dispose();
    }

    CanaryWatch Watch(Func<byte[], CancellationToken, Task<string?>> publish) => new(
        publish, Task.CompletedTask, () => _river.Site, new CanaryLetters(_river.Operations), new CanaryCalls(_river.Operations, _clock, new BulletinSignal()), _state, _clock,
        RealTime.Provider, _log);

    Task<string?> Letter(string accepted, string delivered)
    {
        _river.Operations.Write(connection => connection.Execute(
            $"""
            INSERT OR IGNORE INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES ('+84905000001', '', '', 'vi', 1, 0);
            INSERT OR IGNORE INTO episodes (id, subject, rule, cause, opened_at, level, changed_at, peak_level, ended_at) VALUES (99, 'canary', '_canary', 'limit', 0, 0, 0, 0, 0);
            INSERT INTO bulletins (episode, sequence, station, rule, cause, kind, level, measured_at, decided_at, decided_by, not_after, only_to)
            VALUES (99, (SELECT count(*) + 1 FROM bulletins), 'canary', '_canary', 'limit', 'reminder', 1, @now, @now, 'auto', @now, '+84905000001');
            INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, rank, level, state, not_after, planned_at, accepted_at, delivered_at)
            SELECT max(id), 1, 'esms', 'k' || max(id), 1, 0, 1, 'accepted', 0, 0, {accepted}, {delivered} FROM bulletins;
            """,
            new { now = _clock.GetCurrentInstant() }));
        return Task.FromResult<string?>(null);
    }

    void OnDuty(string phone) => _river.Operations.Write(connection => connection.Execute(
        """
        INSERT INTO officers (id, name, role, phone, entered_by, entered_at) VALUES (1, 'An', 'officer', @phone, 'An', 0);
        INSERT INTO shifts (officer, place, from_at, until_at, entered_by, entered_at) VALUES (1, 1, 0, @until, 'An', 0);
        """,
        new { phone, until = _clock.GetCurrentInstant() + Duration.FromHours(8) }));
}

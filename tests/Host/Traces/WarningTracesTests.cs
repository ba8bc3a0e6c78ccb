using System.Diagnostics;
using CanhLu.Host.Traces;
using CanhLu.Notify;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Host.Traces;

/// <summary>What a trace tells of a warning's way, out of the operations store.</summary>
public sealed class WarningTracesTests : IDisposable
{
    readonly CanhLu.Tests.Notify.River _river = new();
    readonly FakeClock _clock = new(CanhLu.Tests.Notify.River.Now);
    readonly FakeTimeProvider _time = new();
    readonly Lines<WarningTraces> _log = new();
    readonly List<Activity> _told = [];
    readonly ActivityListener _listener;

    public WarningTracesTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WarningTraces.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_told)
                    _told.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Each_step_begins_where_the_one_before_it_ended_and_the_whole_ends_with_the_last_receipt()
    {
        using var traces = await Begin(most: 2);
        var bulletin = Bulletin(received: 2, stored: 3, proposed: 4, decided: 60, planned: 61);
        Delivery(bulletin, 1, "zalo", "delivered", planned: 61, handed: 62, accepted: 63, delivered: 70);
        LooksAgain();
        // One of two: it waits for the other.
        Assert.Empty(Told());
        Delivery(bulletin, 2, "esms", "failed", planned: 61, handed: 62, settled: 65);
        await Eventually.True(() =>
        {
            LooksAgain();
            return Told().Length > 0;
        }, "it is told");

        var told = Told();
        var whole = Assert.Single(told, one => one.ParentSpanId == default);
        Assert.All(told, one => Assert.Equal(whole.TraceId, one.TraceId));
        Assert.Equal(("warning tam-ky", 0, 70), (whole.DisplayName, Begins(whole), Ends(whole)));
        Assert.Equal(
            [("measured → received", 0, 2), ("received → stored (PUBACK)", 2, 3), ("judged → proposed", 3, 4), ("proposed → decided", 4, 60), ("decided → planned", 60, 61), ("delivery by zalo", 61, 70), ("delivery by esms", 61, 65)],
            Under(whole));
        var zalo = Assert.Single(told, one => one.DisplayName == "delivery by zalo");
        Assert.Equal([("planned → handed over", 61, 62), ("handed over → accepted", 62, 63), ("accepted → receipt", 63, 70)], Under(zalo));
        Assert.Equal(ActivityStatusCode.Unset, zalo.Status);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(told, one => one.DisplayName == "delivery by esms").Status);
        Assert.DoesNotContain(told, one => one.Tags.Any(tag => tag.Value?.Contains("905", StringComparison.Ordinal) == true));

        // It is told once.
        LooksAgain();
        LooksAgain();
        Assert.Equal(told.Length, Told().Length);
    }

    [Fact]
    public async Task What_is_decided_by_the_rule_without_a_reading_and_reaches_nobody_is_told_when_its_time_is_up()
    {
        using var traces = await Begin(most: 2);
        Bulletin(received: null, stored: null, proposed: null, decided: 1, planned: null);
        await Eventually.True(() =>
        {
            _clock.AdvanceMinutes(1);
            LooksAgain();
            return Told().Length > 0;
        }, "it is told");
        var whole = Assert.Single(Told(), one => one.ParentSpanId == default);
        Assert.Equal((ActivityStatusCode.Error, "no delivery stands in the outbox"), (whole.Status, whole.StatusDescription));
        Assert.Equal([("judged → decided", 0, 1)], Under(whole));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _river.Dispose();
    }

    static int Begins(Activity one) => (int)(Instant.FromDateTimeUtc(one.StartTimeUtc) - CanhLu.Tests.Notify.River.Now).TotalSeconds;

    static int Ends(Activity one) => (int)(Instant.FromDateTimeUtc(one.StartTimeUtc + one.Duration) - CanhLu.Tests.Notify.River.Now).TotalSeconds;

    Activity[] Told()
    {
        lock (_told)
            return [.. _told];
    }

    (string, int, int)[] Under(Activity parent) => [.. Told().Where(one => one.ParentSpanId == parent.SpanId).Select(one => (one.DisplayName, Begins(one), Ends(one)))];

    void LooksAgain() => _time.Advance(TimeSpan.FromSeconds(5));

    async Task<WarningTraces> Begin(int most)
    {
        var traces = new WarningTraces(new Ways(_river.Operations), Options.Create(new OtlpOptions { DeliveriesPerBulletin = most }), _clock, _time, _log);
        await traces.StartAsync(TestContext.Current.CancellationToken);
        return traces;
    }

    static Instant? At(int? second) => second is { } one ? CanhLu.Tests.Notify.River.Now + Duration.FromSeconds(one) : null;

    long Bulletin(int? received, int? stored, int? proposed, int decided, int? planned)
    {
        var bulletin = _river.Warn(_river.Episode(), AlarmLevel.III);
        _river.Operations.Write(connection => connection.Execute(
            """
            INSERT INTO proposals (id, episode, station, rule, cause, kind, level, measured_at, proposed_at, not_after, state)
            SELECT 7, episode, station, rule, cause, kind, level, measured_at, @proposed, not_after, 'approved' FROM bulletins WHERE id = @bulletin AND @proposed IS NOT NULL;
            UPDATE bulletins SET proposal = (SELECT id FROM proposals), received_at = @received, stored_at = @stored, decided_at = @decided, planned_at = @planned WHERE id = @bulletin;
            """,
            new { bulletin, received = At(received), stored = At(stored), proposed = At(proposed), decided = At(decided), planned = At(planned) }));
        return bulletin;
    }

    void Delivery(long bulletin, int recipient, string carrier, string state, int planned, int handed, int? accepted = null, int? delivered = null, int? settled = null)
    {
        _river.People(1);
        _river.Operations.Write(connection => connection.Execute(
            """
            INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, rank, level, state, attempts, not_after, planned_at, handed_over_at, accepted_at, delivered_at, settled_at)
            VALUES (@bulletin, @recipient, @carrier, @recipient, 1, 0, 3, @state, 1, 0, @planned, @handed, @accepted, @delivered, @settled)
            """,
            new { bulletin, recipient, carrier, state, planned = At(planned), handed = At(handed), accepted = At(accepted), delivered = At(delivered), settled = At(settled) }));
    }
}

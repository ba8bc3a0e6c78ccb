using System.Diagnostics;
using CanhLu.Notify;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Host.Traces;

/// <summary>One trace for each bulletin: the way of the reading behind it from the river over PUBACK, judgement, decision and outbox to the receipts of some of its deliveries.</summary>
/// <remarks>
/// It is told afterwards, out of the operations store, whose times are those that count: the way of a reading carries no span, and costs nothing. A bulletin is told once, when enough of its
/// deliveries have come to an end or its time is up; what was decided before this run is not told. No number and nobody's words are in it.
/// </remarks>
sealed class WarningTraces(Ways ways, IOptions<OtlpOptions> options, IClock clock, TimeProvider time, ILogger<WarningTraces> logger) : BackgroundService
{
    /// <summary>The name of the source of these traces.</summary>
    public const string SourceName = "CanhLu.Warnings";

    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    readonly ActivitySource _source = new(SourceName);
    readonly HashSet<long> _told = [];
    Instant _since = clock.GetCurrentInstant();

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                _since = Look(_since);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>Tells what can be told; returns the moment since which something may still be told.</summary>
    Instant Look(Instant since)
    {
        try
        {
            var oldest = clock.GetCurrentInstant();
            var recent = ways.Since(since);
            _told.IntersectWith(recent.Select(way => way.Bulletin));
            foreach (var way in recent)
            {
                if (_told.Contains(way.Bulletin))
                    continue;
                var ends = ways.Ends(way.Bulletin, options.Value.DeliveriesPerBulletin);
                if (ends.Count < options.Value.DeliveriesPerBulletin && way.ExpiredAt is null && clock.GetCurrentInstant() - way.DecidedAt < Duration.FromTimeSpan(options.Value.Patience))
                {
                    oldest = Instant.Min(oldest, way.DecidedAt);
                    continue;
                }
                Tell(way, ends);
                _told.Add(way.Bulletin);
            }
            return Instant.Max(since, Instant.Min(oldest, clock.GetCurrentInstant() - Duration.FromTimeSpan(LookEvery)));
        }
        // The store is busy, full or gone: traces are the last thing that it is needed for.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.TracesWait(logger, failure.Message);
            return since;
        }
    }

    void Tell(Way way, IReadOnlyList<WayEnd> ends)
    {
        var end = ends.Select(EndOf).Append(way.PlannedAt ?? way.DecidedAt).Max();
        // A clock of the river that goes ahead of ours must not turn a span round.
        var start = Instant.Min(way.MeasuredAt, way.ReceivedAt ?? way.ProposedAt ?? way.DecidedAt);
        using var whole = Begin($"{way.Kind} {way.Station}", default, start);
        if (whole is null)
            return;
        whole.SetTag("canhlu.bulletin", way.Bulletin).SetTag("canhlu.station", way.Station).SetTag("canhlu.rule", way.Rule).SetTag("canhlu.cause", way.Cause)
            .SetTag("canhlu.level", way.Level.ToString()).SetTag("canhlu.decided_by", way.DecidedBy == "auto" ? "rule" : "person");
        var from = start;
        Step("measured → received", way.ReceivedAt);
        Step("received → stored (PUBACK)", way.StoredAt);
        Step("judged → proposed", way.ProposedAt);
        Step(way.ProposedAt is null ? "judged → decided" : "proposed → decided", way.DecidedAt);
        if (way.ExpiredAt is not null)
            whole.SetStatus(ActivityStatusCode.Error, "old news when it was decided: never sent");
        else if (way.PlannedAt is null)
            whole.SetStatus(ActivityStatusCode.Error, "no delivery stands in the outbox");
        else
            Step("decided → planned", way.PlannedAt);
        foreach (var delivery in ends)
            Tell(delivery, whole.Context);
        Finish(whole, end);

        void Step(string name, Instant? to)
        {
            if (to is not { } until)
                return;
            Span(name, whole.Context, from, until)?.Dispose();
            from = Instant.Max(from, until);
        }
    }

    void Tell(WayEnd delivery, ActivityContext parent)
    {
        using var sent = Begin($"delivery by {delivery.Carrier}", parent, delivery.PlannedAt);
        if (sent is null)
            return;
        sent.SetTag("canhlu.delivery", delivery.Id).SetTag("canhlu.carrier", delivery.Carrier).SetTag("canhlu.state", delivery.State).SetTag("canhlu.attempts", delivery.Attempts);
        if (delivery.DeliveredAt is null)
            sent.SetStatus(ActivityStatusCode.Error, $"{delivery.State} after {delivery.Attempts} attempts");
        if (delivery.HandedOverAt is { } handed)
        {
            Span("planned → handed over", sent.Context, delivery.PlannedAt, handed)?.Dispose();
            if (delivery.AcceptedAt is { } accepted)
            {
                Span("handed over → accepted", sent.Context, handed, accepted)?.Dispose();
                if (delivery.DeliveredAt is { } delivered)
                    Span("accepted → receipt", sent.Context, accepted, delivered)?.Dispose();
            }
        }
        Finish(sent, EndOf(delivery));
    }

    static Instant EndOf(WayEnd delivery) => delivery.DeliveredAt ?? delivery.SettledAt ?? delivery.PlannedAt;

    Activity? Span(string name, ActivityContext parent, Instant from, Instant to)
    {
        var span = Begin(name, parent, from);
        Finish(span, Instant.Max(from, to));
        return span;
    }

    Activity? Begin(string name, ActivityContext parent, Instant at) => _source.StartActivity(name, ActivityKind.Internal, parent, startTime: at.ToDateTimeOffset());

    static void Finish(Activity? span, Instant at) => span?.SetEndTime(at.ToDateTimeUtc());
}

using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CanhLu.Notify;

/// <summary>Plans what was decided and what is owed, and ends what has run out of time: at every ring, and by itself once a second.</summary>
sealed class Planner(
    Plans plans, Governor governor, Outbox outbox, Silences silences, ReplyReader replies, NotifyOptions options, NotifyMetrics metrics, ChangeSignal changes, TimeProvider time,
    ILogger<Planner> log)
{
    readonly Bell _bell = new(time);
    readonly HashSet<long> _withoutCarrier = [];
    bool _troubled;

    /// <summary>Called after something was planned.</summary>
    public event Action? Planned;

    public void Ring() => _bell.Ring();

    public async Task Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Look();
            await _bell.Wait(options.LookEvery, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Does once all that there is to do.</summary>
    public void Look()
    {
        try
        {
            if (outbox.Expire() is > 0 and var expired)
            {
                Log.DeliveriesExpired(log, expired);
                metrics.Expired(expired);
                changes.Advance();
            }
            if (replies.Settle() > 0)
                changes.Advance();
            if (outbox.Stop() is > 0 and var stopped)
            {
                Log.DeliveriesStopped(log, stopped);
                changes.Advance();
            }
            foreach (var bulletin in plans.Unplanned())
                Plan(bulletin);
            Released(governor.Release());
            foreach (var allClear in plans.Owed())
                Announce(plans.Pay(allClear));
            foreach (var silence in silences.PassOn())
                Heed(silence);
            if (_troubled)
                Log.StoreRecovered(log);
            _troubled = false;
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            if (!_troubled)
                Log.StoreTrouble(log, failure.Message);
            _troubled = true;
        }
    }

    void Plan(Bulletin bulletin)
    {
        var began = time.GetTimestamp();
        var plan = plans.Make(bulletin);
        switch (plan.Outcome)
        {
            case Notify.Plan.End.TooLate:
                Log.BulletinExpired(log, bulletin.Id, bulletin.Station, bulletin.NotAfter);
                metrics.BulletinExpired();
                changes.Advance();
                break;
            case Notify.Plan.End.NoCarrier:
                if (_withoutCarrier.Add(bulletin.Id))
                    Log.NoCarrier(log, bulletin.Id, bulletin.Station, bulletin.Level);
                break;
            case Notify.Plan.End.Planned:
                var took = time.GetElapsedTime(began);
                Log.BulletinPlanned(
                    log, bulletin.Id, bulletin.Kind, bulletin.Level, bulletin.Station, plan.Deliveries, plan.Replaced, (long)took.TotalMilliseconds);
                if (plan.Deliveries == 0 && bulletin.Kind != BulletinKind.AllClear)
                    Log.PlannedForNobody(log, bulletin.Id, bulletin.Station);
                if (plan.Held is { Storm: > 0 } or { Budget: > 0 })
                    Log.DeliveriesHeld(log, bulletin.Id, plan.Held.Storm, plan.Held.Budget);
                metrics.Planned(plan.Deliveries, plan.Replaced, took);
                metrics.Held(plan.Held);
                Released(plan.Held.Released);
                Announce(plan.Deliveries + 1);
                break;
        }
    }

    void Released(int deliveries)
    {
        if (deliveries == 0)
            return;
        Log.DeliveriesReleased(log, deliveries);
        metrics.Released(deliveries);
        Announce(deliveries);
    }

    void Heed(Silence silence)
    {
        if (silence.PassedOn > 0)
        {
            Log.NotReported(log, silence.PassedOn, silence.Carrier);
            metrics.NotReported(silence.Carrier, silence.PassedOn);
        }
        Announce(silence.PassedOn);
        if (silence.IsMore)
            _bell.Ring();
    }

    void Announce(int made)
    {
        if (made == 0)
            return;
        changes.Advance();
        Planned?.Invoke();
    }
}

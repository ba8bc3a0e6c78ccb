using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Brings a carrier's deliveries to it: never faster than agreed, officers before residents, highest level first, never after their time.</summary>
/// <remarks>
/// <code>
/// outbox ── claim (one transaction for many) ──▶ [claimed] ── pace, slot, NotAfter ──▶ carrier ── receipt ──▶ [settling] ── outbox
/// </code>
/// What is claimed is durably handed over, so the claims run ahead of the sending by half a second at most. A message to officers passes what is claimed already: which
/// delivery goes is chosen when it may go, so that it waits for one token and one slot.
/// </remarks>
sealed class Courier(
    ICarrier carrier, Outbox outbox, Bulletins bulletins, Settling settling, Gate gate, NotifyOptions options, NotifyMetrics metrics, ChangeSignal changes,
    IClock clock, TimeProvider time, ILogger log) : IDisposable
{
    const double AheadSeconds = 0.25;
    const int MovedAtOnce = 1000;

    /// <summary>Questions may hold so many of the slots, so that a letter that comes meanwhile finds one.</summary>
    readonly int _questionsAtOnce = Math.Max(1, carrier.Terms.Concurrency / 4);

    /// <summary>How many are claimed at once, and the mark below which more are: a quarter of a second at the agreed rate; the least that keeps the pace is one.</summary>
    readonly int _ahead = Math.Clamp((int)(carrier.Terms.RatePerSecond * AheadSeconds), 1, MovedAtOnce);

    readonly Claimed _claimed = new();
    readonly SemaphoreSlim _slots = new(carrier.Terms.Concurrency);
    readonly Pace _pace = new(carrier.Terms.RatePerSecond, time);
    readonly AgreedSecond _second = new(carrier.Terms.RatePerSecond, time);
    readonly Throughput _flow = new(time);
    readonly Bell _bell = new(time);
    readonly CancellationTokenSource _broken = new();
    int _underWay;
    int _asking;
    Exception? _fault;

    public string Carrier => carrier.Id;

    public CarrierState State => gate.State with { Concern = carrier.Concern };

    /// <summary>What the carrier takes a second: what was agreed, or what it has really taken when it was busy, if that is less; null when it takes nothing.</summary>
    public double? RatePerSecond => State.Standing == CarrierStanding.Open
        ? Math.Min(carrier.Terms.RatePerSecond * Pace.Steady, _flow.Busy() ?? double.MaxValue)
        : null;

    /// <summary>Letters of a bulletin handed over a second, in the last seconds.</summary>
    public double PerSecond(long bulletin) => _flow.PerSecond(bulletin);

    /// <summary>There may be something to do.</summary>
    public void Ring() => _bell.Ring();

    /// <summary>Runs until stopped; then what was handed over is waited for, and what was only claimed is given back.</summary>
    public async Task Run(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _broken.Token);
        await Task.WhenAll(Ended(Claim(ending.Token)), Ended(Send(ending.Token))).ConfigureAwait(false);
        for (var slot = 0; slot < carrier.Terms.Concurrency; slot++)
            await _slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_fault is not null)
            throw new InvalidOperationException($"The courier of {Carrier} failed.", _fault);
        if (_claimed.TakeAll() is { Count: > 0 } left)
            outbox.HandBack(left);
    }

    public void Dispose()
    {
        _claimed.Dispose();
        _slots.Dispose();
        _broken.Dispose();
    }

    async Task Claim(CancellationToken stopping)
    {
        var troubled = false;
        while (!stopping.IsCancellationRequested)
        {
            var claimed = 0;
            try
            {
                claimed = ClaimOnce();
                if (troubled)
                    Log.StoreRecovered(log);
                troubled = false;
            }
            catch (SqliteException failure) when (Operations.IsTrouble(failure))
            {
                if (!troubled)
                    Log.StoreTrouble(log, failure.Message);
                troubled = true;
            }
            if (claimed == 0)
                await _bell.Wait(options.LookEvery, stopping).ConfigureAwait(false);
        }
    }

    int ClaimOnce()
    {
        var standing = gate.Look();
        if (standing == CarrierStanding.Stopped)
            return MoveOn();
        if (gate.Pause() > TimeSpan.Zero || (standing == CarrierStanding.Probing && Volatile.Read(ref _underWay) > 0) || _claimed.Officers > _ahead)
            return 0;
        var lane = _claimed.Residents > _ahead ? Lane.Officers : Lane.Residents;
        var claimed = outbox.Claim(Carrier, lane, standing == CarrierStanding.Probing ? 1 : _ahead);
        if (claimed.Count == 0 && standing == CarrierStanding.Probing)
            gate.NothingToProbeWith();
        if (claimed.Count == 0 && standing == CarrierStanding.Open)
            claimed = Questions();
        Interlocked.Add(ref _underWay, claimed.Count);
        _claimed.Add(claimed);
        return claimed.Count;
    }

    /// <summary>What there is to ask, when there is nothing to tell: the last questions must have been answered.</summary>
    IReadOnlyList<Delivery> Questions()
    {
        if (carrier.Terms.AskAfter is not { } after || _claimed.Residents > 0 || Volatile.Read(ref _asking) > 0)
            return [];
        var questions = outbox.Questions.Claim(Carrier, after, _questionsAtOnce);
        Interlocked.Add(ref _asking, questions.Count);
        return questions;
    }

    int MoveOn()
    {
        var (moved, inDoubt) = outbox.MoveOn(Carrier, gate.State.Reason ?? "", gate.StoppedFor, MovedAtOnce);
        if (moved > 0)
        {
            Log.MovedOn(log, Carrier, moved);
            metrics.MovedOn(Carrier, moved, inDoubt);
            settling.SomethingWasPassedOn();
            changes.Advance();
        }
        return moved;
    }

    async Task Send(CancellationToken stopping)
    {
        while (true)
        {
            await _claimed.Any(stopping).ConfigureAwait(false);
            await _slots.WaitAsync(stopping).ConfigureAwait(false);
            var may = false;
            try
            {
                may = await MayGo(stopping).ConfigureAwait(false);
            }
            finally
            {
                if (!may)
                    _slots.Release();
            }
            if (!may)
            {
                GiveBack();
                continue;
            }
            _ = Tell(_claimed.Take(), _second.Go());
            if (_claimed.Residents == _ahead || _claimed.Officers == _ahead)
                _bell.Ring();
        }
    }

    /// <summary>Waits for the pace and for a pause to end; false when the channel has stopped meanwhile.</summary>
    async Task<bool> MayGo(CancellationToken stopping)
    {
        while (true)
        {
            if (gate.State.Standing == CarrierStanding.Stopped)
                return false;
            var wait = gate.Pause();
            if (wait <= TimeSpan.Zero)
                wait = _second.Wait();
            if (wait <= TimeSpan.Zero)
                wait = _pace.Take();
            if (wait <= TimeSpan.Zero)
                return true;
            // Timers count whole milliseconds and would spin through the rest; the pace makes up for what is slept too long.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, stopping).ConfigureAwait(false);
        }
    }

    void GiveBack()
    {
        var back = _claimed.TakeAll();
        outbox.HandBack(back);
        Interlocked.Add(ref _underWay, -back.Count);
        Interlocked.Add(ref _asking, -back.Count(delivery => delivery.Reference is not null));
    }

    /// <summary>Holds a slot. Whatever goes wrong here is a fault of ours, for a carrier's failures are receipts: it ends the courier.</summary>
    async Task Tell(Delivery delivery, long gone)
    {
        try
        {
            Receipt? receipt = null;
            if (delivery.Reference is { } reference)
            {
                await Ask(delivery.Key, reference).ConfigureAwait(false);
                return;
            }
            if (delivery.NotAfter - clock.GetCurrentInstant() is var left && left >= Duration.Zero)
            {
                if (delivery.DoubtfulAt is not null && !carrier.Terms.KnowsRepeats)
                    metrics.HandedOverAgain(Carrier);
                var words = bulletins.Words(bulletins.Of(delivery.BulletinId), delivery.Language);
                _flow.Count(delivery.BulletinId);
                var began = time.GetTimestamp();
                receipt = await carrier.Tell(new Letter(delivery.Key, delivery.Phone, words) { ValidFor = left }, CancellationToken.None).ConfigureAwait(false);
                metrics.Answered(Carrier, receipt, time.GetElapsedTime(began));
                Note(receipt);
            }
            await settling.Post(new Settlement(Carrier, delivery.Key, receipt, IsAnswer: true)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _fault ??= fault;
            await _broken.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            _second.Answered(gone);
            if (delivery.Reference is not null)
                Interlocked.Decrement(ref _asking);
            if (Interlocked.Decrement(ref _underWay) == 0)
                _bell.Ring();
            _slots.Release();
        }
    }

    /// <summary>What it says is a report. An answer that is none says nothing of the channel: letters will find out.</summary>
    async Task Ask(string key, string reference)
    {
        var said = await carrier.Ask(reference, CancellationToken.None).ConfigureAwait(false);
        metrics.Asked(Carrier, said);
        if (said is not null)
            await settling.Post(new Settlement(Carrier, key, said, IsAnswer: false)).ConfigureAwait(false);
    }

    void Note(Receipt receipt)
    {
        var (before, now) = gate.Note(receipt);
        if (now.Standing == CarrierStanding.Stopped && (before.Standing == CarrierStanding.Open || before.Code != now.Code))
            Log.ChannelStopped(log, Carrier, now.Code!, now.Reason!, now.Remedy!);
        else if (now.Standing == CarrierStanding.Open && before.Standing != CarrierStanding.Open)
            Log.ChannelOpened(log, Carrier);
        if (now != before)
        {
            changes.Advance();
            _bell.Ring();
        }
    }

    /// <summary>A loop that was told to stop has stopped; one that failed ends the courier.</summary>
    async Task Ended(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        catch (Exception fault)
        {
            _fault ??= fault;
            await _broken.CancelAsync().ConfigureAwait(false);
        }
    }
}

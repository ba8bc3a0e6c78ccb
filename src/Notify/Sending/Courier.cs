using System.Threading.Channels;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Brings a carrier's deliveries to it: never faster than agreed, highest level first, never after their time.</summary>
/// <remarks>
/// <code>
/// outbox ── claim (one transaction for many) ──▶ [claimed] ── pace, slot, NotAfter ──▶ carrier ── receipt ──▶ [settling] ── outbox
/// </code>
/// What is claimed is durably handed over, so the claims run ahead of the sending by a quarter of a second at most.
/// </remarks>
sealed class Courier(
    ICarrier carrier, Outbox outbox, Bulletins bulletins, Settling settling, Gate gate, NotifyOptions options, NotifyMetrics metrics, ChangeSignal changes,
    IClock clock, TimeProvider time, ILogger log) : IDisposable
{
    const double AheadSeconds = 0.25;
    const int MovedAtOnce = 1000;

    /// <summary>A quarter of a second at the agreed rate waits in memory; the least that keeps the pace is one.</summary>
    readonly Channel<Delivery> _claimed = Channel.CreateBounded<Delivery>(Ahead(carrier));

    readonly SemaphoreSlim _slots = new(carrier.Terms.Concurrency);
    readonly Pace _pace = new(carrier.Terms.RatePerSecond, time);
    readonly Bell _bell = new(time);
    readonly CancellationTokenSource _broken = new();

    /// <summary>Claimed when the stop came. The claim loop's, and after its end the courier's.</summary>
    readonly List<Delivery> _left = [];
    int _underWay;
    Exception? _fault;

    public string Carrier => carrier.Id;

    public CarrierState State => gate.State with { Concern = carrier.Concern };

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
        while (_claimed.Reader.TryRead(out var delivery))
            _left.Add(delivery);
        if (_left.Count > 0)
            outbox.HandBack(_left);
    }

    public void Dispose()
    {
        _slots.Dispose();
        _broken.Dispose();
    }

    static int Ahead(ICarrier carrier) => Math.Clamp((int)(carrier.Terms.RatePerSecond * AheadSeconds), 1, MovedAtOnce);

    async Task Claim(CancellationToken stopping)
    {
        var troubled = false;
        while (!stopping.IsCancellationRequested)
        {
            var claimed = 0;
            try
            {
                claimed = await ClaimOnce(stopping).ConfigureAwait(false);
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

    async Task<int> ClaimOnce(CancellationToken stopping)
    {
        var standing = gate.Look();
        if (standing == CarrierStanding.Stopped)
            return MoveOn();
        if (gate.Pause() > TimeSpan.Zero || (standing == CarrierStanding.Probing && Volatile.Read(ref _underWay) > 0))
            return 0;
        var claimed = outbox.Claim(Carrier, standing == CarrierStanding.Probing ? 1 : Ahead(carrier));
        if (claimed.Count == 0 && standing == CarrierStanding.Probing)
            gate.NothingToProbeWith();
        Interlocked.Add(ref _underWay, claimed.Count);
        for (var i = 0; i < claimed.Count; i++)
        {
            try
            {
                await _claimed.Writer.WriteAsync(claimed[i], stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _left.AddRange(claimed.Skip(i));
                throw;
            }
        }
        return claimed.Count;
    }

    int MoveOn()
    {
        var (moved, inDoubt) = outbox.MoveOn(Carrier, gate.State.Reason ?? "", MovedAtOnce);
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
        await foreach (var delivery in _claimed.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            var (slot, handed) = (false, false);
            try
            {
                await _slots.WaitAsync(stopping).ConfigureAwait(false);
                slot = true;
                handed = await MayGo(stopping).ConfigureAwait(false);
            }
            finally
            {
                if (!handed && slot)
                    _slots.Release();
                if (!handed)
                    GiveBack(delivery);
            }
            if (handed)
                _ = Tell(delivery);
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
                wait = _pace.Take();
            if (wait <= TimeSpan.Zero)
                return true;
            // Timers count whole milliseconds and would spin through the rest; the pace makes up for what is slept too long.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, stopping).ConfigureAwait(false);
        }
    }

    void GiveBack(Delivery delivery)
    {
        var back = new List<Delivery> { delivery };
        while (_claimed.Reader.TryRead(out var further))
            back.Add(further);
        outbox.HandBack(back);
        Interlocked.Add(ref _underWay, -back.Count);
    }

    /// <summary>Holds a slot. Whatever goes wrong here is a fault of ours, for a carrier's failures are receipts: it ends the courier.</summary>
    async Task Tell(Delivery delivery)
    {
        try
        {
            Receipt? receipt = null;
            if (delivery.NotAfter - clock.GetCurrentInstant() is var left && left >= Duration.Zero)
            {
                if (delivery.DoubtfulAt is not null && !carrier.Terms.KnowsRepeats)
                    metrics.HandedOverAgain(Carrier);
                var words = bulletins.Words(bulletins.Of(delivery.BulletinId), delivery.Language);
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
            if (Interlocked.Decrement(ref _underWay) == 0)
                _bell.Ring();
            _slots.Release();
        }
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

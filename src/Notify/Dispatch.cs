using CanhLu.Notify.Carriers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Runs the planner, a courier for each carrier, and the settling of what they hear.</summary>
/// <remarks>
/// <code>
/// Duty ─ bell ─▶ Planner ─▶ (outbox) ─▶ Courier esms ─┐
///                                  └──▶ Courier zalo ─┴─▶ Settling ─▶ (outbox) ◀─ Callbacks
/// </code>
/// At a stop the planner and the couriers end first, what is under way is answered, and the settling puts the last receipts on disk.
/// </remarks>
public sealed class Dispatch : BackgroundService
{
    readonly Outbox _outbox;
    readonly Planner _planner;
    readonly Settling _settling;
    readonly AllowanceWatch _allowances;
    readonly Courier[] _couriers;
    readonly BulletinSignal _decided;
    readonly ILogger _log;

    internal Dispatch(
        IEnumerable<ICarrier> carriers, Outbox outbox, Planner planner, Settling settling, Bulletins bulletins, AllowanceWatch allowances, BackOff backOff,
        NotifyMetrics metrics, ChangeSignal changes, BulletinSignal decided, IOptions<NotifyOptions> options, IClock clock, TimeProvider time, ILogger<Dispatch> log)
    {
        (_outbox, _planner, _settling, _allowances, _decided, _log) = (outbox, planner, settling, allowances, decided, log);
        _couriers =
        [
            .. carriers.Select(carrier => new Courier(
                carrier, outbox, bulletins, settling, new Gate(carrier.Id, options.Value, backOff, clock, time), options.Value, metrics, changes, clock,
                time, log)),
        ];
        metrics.Standings(() => Carriers);
        planner.Planned += RingCouriers;
        settling.PassedOn += RingCouriers;
    }

    /// <summary>How it stands with each carrier.</summary>
    public IReadOnlyList<CarrierState> Carriers => [.. _couriers.Select(courier => WithAllowance(courier.State))];

    /// <summary>What a carrier takes a second: what was agreed, or what it really took when it was busy, if that is less; null when it takes nothing or does not exist.</summary>
    /// <param name="carrier">Its id.</param>
    public double? RateOf(string carrier) => Array.Find(_couriers, courier => courier.Carrier == carrier)?.RatePerSecond;

    /// <summary>Letters of a bulletin handed over a second by all carriers together, the mean of the last ten seconds.</summary>
    /// <param name="bulletin">Its id.</param>
    public double PerSecond(long bulletin) => _couriers.Sum(courier => courier.PerSecond(bulletin));

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_outbox.Reopen() is > 0 and var reopened)
            Log.Reopened(_log, reopened);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var courier in _couriers)
            courier.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settling = _settling.Run();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] loops = [Listen(broken.Token), _planner.Run(broken.Token), .. _couriers.Select(courier => courier.Run(broken.Token))];
        try
        {
            // Whichever ends first was told to stop, or has failed and ends the others.
            var first = await Task.WhenAny([settling, .. loops]).ConfigureAwait(false);
            await broken.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([first == settling ? settling : Task.CompletedTask, .. loops]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            _settling.Complete();
        }
        await settling.ConfigureAwait(false);
    }

    CarrierState WithAllowance(CarrierState state)
    {
        var (left, concern) = _allowances.Of(state.Carrier);
        return state with { Allowance = left, Concern = state.Concern ?? concern };
    }

    async Task Listen(CancellationToken stopping)
    {
        while (true)
        {
            await _decided.WaitAsync(stopping).ConfigureAwait(false);
            _planner.Ring();
        }
    }

    void RingCouriers()
    {
        foreach (var courier in _couriers)
            courier.Ring();
    }
}

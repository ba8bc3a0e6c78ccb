using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using NodaTime;

namespace CanhLu.GatewaySim.Receipts;

/// <summary>Brings letters to their telephones, and sends the receipts.</summary>
sealed class ReceiptDesk(
    GatewaySimOptions options, Rack rack, Func<CarrierTally> esms, Func<CarrierTally> zalo, Mood mood, IReceiptRoute esmsRoute, IReceiptRoute zaloRoute,
    IClock clock, TimeProvider time) : IAsyncDisposable
{
    // Letters whose receipt is still owed: 200 bytes each. Beyond this a receipt is dropped, and counted.
    const int MostWaiting = 1_000_000;

    // Receipts on their way at once.
    const int MostCalls = 64;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    readonly Lock _lock = new();
    readonly SemaphoreSlim _calls = new(MostCalls);
    readonly CancellationTokenSource _stop = new();
    readonly Random _chance = new(options.Seed);

    // Guarded by _lock.
    readonly PriorityQueue<Errand, long> _errands = new();
    Task _running = Task.CompletedTask;

    public void Start() => _running = Run(_stop.Token);

    /// <summary>A letter was taken: it arrives after the usual time.</summary>
    public void Expect(Letter letter) => Later(new Errand(letter, Settles: true, Attempt: 0), options.ReceiptDelay);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    async Task Run(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(Tick, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(stop))
            {
                while (NextDue() is { } errand)
                {
                    if (errand.Settles)
                    {
                        Settle(errand.Letter);
                    }
                    else
                    {
                        await _calls.WaitAsync(stop);
                        _ = Send(errand, stop);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped: what is owed stays owed.
        }
    }

    void Settle(Letter letter)
    {
        if (mood.Strikes(letter.Carrier, Mode.NeverArrives) is not null)
        {
            return;
        }

        var state = letter.Carrier == Carriers.Esms && options.Undelivered > 0 && _chance.NextDouble() < options.Undelivered
            ? LetterState.Failed
            : LetterState.Delivered;
        if (!rack.Settle(letter.Id, state, clock.GetCurrentInstant()))
        {
            return;
        }

        Of(letter).Settled(state);
        if (rack.Find(letter.Id) is not { } settled || !Route(letter).Has(settled) || mood.Strikes(letter.Carrier, Mode.ReceiptsLost) is not null)
        {
            return;
        }

        var delay = mood.Strikes(letter.Carrier, Mode.ReceiptsLate) is { } late ? late.Delay ?? Late : TimeSpan.Zero;
        for (var copies = mood.Strikes(letter.Carrier, Mode.ReceiptsTwice) is null ? 1 : 2; copies > 0; copies--)
        {
            Later(new Errand(settled, Settles: false, Attempt: 0), delay);
        }
    }

    // Counted by _calls; a failure becomes another errand or a count, so that nothing is left to observe.
    async Task Send(Errand errand, CancellationToken stop)
    {
        try
        {
            var again = await Route(errand.Letter).Send(errand.Letter, errand.Attempt, stop);
            if (again is null)
            {
                Of(errand.Letter).Receipt();
            }
            else if (again == Timeout.InfiniteTimeSpan)
            {
                Of(errand.Letter).ReceiptLost();
            }
            else
            {
                Later(errand with { Attempt = errand.Attempt + 1 }, again.Value);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped: what is owed stays owed.
        }
        finally
        {
            _calls.Release();
        }
    }

    void Later(Errand errand, TimeSpan delay)
    {
        lock (_lock)
        {
            if (_errands.Count < MostWaiting)
            {
                _errands.Enqueue(errand, time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency));
                return;
            }
        }

        Of(errand.Letter).ReceiptLost();
    }

    Errand? NextDue()
    {
        lock (_lock)
        {
            return _errands.TryPeek(out var errand, out var due) && due <= time.GetTimestamp() ? _errands.Dequeue() : null;
        }
    }

    CarrierTally Of(Letter letter) => letter.Carrier == Carriers.Esms ? esms() : zalo();

    IReceiptRoute Route(Letter letter) => letter.Carrier == Carriers.Esms ? esmsRoute : zaloRoute;
}

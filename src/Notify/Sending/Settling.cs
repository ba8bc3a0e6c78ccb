using System.Threading.Channels;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CanhLu.Notify;

/// <summary>Puts receipts into the store: whatever has come while the last transaction ran goes into the next one.</summary>
/// <remarks>It outlives the couriers at a stop: it ends when its channel has been completed and read to the end.</remarks>
sealed class Settling(Outbox outbox, NotifyOptions options, NotifyMetrics metrics, ChangeSignal changes, TimeProvider time, ILogger<Settling> log)
{
    /// <summary>A second of receipts at full rate: beyond it couriers and callbacks wait.</summary>
    const int Waiting = 4096;

    /// <summary>Bounds a transaction to some tens of milliseconds, since others want to write too.</summary>
    const int AtOnce = 500;

    readonly Channel<Settlement> _receipts = Channel.CreateBounded<Settlement>(Waiting);

    /// <summary>Called after something was settled that may give a courier work: a next carrier, or another attempt.</summary>
    public event Action? PassedOn;

    /// <summary>Waits while too many wait.</summary>
    public ValueTask Post(Settlement settlement) => _receipts.Writer.WriteAsync(settlement);

    /// <summary>False when too many wait, or when this engine is stopping.</summary>
    public bool TryPost(Settlement settlement) => _receipts.Writer.TryWrite(settlement);

    /// <summary>No more will come.</summary>
    public void Complete() => _receipts.Writer.TryComplete();

    public void SomethingWasPassedOn() => PassedOn?.Invoke();

    public async Task Run()
    {
        var batch = new List<Settlement>(AtOnce);
        while (await _receipts.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < AtOnce && _receipts.Reader.TryRead(out var settlement))
                batch.Add(settlement);
            var results = await Settle(batch).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                metrics.Settled(batch[i], results[i]);
                batch[i].Complete(results[i]);
            }
            changes.Advance();
            if (batch.Exists(settlement => settlement.Receipt is not (Receipt.Accepted or Receipt.Delivered or Receipt.Seen)))
                SomethingWasPassedOn();
        }
    }

    /// <summary>A full disk is waited out: the couriers stand still meanwhile, since their slots are not freed.</summary>
    async Task<IReadOnlyList<Settled>> Settle(List<Settlement> batch)
    {
        for (var troubled = false; ; troubled = true)
        {
            try
            {
                var results = outbox.Settle(batch);
                if (troubled)
                    Log.StoreRecovered(log);
                return results;
            }
            catch (SqliteException failure) when (Operations.IsTrouble(failure))
            {
                if (!troubled)
                    Log.StoreTrouble(log, failure.Message);
            }
            await Task.Delay(options.LookEvery, time).ConfigureAwait(false);
        }
    }
}

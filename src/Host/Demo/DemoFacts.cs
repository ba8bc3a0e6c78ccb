using System.Collections.Immutable;
using CanhLu.Archive;
using CanhLu.Duty;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.October;
using CanhLu.GatewaySim;
using CanhLu.Notify;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Demo;

/// <summary>Counts at the end of the demo what went in against what is there, each out of its own book.</summary>
sealed class DemoFacts(Site site, IServiceProvider engine, PretendCarriers carriers)
{
    static readonly Duration Margin = Duration.FromHours(1);

    public async Task<DemoResult> Count(Counts sent, CancellationToken stop)
    {
        var stored = await StoredAsync(stop);
        var totals = engine.GetRequiredService<Ledger>().Totals();
        long Sum(params DeliveryState[] states) => totals.Where(one => states.Contains(one.State)).Sum(one => one.Deliveries);
        return new DemoResult(
            sent.Readings, stored, Bulletins(),
            new DemoDeliveries(
                Sum(DeliveryState.Accepted, DeliveryState.Delivered, DeliveryState.Seen), Sum(DeliveryState.Delivered, DeliveryState.Seen),
                totals.Where(one => one.State == DeliveryState.Failed).Sum(one => one.Deliveries - one.PassedOn)),
            Math.Max(0, sent.ReadingsAcknowledged - stored), carriers.Stats.Total.Duplicates);
    }

    ImmutableArray<DemoBulletin> Bulletins()
    {
        var pattern = OffsetDateTimePattern.Rfc3339;
        return
        [
            .. engine.GetRequiredService<DutyLog>().Bulletins(100).Reverse().Select(bulletin =>
                new DemoBulletin(bulletin.Level.ToString(), pattern.Format(bulletin.MeasuredAt.InZone(site.Zone).ToOffsetDateTime()))),
        ];
    }

    // A device's status is the engine's own reading of it, not one that was sent.
    async Task<long> StoredAsync(CancellationToken stop)
    {
        var history = engine.GetRequiredService<History>();
        var (from, to) = (OctoberFlood.Begins - Margin, OctoberFlood.Ends + Margin);
        var stored = 0L;
        foreach (var series in engine.GetRequiredService<SeriesBook>().All.Where(series => series.Quantity != Device.Online))
            stored += (await history.Buckets(series.Id, from, to, to - from, stop)).Sum(bucket => (long)bucket.Count);
        return stored;
    }
}

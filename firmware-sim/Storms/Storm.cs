using System.Collections.Concurrent;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Storms;

/// <summary>Many gauges that measure one flood within seconds, at a rate, at QoS 1, and remember what was acknowledged.</summary>
/// <remarks>
/// Each device keeps a persistent session, comes back by itself when the server dies, and publishes again what was not acknowledged.
/// When a device can keep no more, it measures no more: nothing that was measured is ever dropped.
/// </remarks>
public sealed class Storm(StormOptions options, IClock clock, TimeProvider time)
{
    readonly Tally _tally = new();
    readonly ConcurrentDictionary<Message, string> _unsettled = new(ReferenceEqualityComparer.Instance);

    /// <summary>What went over the links so far.</summary>
    public Counts Counts => _tally.Counts;

    /// <summary>The last trouble of any link, for people; null while there was none.</summary>
    public string? LastTrouble => _tally.LastTrouble;

    /// <summary>The water now, metres; for a progress line.</summary>
    public decimal Stage { get; private set; }

    /// <summary>Sends the whole curve, waits for the last acknowledgements, and completes the journal. Cancelling ends the sending early.</summary>
    public async Task<Counts> Run(CancellationToken token)
    {
        await using var journal = options.Journal is { } file ? new Journal(file) : null;
        var links = options.Devices
            .Select(device => (Gauge: new StormGauge(device), Link: new DeviceLink(
                device, options.Broker, options.Credentials(device), options.Link, _tally, time,
                (message, acknowledged) => Settle(journal, device, message, acknowledged))))
            .ToList();
        try
        {
            await SendAll(links, token);
            using var patience = new CancellationTokenSource(options.Patience, time);
            await Task.WhenAll(links.Select(link => link.Link.Finish(patience.Token)));
        }
        catch (OperationCanceledException)
        {
            // Stopped, or out of patience: what is still unsettled is journaled so.
        }

        await Task.WhenAll(links.Select(link => link.Link.DisposeAsync().AsTask()));
        foreach (var (message, device) in _unsettled)
        {
            await Record(journal, device, message, "unacknowledged", null);
        }

        return Counts;
    }

    async Task SendAll(List<(StormGauge Gauge, DeviceLink Link)> links, CancellationToken token)
    {
        var began = time.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        var sent = 0L;
        while (await ticks.WaitForNextTickAsync(token))
        {
            var since = time.GetElapsedTime(began);
            var due = (long)(Math.Min(since.TotalSeconds, options.Curve.Length.TotalSeconds) * options.Rate / options.Batch);
            Stage = options.Curve.At(since);
            for (; sent < due; sent++)
            {
                var (gauge, link) = links[(int)(sent % links.Count)];
                await Send(gauge, link, Stage, token);
            }

            if (since >= options.Curve.Length)
            {
                return;
            }
        }
    }

    ValueTask Send(StormGauge gauge, DeviceLink link, decimal stage, CancellationToken token)
    {
        var samples = new Sample[options.Batch];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = gauge.Measure(clock.GetCurrentInstant(), stage);
        }

        var message = new Message(Payload.Encode(samples, TimeStyle.EpochMilliseconds), [.. samples]);
        _unsettled[message] = gauge.Device;
        return link.Send(message, token);
    }

    // Waits when the disk is slower than the acknowledgements; that holds this device back, and only it.
    ValueTask Settle(Journal? journal, string device, Message message, bool acknowledged)
    {
        Instant? at = acknowledged ? clock.GetCurrentInstant() : null;
        return _unsettled.TryRemove(message, out _) ? Record(journal, device, message, acknowledged ? "acknowledged" : "refused", at) : default;
    }

    static async ValueTask Record(Journal? journal, string device, Message message, string outcome, Instant? at)
    {
        if (journal is not null)
        {
            foreach (var sample in message.Samples)
            {
                await journal.Record(device, sample, outcome, at);
            }
        }
    }
}

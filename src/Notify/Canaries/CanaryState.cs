using System.Diagnostics.Metrics;
using NodaTime;

namespace CanhLu.Notify.Canaries;

/// <summary>How the last trial of the whole way went.</summary>
/// <param name="TriedAt">When its reading was published; null for never since the start.</param>
/// <param name="SucceededAt">When one last arrived; null for never since the start.</param>
/// <param name="AcceptedS">Seconds from its publication until carriers had taken every letter; null when they did not.</param>
/// <param name="DeliveredS">Seconds until every letter was reported as delivered; null when that was not in time.</param>
/// <param name="Trouble">Where it was lost, and what to do; null when it arrived.</param>
public sealed record CanaryTrial(Instant? TriedAt, Instant? SucceededAt, double? AcceptedS, double? DeliveredS, string? Trouble);

/// <summary>The canary as it stands, and its instruments: meter <c>CanhLu.Notify.Canary</c>.</summary>
public sealed class CanaryState
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Notify.Canary";

    readonly Histogram<double> _accepted;
    readonly Histogram<double> _delivered;
    readonly Counter<long> _trials;
    CanaryTrial _last = new(null, null, null, null, null);

    /// <param name="meters">Makes the meter.</param>
    public CanaryState(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _accepted = meter.CreateHistogram<double>("canhlu.canary.accepted.duration", "s", "From the publication of the canary's reading until carriers had taken every letter");
        _delivered = meter.CreateHistogram<double>("canhlu.canary.delivered.duration", "s", "From the publication of the canary's reading until every letter was reported as delivered");
        _trials = meter.CreateCounter<long>("canhlu.canary.trials", "{trials}", "Trials of the whole way, by outcome (arrived, lost)");
        meter.CreateObservableGauge("canhlu.canary.last_success", Success, "s", "When a canary last arrived, seconds since 1970; nothing before the first");
        meter.CreateObservableGauge("canhlu.canary.lost", () => Last.Trouble is null ? 0L : 1L, "{trials}", "1 while the last canary has not arrived");
    }

    /// <summary>How the last trial went.</summary>
    public CanaryTrial Last
    {
        get => Volatile.Read(ref _last);
        private set => Volatile.Write(ref _last, value);
    }

    /// <summary>A trial is over.</summary>
    /// <param name="tried">When its reading was published.</param>
    /// <param name="accepted">Seconds until it was accepted; null when it was not.</param>
    /// <param name="delivered">Seconds until it was reported as delivered; null when it was not.</param>
    /// <param name="trouble">Where it was lost; null when it arrived.</param>
    public void Tried(Instant tried, double? accepted, double? delivered, string? trouble)
    {
        if (accepted is { } one)
            _accepted.Record(one);
        if (delivered is { } other)
            _delivered.Record(other);
        _trials.Add(1, new KeyValuePair<string, object?>("outcome", trouble is null ? "arrived" : "lost"));
        Last = new CanaryTrial(tried, trouble is null ? tried : Last.SucceededAt, accepted, delivered, trouble);
    }

    IEnumerable<Measurement<long>> Success() => Last.SucceededAt is { } at ? [new(at.ToUnixTimeSeconds())] : [];
}

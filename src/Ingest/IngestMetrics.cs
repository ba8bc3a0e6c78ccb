using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CanhLu.Ingest.Links;
using CanhLu.Ingest.Native;

namespace CanhLu.Ingest;

/// <summary>By which way a message came in.</summary>
public enum WayIn
{
    /// <summary>The engine's own front door.</summary>
    Door,

    /// <summary>An outside broker.</summary>
    Broker,
}

/// <summary>What Ingest counts, under the meter <c>CanhLu.Ingest</c>.</summary>
public sealed class IngestMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CanhLu.Ingest";

    static readonly KeyValuePair<string, object?>[] Ways = [new("way", "door"), new("way", "broker")];
    static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetNames<RejectionReason>().Select(name => new KeyValuePair<string, object?>("reason", name))];

    static readonly KeyValuePair<string, object?>[] Formats =
        [.. Enum.GetNames<PayloadFormat>().Select(name => new KeyValuePair<string, object?>("format", name))];

    readonly ConcurrentDictionary<Window, bool> _windows = [];
    readonly Counter<long> _messages;
    readonly Counter<long> _readings;
    readonly Counter<long> _rejections;
    readonly Counter<long> _ignored;
    readonly Counter<long> _unanswered;
    readonly Counter<long> _dropped;
    readonly Counter<long> _connects;
    readonly UpDownCounter<long> _links;
    readonly Counter<long> _brokerDrops;

    /// <summary>Makes the instruments.</summary>
    public IngestMetrics(IMeterFactory meters, RejectionLog log)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("canhlu.ingest.messages", "{message}", "Messages taken in.");
        _readings = meter.CreateCounter<long>("canhlu.ingest.readings", "{reading}", "Readings in them.");
        _rejections = meter.CreateCounter<long>("canhlu.ingest.rejections", "{rejection}", "Messages and values that were no readings, by reason.");
        _ignored = meter.CreateCounter<long>("canhlu.ingest.ignored", "{message}", "Foreign messages that are rightly there and tell nothing that is read, by format.");
        _unanswered = meter.CreateCounter<long>("canhlu.ingest.unanswered", "{message}", "Messages that were not stored and so not acknowledged.");
        _dropped = meter.CreateCounter<long>("canhlu.ingest.dropped", "{message}", "QoS 0 messages for which there was no room.");
        _connects = meter.CreateCounter<long>("canhlu.ingest.links.connects", "{connect}", "Connections made to the outside broker.");
        _links = meter.CreateUpDownCounter<long>("canhlu.ingest.links", "{link}", "Links to the outside broker that stand now.");
        _brokerDrops = meter.CreateCounter<long>("canhlu.ingest.broker.dropped", "{message}", "Messages that the outside broker says it has dropped.");
        meter.CreateObservableUpDownCounter(
            "canhlu.ingest.held", () => (long)_windows.Keys.Sum(window => window.Held), "{message}", "Messages of the outside broker that wait to be stored.");
        meter.CreateObservableCounter("canhlu.ingest.unknown_fields", log.TotalUnknownFields, "{field}", "Fields that no model names.");
    }

    /// <summary>A batch was taken in and stored.</summary>
    public void Took(WayIn way, int messages, int readings)
    {
        _messages.Add(messages, Ways[(int)way]);
        _readings.Add(readings, Ways[(int)way]);
    }

    /// <summary>A batch was not stored.</summary>
    public void Unanswered(WayIn way, int messages) => _unanswered.Add(messages, Ways[(int)way]);

    /// <summary>A QoS 0 message found no room.</summary>
    public void Dropped(WayIn way) => _dropped.Add(1, Ways[(int)way]);

    internal void LinkUp()
    {
        _connects.Add(1);
        _links.Add(1);
    }

    internal void LinkDown() => _links.Add(-1);

    internal void Watch(Window window) => _windows.TryAdd(window, true);

    internal void Unwatch(Window window) => _windows.TryRemove(window, out _);

    internal void BrokerDropped(long messages) => _brokerDrops.Add(messages);

    internal void Ignored(PayloadFormat format) => _ignored.Add(1, Formats[(int)format]);

    internal void Rejected(in Findings findings)
    {
        for (var i = 0; i < Findings.Reasons; i++)
            if (findings.Counts[i] != 0)
                _rejections.Add(findings.Counts[i], Reasons[i]);
    }
}

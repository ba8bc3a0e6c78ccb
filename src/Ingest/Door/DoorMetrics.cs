using System.Diagnostics.Metrics;

namespace CanhLu.Ingest;

/// <summary>What the door counts, in the meter <c>CanhLu.Ingest</c>.</summary>
public sealed class DoorMetrics
{
    readonly UpDownCounter<long> _connections;
    readonly Counter<long> _logins;
    readonly Counter<long> _ends;
    readonly Counter<long> _refused;
    readonly Counter<long> _lost;
    readonly Counter<long> _wills;
    readonly Counter<long> _commands;
    readonly Counter<long> _tailDropped;

    /// <summary>Makes the instruments.</summary>
    public DoorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CanhLu.Ingest");
        _connections = meter.CreateUpDownCounter<long>("canhlu.ingest.door.connections", "{connection}", "Connections whose CONNECT was accepted.");
        _logins = meter.CreateCounter<long>("canhlu.ingest.door.logins", "{login}", "CONNECTs, by their answer.");
        _ends = meter.CreateCounter<long>("canhlu.ingest.door.ends", "{connection}", "Ends of connections, by reason.");
        _refused = meter.CreateCounter<long>("canhlu.ingest.door.refused", "{message}", "Messages on a topic that is not the client's own.");
        _lost = meter.CreateCounter<long>("canhlu.ingest.door.lost", "{reading}", "Readings that found no room when their connection was gone; at QoS 1 and 2 they come again.");
        _wills = meter.CreateCounter<long>("canhlu.ingest.door.wills", "{will}", "Last wills told.");
        _commands = meter.CreateCounter<long>("canhlu.ingest.door.commands", "{command}", "Commands, by what became of them.");
        _tailDropped = meter.CreateCounter<long>("canhlu.ingest.door.tail.dropped", "{message}", "Messages for which a technician's tail had no room.");
    }

    internal void CameIn() => _connections.Add(1);

    internal void Went() => _connections.Add(-1);

    internal void Login(ReasonCode answer) => _logins.Add(1, new KeyValuePair<string, object?>("answer", answer));

    internal void Ended(ReasonCode reason) => _ends.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal void Refused() => _refused.Add(1);

    internal void Lost(int readings) => _lost.Add(readings);

    internal void WillTold() => _wills.Add(1);

    internal void Command(string fate, int count = 1) => _commands.Add(count, new KeyValuePair<string, object?>("fate", fate));

    internal void TailDropped(long messages) => _tailDropped.Add(messages);
}

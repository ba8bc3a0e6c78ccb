using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CanhLu.Ingest.Links;

/// <summary>What a broker tells of itself under <c>$SYS</c>: its version, and how many messages it has dropped.</summary>
/// <remarks>One for all links. Mosquitto tells both (every <c>sys_interval</c>); a broker that tells nothing, or forbids it, is not asked again.</remarks>
sealed class BrokerVoice(string broker, IngestMetrics metrics, TimeProvider time, ILogger logger)
{
    public const string Version = "$SYS/broker/version";
    public const string Dropped = "$SYS/broker/publish/messages/dropped";

    const int MaxVersion = 80;

    static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    readonly Lock _lock = new();
    string? _version;
    long? _dropped;
    long _untold;
    long _toldAt;
    bool _hasTold;

    public void Hear(string topic, in ReadOnlySequence<byte> payload)
    {
        var text = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        if (topic == Version)
            HearVersion(Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxVersion)]));
        else if (topic == Dropped && Utf8Parser.TryParse(text, out long dropped, out var length) && length == text.Length)
            HearDropped(dropped);
    }

    void HearVersion(string version)
    {
        lock (_lock)
        {
            if (version == _version)
                return;
            _version = version;
            Log.BrokerNamedItself(logger, broker, version);
        }
    }

    void HearDropped(long dropped)
    {
        lock (_lock)
        {
            // A count that falls is that of a broker started anew. What it dropped before we first asked is told, too: it may have been ours.
            var more = _dropped is { } before && dropped >= before ? dropped - before : dropped;
            var since = _dropped is null ? "since it was started" : "since it last told";
            _dropped = dropped;
            if (more > 0)
                metrics.BrokerDropped(more);
            _untold += more;
            if (_untold == 0 || (_hasTold && time.GetElapsedTime(_toldAt) < BetweenWarnings))
                return;
            Log.BrokerDropped(logger, broker, _untold, since);
            _untold = 0;
            _toldAt = time.GetTimestamp();
            _hasTold = true;
        }
    }
}

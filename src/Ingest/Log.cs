using CanhLu.Ingest.Links;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace CanhLu.Ingest;

/// <summary>What Ingest tells the operator; ids 1000 to 1099 (the door's begin at 1100).</summary>
static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Link {Link} to {Broker} stands; the broker kept our session: {SessionPresent}.")]
    public static partial void LinkStood(ILogger logger, string link, string broker, bool sessionPresent);

    [LoggerMessage(1001, LogLevel.Warning, "Link {Link} to {Broker} is down: {Reason}. It is tried again until it stands.")]
    public static partial void LinkFell(ILogger logger, string link, string broker, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "The broker has forgotten the session of {Link}: messages published while we were away may be lost. Let it keep sessions on disk (src/Ingest/BROKER.md).")]
    public static partial void SessionForgotten(ILogger logger, string link);

    [LoggerMessage(1003, LogLevel.Warning, "{Broker} will not keep everything for {Link}: {Limit} (src/Ingest/BROKER.md)")]
    public static partial void LimitRevealed(ILogger logger, string broker, string link, BrokerLimit limit);

    [LoggerMessage(1004, LogLevel.Warning, "{Broker} says that it has dropped {Count} messages {Since}: a queue of it is full. Raise max_queued_messages (src/Ingest/BROKER.md).")]
    public static partial void BrokerDropped(ILogger logger, string broker, long count, string since);

    [LoggerMessage(1005, LogLevel.Information, "{Broker} is {Version}; its limits are explained in src/Ingest/BROKER.md.")]
    public static partial void BrokerNamedItself(ILogger logger, string broker, string version);

    [LoggerMessage(1008, LogLevel.Information, "The connection {Client} to {Broker}, for sirens, stands.")]
    public static partial void NoticesStood(ILogger logger, string client, string broker);

    [LoggerMessage(1009, LogLevel.Warning, "Sirens cannot be told by {Client}: {Trouble}. It is tried again until they can.")]
    public static partial void NoticesFell(ILogger logger, string client, string trouble);

    [LoggerMessage(1010, LogLevel.Warning, "{Broker} refuses {Link} the topic {Topic}, which a decoder of the site reads: {Reason}. Nothing of it is heard; the link stands.")]
    public static partial void TopicRefused(ILogger logger, string broker, string link, string topic, MqttClientSubscribeResultCode reason);

    [LoggerMessage(1006, LogLevel.Information, "{Count} messages of link {Link} were not stored and are left with the broker.")]
    public static partial void LeftWithBroker(ILogger logger, string link, int count);

    [LoggerMessage(1007, LogLevel.Warning, "Link {Link} began to drop QoS 0 messages: more came than were stored. Let devices publish with QoS 1.")]
    public static partial void DroppingUnacknowledged(ILogger logger, string link);
}

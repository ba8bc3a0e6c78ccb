using Microsoft.Extensions.Logging;

namespace CanhLu.Notify.Cap;

/// <summary>What is said of publishing: 5100 to 5119.</summary>
static partial class CapLog
{
    [LoggerMessage(5100, LogLevel.Information, "{Identifier} was published: {Type}, level {Level} of {Station}")]
    public static partial void Published(ILogger log, string identifier, string type, AlarmLevel level, string station);

    [LoggerMessage(5101, LogLevel.Error, "Bulletin {Bulletin} could not be made an alert: by a mistake of ours it is missing from /cap until the engine starts again. People are told by their carriers all the same")]
    public static partial void NotPublished(ILogger log, Exception mistake, long bulletin);

    [LoggerMessage(5102, LogLevel.Error, "The operations store could not be written ({Reason}); publishing waits until it can")]
    public static partial void StoreTrouble(ILogger log, string reason);

    [LoggerMessage(5103, LogLevel.Information, "Alerts are published again")]
    public static partial void StoreRecovered(ILogger log);
}

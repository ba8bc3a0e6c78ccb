using Microsoft.Extensions.Logging;

namespace CanhLu.Archive;

static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Opened {Path}: {Series} series, next position {Position}, in {Elapsed}")]
    public static partial void Opened(this ILogger logger, string path, int series, long position, TimeSpan elapsed);

    [LoggerMessage(2002, LogLevel.Critical, "READINGS ARE NOT BEING STORED and are not acknowledged: {Reason}")]
    public static partial void StoringStopped(this ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Readings are being stored again after {Elapsed} and {Attempts} attempts; nothing was acknowledged in between")]
    public static partial void StoringResumed(this ILogger logger, TimeSpan elapsed, int attempts);

    [LoggerMessage(2004, LogLevel.Warning, "{Readings} readings were not stored because the engine stopped; their devices send them again")]
    public static partial void Refused(this ILogger logger, int readings);

    [LoggerMessage(2005, LogLevel.Information, "Deleted {Readings} readings received before {Before}, because of their age")]
    public static partial void Deleted(this ILogger logger, long readings, NodaTime.Instant before);

    [LoggerMessage(2006, LogLevel.Information, "Closed {Path}")]
    public static partial void Closed(this ILogger logger, string path);
}

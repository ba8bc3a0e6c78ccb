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

    [LoggerMessage(2007, LogLevel.Warning, "The copy to InfluxDB stands still, and is caught up later: {Reason}")]
    public static partial void CopyStopped(this ILogger logger, string reason);

    [LoggerMessage(2008, LogLevel.Warning, "The copy to InfluxDB goes on after {Elapsed}")]
    public static partial void CopyResumed(this ILogger logger, TimeSpan elapsed);

    [LoggerMessage(2009, LogLevel.Warning, "InfluxDB refused {Lines} lines of {Source} for good, and they are parked: {Reason}")]
    public static partial void Parked(this ILogger logger, int lines, string source, string reason);

    [LoggerMessage(2010, LogLevel.Warning, "The {Lines} oldest lines of {File} were forgotten: it was full. Their readings stand in the archive")]
    public static partial void ParkedForgotten(this ILogger logger, long lines, string file);

    [LoggerMessage(2011, LogLevel.Information, "Thinned {Series} to {What}: of {Readings} readings received before {Before}, {Kept} stay")]
    public static partial void Thinned(this ILogger logger, string series, string what, long readings, long kept, NodaTime.Instant before);
}

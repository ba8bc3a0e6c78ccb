using Microsoft.Extensions.Logging;

namespace CanhLu.Host;

/// <summary>What the composition says; ids 3000 to 3999.</summary>
static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Rebuilt the memory of {Stations} stations from {Readings} readings in {Milliseconds:0} ms; {Changes} alarms had not been told")]
    public static partial void MemoryRebuilt(ILogger logger, int stations, long readings, int changes, double milliseconds);

    [LoggerMessage(3001, LogLevel.Information, "Took over changed accounts: {Count} in force")]
    public static partial void AccountsReloaded(ILogger logger, int count);

    [LoggerMessage(3002, LogLevel.Warning,
        "Nobody can be told: no carrier is configured. Bulletins are decided and kept. For SMS set CANHLU_Carriers__Esms__ApiKey, CANHLU_Carriers__Esms__SecretKey and "
        + "CANHLU_Carriers__Esms__Brandname; for Zalo CANHLU_Carriers__Zalo__AppId, CANHLU_Carriers__Zalo__AppSecret and CANHLU_Carriers__Zalo__RefreshToken; then start again")]
    public static partial void NobodyCanBeTold(ILogger logger);

    [LoggerMessage(3003, LogLevel.Information, "Took over the changed site: {Changes}")]
    public static partial void SiteChanged(ILogger logger, string changes);

    [LoggerMessage(3004, LogLevel.Error, "The changed site is wrong and was not taken over; the one before stays in force: {Errors}")]
    public static partial void SiteRefused(ILogger logger, string errors);

    [LoggerMessage(3005, LogLevel.Information, "The site's folder is again as it is in force")]
    public static partial void SiteAgain(ILogger logger);

    [LoggerMessage(3006, LogLevel.Error, "The changed site could not be taken over, and is tried again")]
    public static partial void SiteNotTaken(ILogger logger, Exception failure);

    [LoggerMessage(3007, LogLevel.Warning, "{Station} would have been at {Level} at {MeasuredAt} by {Rule}: that reading was {Minutes:0} min on its way, and told nobody")]
    public static partial void CameTooLate(ILogger logger, string station, AlarmLevel level, NodaTime.Instant measuredAt, string rule, double minutes);
}

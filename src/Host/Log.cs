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

    [LoggerMessage(3020, LogLevel.Error, "The canary has not arrived within {Within}: {Trouble}")]
    public static partial void CanaryLost(ILogger logger, NodaTime.Duration within, string trouble);

    [LoggerMessage(3021, LogLevel.Information, "The canary arrives again: the carriers took it after {Seconds:0.0} s")]
    public static partial void CanaryArrivedAgain(ILogger logger, double seconds);

    [LoggerMessage(3022, LogLevel.Warning, "Nobody is on duty to be told that the canary was lost: enter shifts (/api/shifts)")]
    public static partial void NobodyToCall(ILogger logger);

    [LoggerMessage(3023, LogLevel.Error, "The operations store could not be used ({Reason}): the officers on duty cannot be told that the canary was lost")]
    public static partial void CanaryNotTold(ILogger logger, string reason);

    [LoggerMessage(3008, LogLevel.Information, "The rules were tried on {Readings} readings from {From} to {To}")]
    public static partial void Tried(ILogger logger, long readings, NodaTime.Instant from, NodaTime.Instant to);

    [LoggerMessage(3009, LogLevel.Error, "Trying the rules on the archive failed")]
    public static partial void TryingFailed(ILogger logger, Exception failure);

    [LoggerMessage(3007, LogLevel.Warning, "{Station} would have been at {Level} at {MeasuredAt} by {Rule}: that reading was {Minutes:0} min on its way, and told nobody")]
    public static partial void CameTooLate(ILogger logger, string station, AlarmLevel level, NodaTime.Instant measuredAt, string rule, double minutes);

    [LoggerMessage(3030, LogLevel.Warning, "{Engine} is silent, or keeps nothing: {Trouble}")]
    public static partial void EngineSilent(ILogger logger, Uri engine, string trouble);

    [LoggerMessage(3031, LogLevel.Information, "{Engine} is well again after {Elapsed}")]
    public static partial void EngineAnswers(ILogger logger, Uri engine, TimeSpan elapsed);

    [LoggerMessage(3032, LogLevel.Information, "{Phone} was called by {Carrier}")]
    public static partial void Called(ILogger logger, CanhLu.Notify.PhoneNumber phone, string carrier);

    [LoggerMessage(3033, LogLevel.Error, "{Phone} could not be called: {Failure}")]
    public static partial void NotCalled(ILogger logger, CanhLu.Notify.PhoneNumber phone, string failure);

    [LoggerMessage(3036, LogLevel.Information, "{Count} stored readings were restated by the calibrations in force")]
    public static partial void Restated(ILogger logger, long count);

    [LoggerMessage(3034, LogLevel.Warning, "The heartbeat does not get out: {Trouble}. It is tried again until it does")]
    public static partial void HeartbeatLost(ILogger logger, string trouble);

    [LoggerMessage(3035, LogLevel.Information, "The heartbeat gets out again")]
    public static partial void HeartbeatAgain(ILogger logger);

    [LoggerMessage(3037, LogLevel.Information, "Traces of bulletins wait: {Reason}")]
    public static partial void TracesWait(ILogger logger, string reason);
}

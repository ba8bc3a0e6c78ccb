using Microsoft.Extensions.Logging;

namespace CanhLu.Ingest;

/// <summary>What the door says, event ids 1200 to 1399. Nothing per message; a trouble once when it begins and once when it ends.</summary>
static partial class DoorLog
{
    [LoggerMessage(1200, LogLevel.Information, "The door opened with {Accounts} accounts, {Sessions} kept sessions and {Commands} kept commands")]
    public static partial void Opened(ILogger logger, int accounts, int sessions, int commands);

    [LoggerMessage(1201, LogLevel.Information, "The door closed; {Connections} connections were told")]
    public static partial void Closed(ILogger logger, int connections);

    [LoggerMessage(1210, LogLevel.Warning, "Login as {Name} from {Address} failed: {Reason}; further failures are counted until it succeeds or a minute passes without one")]
    public static partial void LoginsFail(ILogger logger, string name, string address, ReasonCode reason);

    [LoggerMessage(1211, LogLevel.Information, "Logins as {Name} from {Address} fail no longer; {Failures} had failed")]
    public static partial void LoginsRecovered(ILogger logger, string name, string address, int failures);

    [LoggerMessage(1212, LogLevel.Warning, "More than {Limit} connections have not said who they are; further ones are closed on arrival")]
    public static partial void TooManyUnknown(ILogger logger, int limit);

    [LoggerMessage(1213, LogLevel.Information, "Connections that have not said who they are fell below the limit; {Closed} had been closed on arrival")]
    public static partial void UnknownRecovered(ILogger logger, long closed);

    [LoggerMessage(1220, LogLevel.Debug, "{Account} came in as {ClientId} from {Address}, MQTT {Version}")]
    public static partial void CameIn(ILogger logger, string account, string clientId, string address, string version);

    [LoggerMessage(1221, LogLevel.Debug, "{Account} as {ClientId} went: {Reason}")]
    public static partial void Went(ILogger logger, string account, string clientId, ReasonCode reason);

    [LoggerMessage(1222, LogLevel.Information, "The connection of {Account} as {ClientId} from {Address} was ended: {Reason}")]
    public static partial void Ended(ILogger logger, string account, string clientId, string address, ReasonCode reason);

    [LoggerMessage(1230, LogLevel.Warning, "{Account} published on a topic that is not its own: {Topic}")]
    public static partial void ForeignTopic(ILogger logger, string account, string topic);

    [LoggerMessage(1240, LogLevel.Warning, "The store of sessions and commands cannot be written; persistent sessions are refused")]
    public static partial void MemoryFails(ILogger logger, Exception exception);

    [LoggerMessage(1241, LogLevel.Information, "The store of sessions and commands can be written again")]
    public static partial void MemoryRecovered(ILogger logger);

    [LoggerMessage(1250, LogLevel.Error, "A connection failed in a way that is a fault of ours")]
    public static partial void Fault(ILogger logger, Exception exception);

    [LoggerMessage(1260, LogLevel.Warning, "{Commands} commands for {Account} as {ClientId} are lost: its session has ended")]
    public static partial void CommandsLost(ILogger logger, int commands, string account, string clientId);

    [LoggerMessage(1261, LogLevel.Warning, "{Account} refused a command with reason {Reason}")]
    public static partial void CommandRefused(ILogger logger, string account, int reason);
}

using Microsoft.Extensions.Logging;

namespace CanhLu.Console;

/// <summary>What the part says; ids 6000 to 6999. Nothing that lets somebody in, and no name that nobody has: people type passwords there.</summary>
static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "A sign-in from {Address} was refused")]
    public static partial void SignInRefused(ILogger logger, string address);

    [LoggerMessage(6001, LogLevel.Warning, "Five wrong passwords or codes in a row: nobody signs in as {Name} for five minutes; the last came from {Address}")]
    public static partial void LockedOut(ILogger logger, string name, string address);

    [LoggerMessage(6002, LogLevel.Information, "{Name} looked at the number of {Subject}")]
    public static partial void LookedAtNumber(ILogger logger, string name, string subject);

    [LoggerMessage(6010, LogLevel.Information, "{Name} gave the device {Device} its account")]
    public static partial void DeviceAccountGiven(ILogger logger, string name, string device);

    [LoggerMessage(6011, LogLevel.Information, "{Name} renewed the account of the device {Device}")]
    public static partial void DeviceAccountRenewed(ILogger logger, string name, string device);

    [LoggerMessage(6012, LogLevel.Information, "{Name} revoked the account of the device {Device}")]
    public static partial void DeviceAccountRevoked(ILogger logger, string name, string device);

    [LoggerMessage(6003, LogLevel.Warning, "A sign-on did not end well: {Failure}")]
    public static partial void SignOnFailed(ILogger logger, string failure);

    [LoggerMessage(6090, LogLevel.Warning, "The desk cannot be looked at, and open pages stay as they are; it is tried again twice a second")]
    public static partial void DeskNotSeen(ILogger logger, Exception trouble);

    [LoggerMessage(6091, LogLevel.Information, "The desk can be looked at again")]
    public static partial void DeskSeenAgain(ILogger logger);
}

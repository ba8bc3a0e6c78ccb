using Microsoft.Extensions.Logging;

namespace CanhLu.Notify.Sirens;

/// <summary>What is said of sirens: 5120 to 5139.</summary>
static partial class SirenLog
{
    [LoggerMessage(5120, LogLevel.Information, "{Topic} says from now on: {State}, level {Level}, sequence {Sequence}, bulletin {Bulletin}")]
    public static partial void Stated(ILogger log, string topic, SirenState state, AlarmLevel level, long sequence, long? bulletin);

    [LoggerMessage(5121, LogLevel.Error, "Sirens cannot be told anything: {Trouble}. What stands is kept and stated as soon as it can be")]
    public static partial void LineDown(ILogger log, string trouble);

    [LoggerMessage(5122, LogLevel.Information, "Sirens can be told again")]
    public static partial void LineUp(ILogger log);

    [LoggerMessage(5123, LogLevel.Warning, "Siren {Siren} has not said that it heard bulletin {Bulletin} ({State}) within {After}. Look whether it has power and a line, and tell its ward by other means")]
    public static partial void Unheard(ILogger log, string siren, long? bulletin, SirenState state, TimeSpan after);

    [LoggerMessage(5124, LogLevel.Error, "The operations store could not be used ({Reason}); sirens keep what they were told last, until it can")]
    public static partial void StoreTrouble(ILogger log, string reason);

    [LoggerMessage(5125, LogLevel.Information, "The sirens' store is usable again")]
    public static partial void StoreRecovered(ILogger log);
}

using Microsoft.Extensions.Logging;

namespace CanhLu.Notify;

/// <summary>What this part says to the operator: event ids 5000 to 5999. No numbers of recipients, no secrets, nothing per delivery.</summary>
static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "A roster of {Lines} lines was imported: {Added} added, {Updated} updated, {Repeated} repeated, {Rejected} rejected")]
    public static partial void RosterImported(ILogger log, int lines, int added, int updated, int repeated, int rejected);

    [LoggerMessage(5001, LogLevel.Information, "A reply by {Carrier} was a wish: {Meaning}, {Outcome}")]
    public static partial void ReplyTaken(ILogger log, string carrier, ReplyMeaning meaning, WishOutcome outcome);

    [LoggerMessage(5010, LogLevel.Information, "Bulletin {Bulletin} ({Kind} {Level} of {Station}) was planned: {Deliveries} deliveries, {Replaced} older ones replaced, in {Milliseconds} ms")]
    public static partial void BulletinPlanned(ILogger log, long bulletin, BulletinKind kind, AlarmLevel level, string station, int deliveries, int replaced, long milliseconds);

    [LoggerMessage(5011, LogLevel.Warning, "Bulletin {Bulletin} of {Station} was past its time ({NotAfter}) before it could be planned: nobody is told")]
    public static partial void BulletinExpired(ILogger log, long bulletin, string station, NodaTime.Instant notAfter);

    [LoggerMessage(5012, LogLevel.Error, "Bulletin {Bulletin} of {Station} cannot be told: none of the carriers of the site's telling for level {Level} is configured. It waits")]
    public static partial void NoCarrier(ILogger log, long bulletin, string station, AlarmLevel level);

    [LoggerMessage(5013, LogLevel.Error, "Bulletin {Bulletin} was planned for nobody: station {Station} is not in the site, has no areas, or nobody of the roster lives there")]
    public static partial void PlannedForNobody(ILogger log, long bulletin, string station);

    [LoggerMessage(5014, LogLevel.Warning, "{Expired} deliveries ran out of time and were not sent")]
    public static partial void DeliveriesExpired(ILogger log, int expired);

    [LoggerMessage(5016, LogLevel.Warning, "{Stopped} deliveries were not sent: a person has stopped their broadcast")]
    public static partial void DeliveriesStopped(ILogger log, int stopped);

    [LoggerMessage(5015, LogLevel.Information, "{Reopened} deliveries had been handed over without an answer when the engine stopped: they are sent again under the same keys")]
    public static partial void Reopened(ILogger log, int reopened);

    [LoggerMessage(5017, LogLevel.Information, "With bulletin {Bulletin} deliveries were held back: {Storm} because another bulletin tells it, {Budget} because the messages of the month are used up")]
    public static partial void DeliveriesHeld(ILogger log, long bulletin, int storm, int budget);

    [LoggerMessage(5018, LogLevel.Warning, "{Released} deliveries that were held back go after all, or have expired: what stood for them was not told")]
    public static partial void DeliveriesReleased(ILogger log, int released);

    [LoggerMessage(5020, LogLevel.Error, "{Carrier} stopped taking messages: {Code}, {Reason}. {Remedy}")]
    public static partial void ChannelStopped(ILogger log, string carrier, string code, string reason, string remedy);

    [LoggerMessage(5021, LogLevel.Information, "{Carrier} takes messages again")]
    public static partial void ChannelOpened(ILogger log, string carrier);

    [LoggerMessage(5022, LogLevel.Warning, "{Moved} deliveries went from {Carrier}, which is stopped, to the next carrier")]
    public static partial void MovedOn(ILogger log, string carrier, int moved);

    [LoggerMessage(5023, LogLevel.Warning, "{PassedOn} deliveries that {Carrier} accepted were not reported in time: the next carrier tells them as well")]
    public static partial void NotReported(ILogger log, int passedOn, string carrier);

    [LoggerMessage(5030, LogLevel.Error, "{Carrier} answered with a code that is not in our table: {Code} {Answer}. It is treated as temporary")]
    public static partial void CarrierCodeUnknown(ILogger log, string carrier, string code, string answer);

    [LoggerMessage(5031, LogLevel.Error, "{Carrier} refused a message by a fault of ours: {Code} {Answer}. The next carrier tells it; look into the template")]
    public static partial void CarrierBlamesUs(ILogger log, string carrier, string code, string answer);

    [LoggerMessage(5032, LogLevel.Information, "The access token of {Carrier} was renewed")]
    public static partial void TokenRenewed(ILogger log, string carrier);

    [LoggerMessage(5033, LogLevel.Error, "{Carrier} will stop: {Code}, {Reason} ({By}). {Remedy}")]
    public static partial void TokenConcern(ILogger log, string carrier, string code, string reason, NodaTime.Instant? by, string remedy);

    [LoggerMessage(5034, LogLevel.Error, "The account with {Carrier} does not last: {Reason}. {Remedy}")]
    public static partial void AllowanceConcern(ILogger log, string carrier, string reason, string remedy);

    [LoggerMessage(5040, LogLevel.Error, "The operations store could not be written ({Reason}); telling people waits until it can")]
    public static partial void StoreTrouble(ILogger log, string reason);

    [LoggerMessage(5041, LogLevel.Information, "The operations store can be written again")]
    public static partial void StoreRecovered(ILogger log);

    [LoggerMessage(5050, LogLevel.Warning, "A callback of {Carrier} was forged: {Why}")]
    public static partial void CallbackForged(ILogger log, string carrier, string why);
}

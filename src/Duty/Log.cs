using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Episode {Episode} {Change}: {Subject} by rule {Rule}, {From} to {Level}; residents: {Outcome}")]
    public static partial void EpisodeChanged(
        ILogger logger, long episode, Change change, string subject, string rule, AlarmLevel from, AlarmLevel level, Outcome outcome);

    [LoggerMessage(4002, LogLevel.Warning, "The bulletin of {Subject} for {Level} was old news when it was decided and is not sent: measured at {MeasuredAt}")]
    public static partial void OldNews(ILogger logger, string subject, AlarmLevel level, NodaTime.Instant measuredAt);

    [LoggerMessage(4003, LogLevel.Warning, "{Count} proposals expired: nobody decided in time")]
    public static partial void ProposalsExpired(ILogger logger, int count);

    [LoggerMessage(4004, LogLevel.Information, "{Who} acknowledged episode {Episode}")]
    public static partial void Acknowledged(ILogger logger, string who, long episode);

    [LoggerMessage(4005, LogLevel.Information, "{Who} approved proposal {Proposal}: bulletin {Bulletin}")]
    public static partial void Approved(ILogger logger, string who, long proposal, long bulletin);

    [LoggerMessage(4006, LogLevel.Information, "{Who} declined proposal {Proposal}")]
    public static partial void Declined(ILogger logger, string who, long proposal);

    [LoggerMessage(4012, LogLevel.Warning, "{Who} stopped the broadcast of bulletin {Bulletin}")]
    public static partial void Stopped(ILogger logger, string who, long bulletin);

    [LoggerMessage(4013, LogLevel.Warning, "Nobody decided in time: {Escalated} proposals went to the next person of the duty list, {Sent} were sent, {Dropped} dropped")]
    public static partial void TimeWasUp(ILogger logger, int escalated, int sent, int dropped);

    [LoggerMessage(4014, LogLevel.Information, "{Called} reminders went to officers about proposals that wait")]
    public static partial void OfficersCalled(ILogger logger, int called);

    [LoggerMessage(4010, LogLevel.Information, "{Who} began maintenance {Id} of {Subject}")]
    public static partial void MaintenanceBegan(ILogger logger, string who, long id, string subject);

    [LoggerMessage(4011, LogLevel.Information, "{Who} ended maintenance {Id}")]
    public static partial void MaintenanceEnded(ILogger logger, string who, long id);

    [LoggerMessage(4015, LogLevel.Information, "{Who} put the alarm of episode {Episode} aside")]
    public static partial void Shelved(ILogger logger, string who, long episode);

    [LoggerMessage(4016, LogLevel.Information, "{Who} took the alarm of episode {Episode} back")]
    public static partial void Unshelved(ILogger logger, string who, long episode);

    [LoggerMessage(4017, LogLevel.Information, "{Who} wrote handover {Handover}")]
    public static partial void HandedOver(ILogger logger, string who, long handover);

    [LoggerMessage(4018, LogLevel.Information, "{Who} took the shift over by handover {Handover}")]
    public static partial void TookOver(ILogger logger, string who, long handover);

    [LoggerMessage(4019, LogLevel.Information, "{Who} adopted the device {Device}")]
    public static partial void Adopted(ILogger logger, string who, string device);

    [LoggerMessage(4020, LogLevel.Information, "{Who} let the adopted device {Device} go")]
    public static partial void LetGo(ILogger logger, string who, string device);

    [LoggerMessage(4021, LogLevel.Information, "{Who} ordered {Device}: {Order}")]
    public static partial void Ordered(ILogger logger, string who, string device, string order);

    [LoggerMessage(4022, LogLevel.Information, "{Who} read {Stage} off the staff gauge of {Station}")]
    public static partial void StaffRead(ILogger logger, string who, string station, Stage stage);

    [LoggerMessage(4023, LogLevel.Warning, "{Who} calibrated {Device}: {OffsetMm} mm are added to what it measured from {From} on")]
    public static partial void Calibrated(ILogger logger, string who, string device, int offsetMm, Instant from);

    [LoggerMessage(4024, LogLevel.Warning, "{Who} ended calibration {Id} of {Device}")]
    public static partial void CalibrationEnded(ILogger logger, string who, long id, string device);

    [LoggerMessage(4007, LogLevel.Error, "The operations store cannot be written; alarms are held and written again until it can")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(4008, LogLevel.Information, "The operations store can be written again")]
    public static partial void StoreRecovered(ILogger logger);

    [LoggerMessage(4009, LogLevel.Warning, "{Count} alarms or more were not written before the stop; the rules state them again at the next start")]
    public static partial void LeftUnwritten(ILogger logger, Exception exception, int count);
}

using CanhLu.Database;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Calls the officers on duty when the canary did not arrive.</summary>
public sealed class CanaryCalls(Operations operations, IClock clock, BulletinSignal bell)
{
    /// <summary>How long such a call may still be sent.</summary>
    static readonly Duration ValidFor = Duration.FromHours(1);

    /// <summary>Tells the officers on duty, by the way that reminders go; returns how many there are.</summary>
    public int Warn(OwnWords words)
    {
        var called = operations.Write(connection => new CanaryBook(connection, new DutyBook(connection, clock.GetCurrentInstant())).Warn(words, ValidFor));
        bell.Ring();
        return called;
    }
}

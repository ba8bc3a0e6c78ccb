using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What the canary makes of the duty desk: letters to test telephones, and to the officers on duty when it did not arrive. Each goes to one number, so that no resident
/// can be told, owed or counted by it; and all belong to one episode that was over when it began.</summary>
sealed class CanaryBook(SqliteConnection connection, DutyBook book)
{
    /// <summary>An alarm of the canary: one that is news, and not late, is told to the test telephones.</summary>
    public Heard Hear(Alarm alarm, Site site)
    {
        var known = book.Remembered(alarm.Key);
        if (alarm.Says(known) || known is not null && alarm.Evidence.MeasuredAt < known.Evidence.MeasuredAt)
            return new Heard(alarm, Change.Nothing, Outcome.Desk, 0);
        book.Remember(alarm);
        if (alarm.Level == AlarmLevel.None || site.Canary is not { } canary)
            return new Heard(alarm, Change.Nothing, Outcome.Desk, 0);
        var at = OfficialWording.Hour(alarm.Evidence.MeasuredAt, site.Zone, "vi");
        foreach (var phone in canary.Phones)
            Tell(phone, alarm.Evidence.MeasuredAt, alarm.Evidence.MeasuredAt + canary.Within, new OwnWords(
                $"[KIỂM TRA] Canh Lũ thử đường báo tin lúc {at}. Đây không phải cảnh báo.", null), alarm);
        return new Heard(alarm, Change.Nothing, Outcome.Bulletin, 0);
    }

    /// <summary>Tells the officers on duty, the first place, that the canary has not arrived; returns how many there are.</summary>
    public int Warn(OwnWords words, Duration validFor)
    {
        var onDuty = new OfficerBook(connection, book).OnDuty();
        var first = onDuty.Count == 0 ? [] : onDuty.Where(one => one.Place == onDuty[0].Place).Select(one => one.Officer.Phone).Distinct().ToArray();
        foreach (var phone in first)
            Tell(phone, book.Now, book.Now + validFor, words);
        return first.Length;
    }

    void Tell(string phone, Instant at, Instant notAfter, OwnWords words, Alarm? alarm = null) => book.Publish(
        new Draft(Episode(), Canary.Id, Canary.RuleId, Cause.Limit, BulletinKind.Reminder, AlarmLevel.I, null, null, at, notAfter)
        {
            Own = words,
            OnlyTo = phone,
            ReceivedAt = alarm?.StoredAt is null ? null : alarm.Evidence.ReceivedAt,
            StoredAt = alarm?.StoredAt,
        },
        AuditEntry.Auto, null);

    long Episode() => connection.QuerySingleOrDefault<long?>("SELECT id FROM episodes WHERE subject = @Id AND rule = @RuleId", new { Canary.Id, Canary.RuleId })
        ?? connection.ExecuteScalar<long>(Statements.OpenCanary, new { Canary.Id, Canary.RuleId, book.Now });
}

using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>The notices inside one transaction, and the alarms that follow from them.</summary>
/// <remarks>What is stated follows from the notices, the site and what was stated before, so that to settle twice changes nothing.</remarks>
sealed class ReleaseBook(SqliteConnection connection, Site site, Instant now)
{
    readonly DutyBook _book = new(connection, now);

    public ReleaseNotice? Of(long id) => connection.QuerySingleOrDefault<ReleaseNotice>(Statements.Releases + " WHERE id = @Id", new { Id = id });

    public ReleaseNotice? InForce(string source) =>
        connection.QuerySingleOrDefault<ReleaseNotice>(Statements.Releases + " WHERE source = @Source AND ended_at IS NULL", new { Source = source });

    public ReleaseNotice Enter(ReleaseEntry entry, ReleaseNotice? replaced)
    {
        if (replaced is not null)
            End(replaced, entry.Who, "replaced");
        var id = connection.ExecuteScalar<long>(Statements.EnterRelease, new
        {
            entry.Source,
            entry.QMin,
            entry.QMax,
            entry.StartsAt,
            entry.EndsAt,
            entry.Document,
            Now = now,
            entry.Who,
            Replaces = replaced?.Id,
        });
        var entered = Of(id)!;
        _book.Note("entered", Subject(id), replaced is null ? null : Facts(replaced), Facts(entered) with { Note = entry.Document }, entry.Who);
        if (entered.QMax == 0)
            End(entered, entry.Who, "the gates are closed");
        return Of(id)!;
    }

    public void End(ReleaseNotice notice, string who, string reason)
    {
        connection.Execute(Statements.EndRelease, new { notice.Id, Now = now, Who = who, Reason = reason });
        _book.Note("ended", Subject(notice.Id), Facts(notice), new Facts { Reason = reason }, who);
    }

    /// <summary>Whether anything is to be settled; a read, so that looking costs no write.</summary>
    public bool IsUnsettled() => Due().Count > 0 || Unstated().Any();

    /// <summary>Ends the notices whose time is up, and states every alarm that is otherwise than the notices say.</summary>
    public List<Heard> Settle()
    {
        foreach (var notice in Due())
            End(notice, AuditEntry.Auto, "its time was up");
        return [.. Unstated().ToList().Select(one => new Hearing(_book, site) { Outflow = one.Outflow }.Renew(one.Alarm))];
    }

    List<ReleaseNotice> Due() =>
        connection.Query<ReleaseNotice>(Statements.Releases + " WHERE ended_at IS NULL AND ends_at <= @Now ORDER BY id", new { Now = now }).AsList();

    IEnumerable<(Alarm Alarm, Outflow? Outflow)> Unstated()
    {
        var known = connection.Query<AlarmRow>(Statements.Alarms + " WHERE cause = 'release'").Select(row => row.Statement).ToDictionary(alarm => alarm.Key);
        foreach (var rule in site.Rules.OfType<Rule.Release>())
        {
            var newest = connection.QueryFirstOrDefault<ReleaseNotice>(
                Statements.Releases + " WHERE source = @Source ORDER BY id DESC LIMIT 1", new { rule.Source });
            foreach (var station in rule.Stations)
            {
                known.Remove(new AlarmKey(station, rule.Id), out var before);
                if (newest is not null && Stated(new AlarmKey(station, rule.Id), before, rule, newest) is { } alarm)
                    yield return (alarm, new Outflow(rule.Reservoir, newest.QMin, newest.QMax, newest.StartsAt));
            }
        }
        // Of rules that the site no longer has: nothing is left that could hold them up, or end them later.
        foreach (var gone in known.Values.Where(alarm => alarm.Level != AlarmLevel.None))
            yield return (Next(gone.Key, gone, AlarmLevel.None, now, 0), null);
    }

    static Alarm? Stated(AlarmKey key, Alarm? before, Rule.Release rule, ReleaseNotice newest)
    {
        var level = newest.EndedAt is null ? rule.Levels.Of(newest.QMax) : AlarmLevel.None;
        if (level == (before?.Level ?? AlarmLevel.None) && (level == AlarmLevel.None || before!.Evidence.MeasuredAt == newest.EnteredAt))
            return null;
        return Next(key, before, level, newest.EndedAt ?? newest.EnteredAt, newest.QMax);
    }

    // It holds from the entry on and not from the opening of the gates: people must be told before. What is behind it is a notice and no series' reading.
    static Alarm Next(AlarmKey key, Alarm? before, AlarmLevel level, Instant at, int discharge)
    {
        var from = before?.Level ?? AlarmLevel.None;
        var peak = from == AlarmLevel.None ? level : (AlarmLevel)Math.Max((int)before!.Peak, (int)level);
        return new Alarm(
            key, Cause.Release, level, from, level == from ? before!.Since : at, peak, new Reading(default, at, at, discharge, Flag.Missing), null, null);
    }

    static string Subject(long id) => $"release/{id}";

    static Facts Facts(ReleaseNotice notice) => new()
    {
        Release = $"{notice.Source} {notice.QMin}-{notice.QMax} m³/s",
        Since = notice.StartsAt.ToString(),
        NotAfter = notice.EndsAt?.ToString(),
    };
}

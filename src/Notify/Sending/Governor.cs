using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What a planning held back, in deliveries.</summary>
/// <param name="Storm">Because another bulletin tells it.</param>
/// <param name="Budget">Because the messages of the month are used up.</param>
/// <param name="Released">What went after all before it, since what stood for it was not told.</param>
readonly record struct Held(int Storm, int Budget, int Released);

/// <summary>Several alarms at once make one message a resident, and level I no more of them in a month than agreed.</summary>
/// <remarks>
/// What is held back stands in the outbox in a state of its own, with the bulletin that tells it instead; when no carrier can be brought to tell that one, it goes itself.
/// A release is held back for nothing and stands for nothing, for it says something else; a forecast stands for forecasts only.
/// </remarks>
sealed class Governor(Operations operations, Func<Site> site, IOptions<NotifyOptions> options, ChangeSignal changes, IClock clock, TimeProvider time, DueClock due)
{
    readonly Unhurried _looking = new(changes, time);

    /// <summary>Whether several alarms at once make one message, and all that is over one all-clear.</summary>
    public bool IsOn => options.Value.StormWindow > TimeSpan.Zero;

    /// <summary>The warnings whose alarms are not over; none when this is off.</summary>
    public IReadOnlyList<long> Standing(SqliteConnection connection) => IsOn ? [.. Warnings(connection).Select(warning => warning.Id)] : [];

    /// <summary>Holds back what was just planned of a warning, and of others what this one tells as well.</summary>
    public Held Hold(SqliteConnection connection, Bulletin bulletin, Instant now)
    {
        if (bulletin.Kind != BulletinKind.Warning || bulletin.OnlyTo is not null || bulletin.Cause == Cause.Release)
            return default;
        var warnings = IsOn ? Warnings(connection) : [];
        List<Warning> others = [.. warnings.Where(other => (other.Station, other.Rule) != (bulletin.Station, bulletin.Rule))];
        // What stood for a higher one may have failed this moment: it must stand for this one before this one is looked at.
        var released = others.Count == 0 ? 0 : Release(connection, warnings, now);
        var over = Over(others, bulletin.Level, bulletin.Cause, now);
        var storm = over.Length == 0 ? 0 : connection.Execute(Statements.Of("hold"), new { bulletin.Id, over, now });
        var month = Month(connection, bulletin);
        var budget = month.Count == 0 ? 0 : connection.Execute(Statements.Of("hold-budget"), new { bulletin.Id, month, budget = options.Value.MessagesAMonth, now });
        var under = others.Where(other => other.Level <= bulletin.Level && StandsFor(bulletin.Cause, other.Cause)).Select(other => other.Id).ToArray();
        storm += under.Length == 0 ? 0 : connection.Execute(Statements.Of("hold-lower"), new { bulletin.Id, under, now });
        return new Held(storm, budget, released);
    }

    /// <summary>The bulletins that count in the month's budget for this one; none when nobody can have used it up, or it goes whatever was used.</summary>
    public IReadOnlyList<long> Month(SqliteConnection connection, Bulletin bulletin)
    {
        if (options.Value.MessagesAMonth == 0 || bulletin.Level != AlarmLevel.I || bulletin.Kind != BulletinKind.Warning || bulletin.Cause == Cause.Release)
            return [];
        var zone = site().Zone;
        var from = clock.GetCurrentInstant().InZone(zone).Date.With(DateAdjusters.StartOfMonth).AtStartOfDayInZone(zone).ToInstant();
        var month = connection.Query<long>(Statements.Of("month"), new { from, bulletin.Id }).AsList();
        return month.Count < options.Value.MessagesAMonth ? [] : month;
    }

    /// <summary>Sends after all what was held back for nothing, the highest level first: what then goes may stand for the rest.</summary>
    /// <returns>How many deliveries; 0 also when it did not look because nothing has changed.</returns>
    public int Release() => _looking.Look(() =>
        operations.Read(Loose).Count == 0 ? 0 : operations.Write(connection => Release(connection, Warnings(connection), clock.GetCurrentInstant())));

    int Release(SqliteConnection connection, List<Warning> warnings, Instant now)
    {
        var loose = Loose(connection, warnings).Select(one => one.Bulletin).ToHashSet();
        var released = 0;
        foreach (var held in warnings.Where(warning => loose.Contains(warning.Id)))
        {
            var over = Over(warnings.Where(other => (other.Station, other.Rule) != (held.Station, held.Rule)), held.Level, held.Cause, held.PlannedAt);
            connection.Execute(Statements.Of("hold-again"), new { held.Id, over, now });
            released += connection.Execute(Statements.Of("release"), new { held.Id, now, Due = due.Now });
        }
        return released;
    }

    /// <summary>What is held back and goes at the next look, by bulletin.</summary>
    public IReadOnlyList<(long Bulletin, long Deliveries)> Loose(SqliteConnection connection) => Loose(connection, Warnings(connection));

    static List<(long Bulletin, long Deliveries)> Loose(SqliteConnection connection, List<Warning> standing) => connection
        .Query<(long, long)>(Statements.Of("loose"), new { standing = standing.Select(warning => warning.Id) }).AsList();

    long[] Over(IEnumerable<Warning> others, AlarmLevel level, Cause cause, Instant at) =>
    [
        .. others.Where(other => other.Level >= level && StandsFor(other.Cause, cause) && other.PlannedAt > at - Duration.FromTimeSpan(options.Value.StormWindow))
            .Select(other => other.Id),
    ];

    static bool StandsFor(Cause told, Cause held) => told != Cause.Release && held != Cause.Release && (told != Cause.Forecast || held == Cause.Forecast);

    static List<Warning> Warnings(SqliteConnection connection) => connection.Query<Warning>(Statements.Of("standing-warnings")).AsList();

    sealed record Warning
    {
        public required long Id { get; init; }

        public required string Station { get; init; }

        public required string Rule { get; init; }

        public required Cause Cause { get; init; }

        public required AlarmLevel Level { get; init; }

        public required Instant PlannedAt { get; init; }
    }
}

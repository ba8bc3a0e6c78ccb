using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What the planning of one bulletin did.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Deliveries">How many deliveries it has now.</param>
/// <param name="Replaced">How many unsent older ones it replaced.</param>
/// <param name="Held">How many are held back because of it.</param>
readonly record struct Plan(Plan.End Outcome, int Deliveries, int Replaced, Held Held = default)
{
    public enum End
    {
        Planned,
        TooLate,
        NoCarrier,
    }
}

/// <summary>Turns decided bulletins and open debts into deliveries, with one statement per language and carrier whatever the number of recipients.</summary>
sealed class Plans(
    Operations operations, Routes routes, Governor governor, Func<Site> site, IOptions<NotifyOptions> options, ChangeSignal changes, IClock clock, TimeProvider time, DueClock due)
{
    static readonly string[] Languages = ["vi", "en"];

    readonly Unhurried _looking = new(changes, time);

    /// <summary>The bulletins that wait to be planned, oldest first.</summary>
    public IReadOnlyList<Bulletin> Unplanned() => operations.Read(connection => connection
        .Query<BulletinRow>("SELECT * FROM bulletins WHERE planned_at IS NULL AND expired_at IS NULL AND stopped_at IS NULL ORDER BY id")
        .Select(row => row.Bulletin).ToList());

    /// <summary>The all-clears that are still the last word about their station and rule, and can pay debts now that nobody has planned to pay.</summary>
    public IReadOnlyList<Bulletin> Owed() => _looking.Look(() => operations.Read(connection => Payable(connection).Select(one => one.AllClear).ToList())) ?? [];

    /// <summary>The same, whatever it costs, with how many each can pay.</summary>
    public IReadOnlyList<(Bulletin AllClear, int People)> Payable(SqliteConnection connection)
    {
        var (now, joint, standing) = (clock.GetCurrentInstant(), governor.IsOn, governor.Standing(connection));
        return
        [
            .. Owing(connection, now)
                .Select(allClear => (allClear, connection.Query<long>(Statements.Of("clearable"), Clearing(allClear, joint, standing, now)).Count()))
                .Where(one => one.Item2 > 0),
        ];
    }

    /// <summary>Plans one bulletin, in one transaction: its deliveries, the replacing of older ones, and that it was planned.</summary>
    public Plan Make(Bulletin bulletin)
    {
        var now = clock.GetCurrentInstant();
        if (bulletin.NotAfter < now)
        {
            operations.Write(connection => connection.Execute("UPDATE bulletins SET expired_at = @now WHERE id = @Id", new { bulletin.Id, now }));
            return new Plan(Plan.End.TooLate, 0, 0);
        }
        if (Languages.All(language => routes.Of(bulletin, language).Carriers.Count == 0))
            return new Plan(Plan.End.NoCarrier, 0, 0);
        return operations.Write(connection =>
        {
            if (bulletin.OnlyTo is { } phone)
                connection.Execute(Statements.Of("meet"), new { phone, now });
            var made = bulletin.Kind == BulletinKind.AllClear ? 0 : Deliveries(connection, bulletin, bulletin.OnlyTo is null ? "plan-warning" : "plan-one", now);
            var replaced = bulletin.Kind is BulletinKind.Warning or BulletinKind.AllClear ? Replace(connection, bulletin, now) : 0;
            // After the replacing: what is replaced has told nobody, and counts in no budget.
            var held = governor.Hold(connection, bulletin, now);
            if (bulletin.Kind == BulletinKind.AllClear)
                made = PlanDebts(connection, bulletin, now);
            connection.Execute("UPDATE bulletins SET planned_at = @now WHERE id = @Id", new { bulletin.Id, now });
            return new Plan(Plan.End.Planned, made, replaced, held);
        });
    }

    /// <summary>Plans the debts that arose since an all-clear was planned: a warning that was accepted late.</summary>
    /// <returns>How many deliveries were made: none when something newer was decided since it was found owed.</returns>
    public int Pay(Bulletin allClear) => operations.Write(connection =>
    {
        var now = clock.GetCurrentInstant();
        return Owing(connection, now).Any(owing => owing.Id == allClear.Id) ? PlanDebts(connection, allClear, now) : 0;
    });

    IEnumerable<Bulletin> Owing(SqliteConnection connection, Instant now) =>
        connection.Query<BulletinRow>(Statements.Of("owed"), new { now, joint = governor.IsOn }).Select(row => row.Bulletin);

    int PlanDebts(SqliteConnection connection, Bulletin allClear, Instant now)
    {
        var joint = governor.IsOn;
        connection.Execute("CREATE TEMP TABLE IF NOT EXISTS clearable (recipient_id BIGINT PRIMARY KEY); DELETE FROM temp.clearable");
        connection.Execute(
            $"INSERT INTO temp.clearable (recipient_id) {Statements.Of("clearable")}", Clearing(allClear, joint, governor.Standing(connection), now));
        var made = Deliveries(connection, allClear, "plan-all-clear", now);
        connection.Execute(Statements.Of("debts-planned"), new { allClear.Id, allClear.Station, allClear.Rule, allClear.Episode, joint, now });
        return made;
    }

    static object Clearing(Bulletin allClear, bool joint, IReadOnlyList<long> standing, Instant now) =>
        new { allClear.Station, allClear.Rule, allClear.Episode, joint, standing, now };

    int Deliveries(SqliteConnection connection, Bulletin bulletin, string statement, Instant now)
    {
        var areas = bulletin.Areas ?? site().StationOf(bulletin.Station)?.Areas ?? [];
        var made = 0;
        foreach (var language in Languages)
        {
            var route = routes.Of(bulletin, language);
            for (var i = 0; i < route.Carriers.Count; i++)
                made += Insert(route.Carriers[i], onlyWhoHasNone: !route.Together, evenOutOfReach: false);
            // Whom every carrier calls out of reach is not given up in silence: the last one is asked again.
            if (route.Carriers.Count > 0)
                made += Insert(route.Carriers[^1], onlyWhoHasNone: true, evenOutOfReach: true);

            int Insert(string carrier, bool onlyWhoHasNone, bool evenOutOfReach) => connection.Execute(Statements.Of(statement), new
            {
                bulletin.Id,
                bulletin.Station,
                bulletin.Rule,
                bulletin.Episode,
                Lane = Lane.Of(bulletin),
                bulletin.Level,
                bulletin.NotAfter,
                areas,
                bulletin.OnlyTo,
                language,
                carrier,
                KeyBegin = $"{operations.Installation}-{bulletin.Id}-",
                KeyEnd = $"-{routes.KeyLetterOf(carrier)}",
                onlyWhoHasNone,
                evenOutOfReach,
                kind = Routes.IsZalo(carrier) ? "zalo" : "sms",
                despiteOptOut = bulletin.Level == AlarmLevel.III && options.Value.LevelIIIDespiteOptOut,
                BelievedSince = now - Duration.FromDays(options.Value.RememberOutOfReachDays),
                now,
                Due = due.Now,
            });
        }
        return made;
    }

    int Replace(SqliteConnection connection, Bulletin bulletin, Instant now)
    {
        var older = connection.Query<long>(Statements.Of("older"), new
        {
            bulletin.Id,
            bulletin.Station,
            bulletin.Rule,
            now,
            // Nobody is told that one is over after he was told, or was to be told, that another one is not.
            joint = governor.IsOn && bulletin.Kind == BulletinKind.Warning,
        }).AsList();
        if (older.Count == 0)
            return 0;
        var replaced = connection.Execute(
            Statements.Of("replace"), new { bulletin.Id, older, now, Everyone = bulletin.Kind == BulletinKind.AllClear });
        connection.Execute(Statements.Of("debts-unplanned"), new { bulletin.Id, older });
        return replaced;
    }
}

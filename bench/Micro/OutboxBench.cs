using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using CanhLu.Database;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>A bulletin to a thousand people on SQLite, on disk at every step: planned, claimed a hundred at a time, settled five hundred at a time. Times are of one delivery.</summary>
/// <remarks>The baseline is bare SQLite in the same files' mode: a thousand rows put in, and twice updated by their key, in as many transactions.</remarks>
[MemoryDiagnoser]
[Config(typeof(Once))]
public class OutboxBench : IDisposable
{
    const int People = 1000;
    const int Claimed = 100;
    const int Settled = 500;
    const string Station = "tam-ky";
    const string Ward = "20341";

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-micro-").FullName;
    readonly List<Delivery> _claimed = [];
    Operations _operations = null!;
    ServiceProvider _services = null!;
    SqliteConnection _bare = null!;
    Bulletin _bulletin = null!;
    Plans _plans = null!;
    Outbox _outbox = null!;
    long _keys;

    [GlobalSetup]
    public void Setup()
    {
        _operations = Operations.Open(Path.Combine(_folder, "operations.db"));
        var site = Site();
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton(_operations).AddSingleton<Func<Site>>(() => site).AddSingleton<BulletinSignal>().AddSingleton<ICarrier, MuteCarrier>();
        services.AddSingleton<IClock>(new StandingClock()).AddSingleton(RealTime.Provider);
        services.AddNotify(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Notify:StormWindow"] = "00:00:00", ["Notify:MessagesAMonth"] = "0" }).Build());
        _services = services.BuildServiceProvider();
        (_plans, _outbox) = (_services.GetRequiredService<Plans>(), _services.GetRequiredService<Outbox>());
        _operations.Write(connection => connection.Execute(
            "INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES (@Phone, @Name, @Ward, 'vi', 1, 0)",
            Enumerable.Range(0, People).Select(i => new { Phone = $"+84{905_000_000 + i}", Name = $"Người {i}", Ward })));
        _bare = new SqliteConnection($"Data Source={Path.Combine(_folder, "bare.db")}");
        _bare.Open();
        _bare.Execute(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE deliveries (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, recipient INTEGER NOT NULL, state TEXT NOT NULL, answer TEXT)
            """);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        if (!Directory.Exists(_folder))
            return;
        _services.Dispose();
        _operations.Dispose();
        _bare.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [IterationSetup(Target = nameof(All))]
    public void Decide()
    {
        _claimed.Clear();
        _operations.Write(connection => connection.Execute(
            """
            UPDATE episodes SET ended_at = 1 WHERE ended_at IS NULL;
            INSERT INTO episodes (subject, rule, cause, opened_at, level, changed_at, peak_level) VALUES (@Station, 'bao-dong', 'threshold', 0, 3, 0, 3);
            INSERT INTO bulletins (episode, sequence, station, rule, cause, kind, level, stage_mm, measured_at, decided_at, decided_by, not_after)
            VALUES (last_insert_rowid(), 1, @Station, 'bao-dong', 'threshold', 'warning', 3, 2800, @Now, @Now, 'auto', @Late)
            """,
            new { Station, Now = StandingClock.Now, Late = StandingClock.Now + Duration.FromHours(6) }));
        _bulletin = _plans.Unplanned().Single();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = People, Description = "bare SQLite")]
    public void Bare()
    {
        var first = _keys;
        Together(People, i => _bare.Execute("INSERT INTO deliveries (key, recipient, state) VALUES (@Key, @i, 'planned')", new { Key = $"bare-{_keys++}", i }));
        for (var from = 0; from < People; from += Claimed)
            Together(Claimed, i => _bare.Execute("UPDATE deliveries SET state = 'handedover' WHERE key = @Key", new { Key = $"bare-{first + from + i}" }));
        for (var from = 0; from < People; from += Settled)
            Together(Settled, i => _bare.Execute("UPDATE deliveries SET state = 'accepted', answer = '100' WHERE key = @Key", new { Key = $"bare-{first + from + i}" }));
    }

    [Benchmark(OperationsPerInvoke = People, Description = "planned, claimed, settled")]
    public int All()
    {
        var planned = _plans.Make(_bulletin).Deliveries;
        while (_outbox.Claim("esms", Lane.Of(_bulletin), Claimed) is { Count: > 0 } claimed)
            _claimed.AddRange(claimed);
        var settled = 0;
        foreach (var some in _claimed.Chunk(Settled))
            settled += _outbox.Settle([.. some.Select(one => new Settlement("esms", one.Key, new Receipt.Accepted("1"), IsAnswer: true))]).Count(one => one == Notify.Settled.News);
        return planned == People && settled == People ? settled : throw new InvalidOperationException($"{planned} planned, {settled} settled.");
    }

    void Together(int count, Action<int> work)
    {
        _bare.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < count; i++)
            work(i);
        _bare.Execute("COMMIT");
    }

    static Site Site() => new()
    {
        Id = "bench",
        Name = "Bench",
        Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"],
        Areas = new[] { new Area(Ward, "Phường Tam Kỳ") }.ToFrozenDictionary(area => area.Code),
        Stations = [new Station(Station, "Tam Kỳ", "Tam Kỳ", "Hòn Dấu", 15.57, 108.47, [Ward], Duration.FromMinutes(10), [])],
        Devices = FrozenDictionary<string, Device>.Empty,
        Rules = [],
        Templates = [new BulletinTemplate(BulletinKind.Warning, Cause.Threshold, null, "vi", "Mực nước sông {river} tại trạm {station}: {stage}.", null, null)],
        Tellings = [.. Enum.GetValues<AlarmLevel>().Select(level => new Telling(level, ["esms"], false))],
        WarningValidFor = Duration.FromHours(6),
        AllClearValidFor = Duration.FromHours(24),
        FutureTolerance = Duration.FromMinutes(5),
    };

    /// <summary>An engine's clock that stands: nothing runs out of time.</summary>
    sealed class StandingClock : IClock
    {
        public static Instant Now { get; } = Instant.FromUtc(2025, 10, 29, 14, 0);

        public Instant GetCurrentInstant() => Now;
    }
}

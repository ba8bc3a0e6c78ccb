using System.Collections.Frozen;
using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Tests.Notify;

/// <summary>A small city with one station, and a store in a folder of its own that floods can be written into.</summary>
sealed class River : IDisposable
{
    public const string Station = "tam-ky";
    public const string Rule = "bao-dong";
    public const string Ward = "20341";

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-notify-").FullName;

    public River() => Operations = Operations.Open(File);

    public Operations Operations { get; private set; }

    public Site Site { get; set; } = Of(["zalo", "esms"], together: false);

    public string File => Path.Combine(_folder, "operations.db");

    public static Instant Now { get; } = Instant.FromUtc(2025, 10, 29, 14, 0);

    /// <summary>The site with one way of telling for every level.</summary>
    public static Site Of(string[] carriers, bool together) => new()
    {
        Id = "tam-ky",
        Name = "Tam Kỳ",
        Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"],
        Areas = new[] { new Area(Ward, "Phường Tam Kỳ"), new Area("20335", "Phường Bàn Thạch"), new Area("20350", "Phường Hương Trà") }
            .ToFrozenDictionary(area => area.Code),
        Stations =
        [
            new Station(
                Station, "Tam Kỳ", "Tam Kỳ", "Hòn Dấu", 15.57, 108.47, [Ward, "20335"], Duration.FromMinutes(10),
                [new ThresholdSet(Instant.FromUtc(2020, 1, 1, 0, 0), Step(1700), Step(2200), Step(2700))]),
        ],
        Devices = FrozenDictionary<string, Device>.Empty,
        Rules = [],
        Templates =
        [
            Template(BulletinKind.Warning, null, "vi", "Mực nước sông {river} tại trạm {station} lúc {time}: {stage}, {relation}.", "w-vi"),
            Template(BulletinKind.Warning, AlarmLevel.III, "vi", "Khẩn cấp! Sông {river} {stage}, {relation}, lên {rate}.", "w3-vi"),
            Template(BulletinKind.Warning, null, "en", "Water level of the {river} river at {station} at {time}: {stage}, {relation}.", "w-en"),
            Template(BulletinKind.AllClear, null, "vi", "Hết cảnh báo lũ tại trạm {station}: {stage}, {relation}.", "a-vi"),
            Template(BulletinKind.AllClear, null, "en", "The flood warning at {station} is over: {stage}, {relation}.", "a-en"),
        ],
        Tellings = [.. Enum.GetValues<AlarmLevel>().Select(level => new Telling(level, [.. carriers], together))],
        WarningValidFor = Duration.FromHours(6),
        AllClearValidFor = Duration.FromHours(24),
        FutureTolerance = Duration.FromMinutes(5),
    };

    /// <summary>Adds recipients with the numbers +84905000001 and up.</summary>
    public void People(int count, string ward = Ward, AlarmLevel lowest = AlarmLevel.I, string language = "vi") => Operations.Write(connection =>
    {
        var known = connection.ExecuteScalar<int>("SELECT count(*) FROM recipients");
        return connection.Execute(
            "INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES (@Phone, @Name, @ward, @language, @lowest, 0)",
            Enumerable.Range(known + 1, count).Select(i => new { Phone = $"+84{905_000_000 + i}", Name = $"Người {i}", ward, language, lowest }));
    });

    public long Episode() => Operations.Write(connection => connection.ExecuteScalar<long>(
        """
        UPDATE episodes SET ended_at = 1 WHERE ended_at IS NULL;
        INSERT INTO episodes (subject, rule, cause, opened_at, level, changed_at, peak_level) VALUES (@Station, @Rule, 'threshold', 0, 1, 0, 1) RETURNING id
        """,
        new { Station, Rule }));

    public long Warn(long episode, AlarmLevel level, Instant? notAfter = null, int stage = 2680, string station = Station, string rule = Rule) =>
        Decide(episode, "warning", level, notAfter, stage, station, rule);

    public long AllClear(long episode, Instant? notAfter = null) => Decide(episode, "allclear", AlarmLevel.None, notAfter, 1500, Station, Rule);

    /// <summary>As if the power had failed: nothing more can be written. What was committed is there when the store is opened again.</summary>
    public void PullThePlug() => Operations.Dispose();

    public void Reopen() => Operations = Operations.Open(File);

    public T Ask<T>(string sql, object? parameters = null) => Operations.Read(connection => connection.ExecuteScalar<T>(sql, parameters))!;

    public IReadOnlyList<T> List<T>(string sql, object? parameters = null) => Operations.Read(connection => connection.Query<T>(sql, parameters).AsList());

    public void Dispose()
    {
        Operations.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    long Decide(long episode, string kind, AlarmLevel level, Instant? notAfter, int stage, string station, string rule) => Operations.Write(connection => connection.ExecuteScalar<long>(
        """
        INSERT INTO bulletins (episode, sequence, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, decided_at, decided_by, not_after)
        VALUES (@episode, (SELECT count(*) + 1 FROM bulletins WHERE episode = @episode), @station, @rule, 'threshold', @kind, @level, @stage, 52, @Now, @Now, 'auto', @until)
        RETURNING id
        """,
        new { episode, station, rule, kind, level, stage, Now, until = notAfter ?? Now + Duration.FromHours(6) }));

    static Threshold Step(int raise) => new(new Stage(raise), new Stage(raise - 100), Duration.Zero, Duration.Zero);

    static BulletinTemplate Template(BulletinKind kind, AlarmLevel? level, string language, string text, string zalo) =>
        new(kind, Cause.Threshold, level, language, text, null, zalo);
}

using System.Collections.Frozen;
using System.Threading.Channels;
using CanhLu.Database;
using CanhLu.Duty;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;

namespace CanhLu.Tests.Duty;

/// <summary>A duty part over a store in a folder of its own, with clocks that stand still.</summary>
sealed class DutyOffice : IDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2025, 10, 29, 0, 0);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-duty-").FullName;
    readonly ServiceProvider _services;

    public DutyOffice(Policy policy = Policy.Auto, string? copyOf = null)
    {
        if (copyOf is not null)
            foreach (var file in Directory.GetFiles(copyOf))
                File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        Site = SiteWith(policy);
        Operations = Operations.Open(Path.Combine(_folder, "operations.db"));
        _services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(Operations)
            .AddSingleton<ChannelReader<Alarm>>(Alarms.Reader)
            .AddSingleton<Func<Site>>(() => Site)
            .AddSingleton<IClock>(Clock)
            .AddSingleton<TimeProvider>(Time)
            .AddDuty()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public string Folder => _folder;
    public Operations Operations { get; }
    public Site Site { get; set; }
    public FakeClock Clock { get; } = new(Start);
    public FakeTimeProvider Time { get; } = new();
    public Channel<Alarm> Alarms { get; } = Channel.CreateBounded<Alarm>(1024);
    public DutyDesk Desk => _services.GetRequiredService<DutyDesk>();
    public Decisions Decisions => _services.GetRequiredService<Decisions>();
    public Drafting Drafting => _services.GetRequiredService<Drafting>();
    public DutyList DutyList => _services.GetRequiredService<DutyList>();
    public AlarmsInHand AlarmsInHand => _services.GetRequiredService<AlarmsInHand>();
    public Handovers Handovers => _services.GetRequiredService<Handovers>();
    public Releases Releases => _services.GetRequiredService<Releases>();
    public DutyLog Log => _services.GetRequiredService<DutyLog>();
    public ChangeSignal Changes => _services.GetRequiredService<ChangeSignal>();
    public BulletinSignal Bell => _services.GetRequiredService<BulletinSignal>();

    /// <summary>Hears alarms, each in a transaction of its own.</summary>
    public List<Heard> Hear(params IEnumerable<Alarm> alarms) => [.. alarms.Select(alarm => HearTogether([alarm])[0])];

    /// <summary>Hears alarms in one transaction.</summary>
    public List<Heard> HearTogether(IEnumerable<Alarm> alarms) => Operations.Write(connection =>
    {
        var hearing = new Hearing(new DutyBook(connection, Clock.GetCurrentInstant()), Site);
        return alarms.Select(hearing.Hear).ToList();
    });

    /// <summary>Looks at the open episodes again, as the desk does every second.</summary>
    public List<Outcome> LookAgain() => Operations.Write(connection =>
    {
        var book = new DutyBook(connection, Clock.GetCurrentInstant());
        return book.OpenEpisodes().ConvertAll(new Hearing(book, Site).LookAgain).OfType<Outcome>().ToList();
    });

    /// <summary>Strikes the clocks of waiting proposals and reminds officers, each in a transaction of its own, as the desk does every second.</summary>
    public List<TimeUp> Strike()
    {
        var struck = Operations.Write(connection =>
        {
            var book = new DutyBook(connection, Clock.GetCurrentInstant());
            book.ExpireWaiting();
            return new ProposalClock(book, new DecisionBook(connection, book)).Strike();
        });
        Operations.Write(connection => new Reminders(connection, new DutyBook(connection, Clock.GetCurrentInstant()), Site).Settle());
        return struck;
    }

    /// <summary>Gives rules other keys.</summary>
    public void Change(string rule, Func<Rule, Rule> change) => Site = Site with { Rules = [.. Site.Rules.Select(one => one.Id == rule ? change(one) : one)] };

    /// <summary>Everything in the duty tables, as text.</summary>
    public string Dump() => Operations.Read(connection => string.Join('\n', ((string[])["alarms", "episodes", "proposals", "approvals", "bulletins", "calls", "audit", "releases"])
        .SelectMany(table => connection.Query($"SELECT * FROM {table} ORDER BY 1, 2").Select(row =>
            table + ": " + string.Join(", ", ((IDictionary<string, object?>)row).Select(cell => $"{cell.Key}={cell.Value}"))))));

    /// <summary>Lets the store grow no further, as on a full disk, or again.</summary>
    public void SetFull(bool full) => Operations.Write(connection => connection.ExecuteScalar<long>(
        $"PRAGMA max_page_count = {(full ? connection.ExecuteScalar<long>("PRAGMA page_count") : 1_000_000)}"));

    public void Dispose()
    {
        _services.Dispose();
        Operations.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public static Site SiteWith(Policy policy) => new()
    {
        Id = "tam-ky",
        Name = "Tam Kỳ",
        Zone = DateTimeZone.ForOffset(Offset.FromHours(7)),
        Areas = FrozenDictionary<string, Area>.Empty,
        Stations = [],
        Devices = new Dictionary<string, Device>
        {
            ["cam-1"] = new("cam-1", new DeviceModel("camera", DeviceKind.Camera, []), "tam-ky", "Camera 1"),
            ["ap-1"] = new("ap-1", new DeviceModel("point", DeviceKind.AccessPoint, []), null, "Wi-Fi 1"),
        }.ToFrozenDictionary(),
        Rules =
        [
            new Rule.StageLadder("bao-dong", "Báo động", policy, []),
            new Rule.RateOfRiseRule(
                "len-nhanh", "Lên nhanh", policy, [], Duration.FromHours(1), 3, Duration.FromMinutes(20), new RateOfRise(100), new RateOfRise(50), null),
            new Rule.Silence("im-lang", "Im lặng", policy, [], Duration.FromMinutes(30)),
            new Rule.Limit(
                "nguoi", "Người trong vùng cấm", policy, null, [], "people", LimitSide.Above, 1, 1, Duration.Zero, Duration.Zero, null),
        ],
        Templates = [],
        Tellings = [],
        WarningValidFor = Duration.FromHours(2),
        AllClearValidFor = Duration.FromHours(12),
        FutureTolerance = Duration.FromMinutes(5),
    };
}

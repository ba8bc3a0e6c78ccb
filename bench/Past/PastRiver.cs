using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>Stations with a tide, floods of three days one after the other, and a little noise; nothing is drawn by chance, so that every run is the same.</summary>
sealed class PastRiver
{
    public const int Raise = 1700;
    const int FloodEvery = 40 * 1440;
    const int FloodLength = 3 * 1440;
    const int FloodRise = 8 * 60;
    const int FloodHeight = 1600;

    public static readonly Instant Start = Instant.FromUtc(2025, 1, 1, 0, 0);

    // A tide of 12 h 25 min and 35 cm.
    static readonly int[] Tide = [.. Enumerable.Range(0, 745).Select(minute => (int)Math.Round(175 * Math.Sin(2 * Math.PI * minute / 745)))];

    public PastRiver(int stations)
    {
        var model = new DeviceModel("radar", DeviceKind.Gauge, [new Field("stage_m", Device.StageQuantity, "mm", 1000, -2, 15)]);
        var hold = Duration.FromMinutes(10);
        Threshold Step(int raise) => new(new Stage(raise), new Stage(raise - 100), hold, Duration.FromMinutes(30));
        Names = [.. Enumerable.Range(0, stations).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"s{i:000}"))];
        Site = new Site
        {
            Id = "past",
            Name = "Past",
            Zone = DateTimeZone.Utc,
            Areas = FrozenDictionary<string, Area>.Empty,
            Stations = [.. Names.Select(name => new Station(name, name, "", "", 0, 0, [], Duration.FromMinutes(1), [new(default, Step(Raise), Step(2200), Step(2700))]))],
            Devices = Names.Select(name => new Device("g" + name, model, name, name)).ToFrozenDictionary(device => device.Id),
            Rules =
            [
                new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, []),
                new Rule.RateOfRiseRule("len-nhanh", "Lên nhanh", Policy.Ask, [], Duration.FromHours(1), 5, Duration.FromMinutes(30), new RateOfRise(150), new RateOfRise(75),
                    new Stage(1200)),
                new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30)),
            ],
            Templates = [],
            Tellings = [],
            WarningValidFor = Duration.FromHours(6),
            AllClearValidFor = Duration.FromHours(24),
            FutureTolerance = Duration.FromMinutes(5),
        };
    }

    public string[] Names { get; }

    public Site Site { get; }

    /// <summary>The stage of a station at a minute, mm.</summary>
    public static int Stage(int station, int minute)
    {
        var inFlood = (minute + station * 577) % FloodEvery;
        var flood = inFlood < FloodRise ? FloodHeight * inFlood / FloodRise
            : inFlood < FloodLength ? FloodHeight * (FloodLength - inFlood) / (FloodLength - FloodRise) : 0;
        var noise = (int)((uint)(minute * 2654435761 + station * 40503) >> 28);
        return 1000 + Tide[(minute + station * 31) % Tide.Length] + flood + noise - 8;
    }

    /// <summary>Writes a readings file of a reading a minute and station.</summary>
    public void Write(string path, int days)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        file.Write("measured_at,station,series,value\n"u8);
        var names = Names.Select(name => Encoding.UTF8.GetBytes($",{name},stage,")).ToArray();
        Span<byte> number = stackalloc byte[16];
        for (var minute = 0; minute < days * 1440; minute++)
        {
            var time = Encoding.UTF8.GetBytes((Start + Duration.FromMinutes(minute)).ToString("uuuu-MM-ddTHH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            for (var station = 0; station < names.Length; station++)
            {
                file.Write(time);
                file.Write(names[station]);
                Utf8Formatter.TryFormat(Stage(station, minute) / 1000m, number, out var length, new System.Buffers.StandardFormat('F', 3));
                file.Write(number[..length]);
                file.WriteByte((byte)'\n');
            }
        }
    }
}

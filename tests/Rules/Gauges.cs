using System.Collections.Frozen;
using System.Collections.Immutable;
using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Tests.Rules;

/// <summary>Small sites, and readings of them in few words.</summary>
static class Gauges
{
    public static readonly Instant Start = Instant.FromUtc(2025, 10, 28, 0, 0);

    static readonly DeviceModel _gauge = new("radar", DeviceKind.Gauge, []);
    static readonly DeviceModel _camera = new("camera", DeviceKind.Camera, []);

    public static ThresholdSet TamKy(Duration raiseHold = default, Duration clearHold = default, Instant? from = null) => new(
        from ?? Instant.FromUtc(2020, 1, 1, 0, 0),
        new Threshold(new Stage(1700), new Stage(1600), raiseHold, clearHold),
        new Threshold(new Stage(2200), new Stage(2100), raiseHold, clearHold),
        new Threshold(new Stage(2700), new Stage(2600), raiseHold, clearHold));

    public static Station Station(string id, params ImmutableArray<ThresholdSet> ladders) =>
        new(id, id, "Tam Kỳ", "Hòn Dấu", 15.57, 108.48, [], Duration.FromMinutes(10), ladders);

    public static Device Gauge(string id, string station) => new(id, _gauge, station, id);

    public static Device Camera(string id, string? station = null) => new(id, _camera, station, id);

    public static Site Site(ImmutableArray<Station> stations, IEnumerable<Device> devices, params ImmutableArray<Rule> rules) => new()
    {
        Id = "test",
        Name = "Test",
        Zone = DateTimeZone.Utc,
        Areas = FrozenDictionary<string, Area>.Empty,
        Stations = stations,
        Devices = devices.ToFrozenDictionary(device => device.Id),
        Rules = rules,
        Templates = [],
        Tellings = [],
        WarningValidFor = Duration.FromHours(1),
        AllClearValidFor = Duration.FromHours(3),
        FutureTolerance = Duration.FromMinutes(5),
    };

    public static Series Series(int id, string device, string quantity) => new(new SeriesId(id), device, quantity, quantity == "stage" ? "mm" : "1");

    /// <summary>One station, one gauge with series 1, and these rules.</summary>
    public static Judge One(ThresholdSet ladder, params ImmutableArray<Rule> rules) =>
        Judge.Create(Site([Station("tam-ky", ladder)], [Gauge("g1", "tam-ky")], rules), [Series(1, "g1", "stage")]);

    public static Rule BaoDong => new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, []);

    public static Reading Read(double minutes, double value, int series = 1, Flag flag = Flag.Good) =>
        new(new SeriesId(series), At(minutes), At(minutes), value, flag);

    public static Instant At(double minutes) => Start + Duration.FromMinutes(minutes);

    /// <summary>Gives one reading, and returns what changed.</summary>
    public static List<Alarm> Take(this Judge judge, params ReadOnlySpan<Reading> readings)
    {
        var changes = new List<Alarm>();
        judge.Take(readings, changes);
        return changes;
    }

    public static List<Alarm> Tick(this Judge judge, double minutes)
    {
        var changes = new List<Alarm>();
        judge.Tick(At(minutes), changes);
        return changes;
    }

    /// <summary>The levels that these stages, ten minutes apart, lead through.</summary>
    public static AlarmLevel[] Levels(this Judge judge, params ReadOnlySpan<double> stages)
    {
        var levels = new AlarmLevel[stages.Length];
        for (var i = 0; i < stages.Length; i++)
        {
            judge.Take(Read(10 * i, stages[i]));
            levels[i] = judge.Now()[0].Level;
        }
        return levels;
    }
}

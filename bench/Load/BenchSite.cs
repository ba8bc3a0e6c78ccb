using System.Collections.Frozen;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>A site of many stations with one gauge each, a ladder without holds, a rate of rise and silence; as many areas as there are crossings.</summary>
static class BenchSite
{
    public const int Stations = 1_000;

    /// <summary>Stations that somebody lives at: station <c>i</c> warns the one person of area <c>i</c>.</summary>
    public const int Areas = 260;

    public static string AreaCode(int index) => $"{20_000 + index}";

    /// <param name="broker">The outside broker; null for the engine's own door.</param>
    /// <param name="stations">How many stations.</param>
    public static Site Of(Broker? broker = null, int stations = Stations)
    {
        var model = new DeviceModel("gauge", DeviceKind.Gauge, [new Field("stage_m", Device.StageQuantity, "mm", 1000, -5, 20)]);
        Threshold Step(int raise) => new(new Stage(raise), new Stage(raise - 100), Duration.Zero, Duration.Zero);
        return new Site
        {
            Id = "bench",
            Name = "Bench",
            Zone = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"],
            Broker = broker,
            Areas = Enumerable.Range(0, Areas).Select(i => new Area(AreaCode(i), $"Phường {i}")).ToFrozenDictionary(area => area.Code),
            Stations =
            [
                .. Enumerable.Range(0, stations).Select(i => new Station(
                    $"station-{i:0000}", $"Trạm {i}", "Tam Kỳ", "Hòn Dấu", 15.57, 108.48, i < Areas ? [AreaCode(i)] : [], Duration.FromMinutes(10),
                    [new ThresholdSet(Instant.FromUtc(2020, 1, 1, 0, 0), Step(1700), Step(2200), Step(2700))])),
            ],
            Devices = Enumerable.Range(0, stations)
                .Select(i => new Device(Load.DeviceName(i), model, $"station-{i:0000}", $"Cột {i}")).ToFrozenDictionary(device => device.Id),
            Rules =
            [
                new Rule.StageLadder("bao-dong", "Báo động lũ", Policy.Auto, []),
                new Rule.RateOfRiseRule("len-nhanh", "Lên nhanh", Policy.Desk, [], Duration.FromHours(1), 5, Duration.FromMinutes(30),
                    new RateOfRise(300), new RateOfRise(100), new Stage(1000)),
                new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromHours(6)),
            ],
            Templates =
            [
                new BulletinTemplate(BulletinKind.Warning, Cause.Threshold, null, "vi",
                    "Mực nước sông {river} tại trạm {station} lúc {time}: {stage}, {relation}.", null, null),
                new BulletinTemplate(BulletinKind.AllClear, Cause.Threshold, null, "vi",
                    "Mực nước sông {river} tại trạm {station} lúc {time}: {stage}, {relation}. Hết báo động.", null, null),
            ],
            Tellings =
            [
                new Telling(AlarmLevel.I, ["esms"], false), new Telling(AlarmLevel.II, ["esms"], false), new Telling(AlarmLevel.III, ["esms"], false),
                new Telling(AlarmLevel.None, ["esms"], false),
            ],
            WarningValidFor = Duration.FromHours(6),
            AllClearValidFor = Duration.FromHours(24),
            FutureTolerance = Duration.FromMinutes(5),
        };
    }
}

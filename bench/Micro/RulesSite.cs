using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>Many stations with the shipped kinds of rules: a ladder with holds, a rate of rise, silence, and limits on battery and connection.</summary>
sealed class RulesSite
{
    public static readonly Instant Start = Instant.FromUtc(2025, 10, 28, 0, 0);

    readonly int _stations;

    public RulesSite(int stations, bool forecasts)
    {
        _stations = stations;
        var model = new DeviceModel("radar", DeviceKind.Gauge, []);
        var hold = Duration.FromMinutes(10);
        Threshold Step(int raise) => new(new Stage(raise), new Stage(raise - 100), hold, hold);
        ImmutableArray<ThresholdSet> ladders = [new(Instant.FromUtc(2020, 1, 1, 0, 0), Step(1700), Step(2200), Step(2700))];
        var devices = Enumerable.Range(0, stations).Select(i => new Device($"g{i}", model, $"s{i}", $"g{i}")).ToFrozenDictionary(device => device.Id);
        Site = new Site
        {
            Id = "bench",
            Name = "Bench",
            Zone = DateTimeZone.Utc,
            Areas = FrozenDictionary<string, Area>.Empty,
            Stations =
            [
                .. Enumerable.Range(0, stations)
                    .Select(i => new Station($"s{i}", $"s{i}", "Tam Kỳ", "Hòn Dấu", 15.57, 108.48, [], Duration.FromMinutes(1), ladders)),
            ],
            Devices = devices,
            Rules =
            [
                new Rule.StageLadder("bao-dong", "Báo động", Policy.Auto, []),
                new Rule.RateOfRiseRule("len-nhanh", "Lên nhanh", Policy.Ask, [], Duration.FromHours(1), 5, Duration.FromMinutes(30),
                    new RateOfRise(300), new RateOfRise(100), new Stage(1200)),
                new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30)),
                new Rule.Limit("pin-yeu", "Pin yếu", Policy.Desk, DeviceKind.Gauge, [], "battery", LimitSide.Below, 3.4, 3.5, hold, hold, null),
                new Rule.Limit("mat-song", "Mất sóng", Policy.Desk, null, [], "online", LimitSide.Below, 0, 0, hold, Duration.Zero, null),
                .. Enum.GetValues<FaultKind>().Select(fault => new Rule.Fault($"{fault}", "Lỗi", Policy.Desk, [], [fault], 3, Duration.FromHours(6), 200, Duration.FromHours(1))),
                .. forecasts
                    ? [new Rule.Forecast("sap-bao-dong-1", "Sắp đạt báo động I", Policy.Desk, [], AlarmLevel.I, Duration.FromHours(3), Duration.FromHours(12), Duration.FromHours(1))]
                    : (Rule[])[],
            ],
            Templates = [],
            Tellings = [],
            WarningValidFor = Duration.FromHours(1),
            AllClearValidFor = Duration.FromHours(3),
            FutureTolerance = Duration.FromMinutes(5),
        };
        Series =
        [
            .. Enumerable.Range(0, stations).SelectMany(i => new[]
            {
                new Series(new SeriesId(3 * i + 1), $"g{i}", "stage", "mm"),
                new Series(new SeriesId(3 * i + 2), $"g{i}", "battery", "V"),
                new Series(new SeriesId(3 * i + 3), $"g{i}", "online", "1"),
            }),
        ];
    }

    public Site Site { get; }

    public IReadOnlyCollection<Series> Series { get; }

    /// <summary>Fills a page with the next minute of every station's stage; every tenth minute with its battery and connection too.</summary>
    /// <param name="page">Room for three readings a station.</param>
    /// <param name="minute">Which minute.</param>
    /// <param name="lowest">The lowest stage, mm: above the rate's gate every reading costs a slope, below it none does.</param>
    /// <returns>How many there are.</returns>
    public int Fill(Reading[] page, int minute, int lowest)
    {
        var at = Start + Duration.FromMinutes(minute);
        var count = 0;
        for (var i = 0; i < _stations; i++)
        {
            page[count++] = new Reading(new SeriesId(3 * i + 1), at, at, lowest + (i + minute) % 7, Flag.Good);
            if (minute % 10 != 0)
                continue;
            page[count++] = new Reading(new SeriesId(3 * i + 2), at, at, 3.9, Flag.Good);
            page[count++] = new Reading(new SeriesId(3 * i + 3), at, at, 1, Flag.Good);
        }
        return count;
    }
}

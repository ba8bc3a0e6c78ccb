using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Tests.Host.SiteFiles;

/// <summary>Right sites of every shape, each from its seed.</summary>
sealed class AnySite(int seed, string authority)
{
    static readonly string[] Texts = ["Tam Kỳ", "a", "cầu #1: \"Kỳ Phú\"", "- x", "1.70", "true", "null", "Đường\\24 tháng 3 & bến xe", "'", "nước\nlên"];
    readonly Random _random = new(seed);

    public Site Make()
    {
        var areas = Enumerable.Range(0, _random.Next(1, 6)).Select(i => new Area($"{20000 + 7 * i}", Text()) { Evacuation = Coin() ? null : Seconds(60, 9_000) }).ToImmutableArray();
        var stations = Enumerable.Range(0, _random.Next(1, 5)).Select(i => new Station($"station-{i}", Text(), Text(), Text(), Degrees(90), Degrees(180),
            [.. areas.Take(_random.Next(1, areas.Length + 1)).Select(area => area.Code)], Seconds(1, 600), i > 0 && Coin() ? [] : Ladders())
        {
            Lateness = Seconds(0, 80_000),
            FeelsTide = i == 0 || Coin(),
            Upstream = i > 0 && Coin() ? new($"station-{i - 1}", Coin() ? null : Seconds(0, 86_400)) : null,
        }).ToImmutableArray();
        var gauge = new DeviceModel("any-gauge", DeviceKind.Gauge,
            [new("h_cm", "stage", "mm", 10, -10_000, 900_000), .. Coin() ? [Field("extra")] : (Field[])[]]);
        var box = new DeviceModel("any-box", Coin() ? DeviceKind.Camera : DeviceKind.AccessPoint, [Field("count"), Field("level_2")]);
        var devices = stations.Select((station, i) => new Device($"Gauge_{i}.a-b", gauge, station.Id, Text()) { Also = Coin() ? [] : [$"a81758fffe03abc{i}", $"eui-{i}"] })
            .Append(new("box", box, Coin() ? stations[0].Id : null, Text()) { Also = Coin() ? [] : ["00:11:22"] }).ToImmutableArray();
        var broker = Coin() ? null : new Broker($"mqtt{(Coin() ? "s" : "")}://broker.example:{_random.Next(1, 65_536)}", Text(), Coin() ? Text() : null,
            _random.Next(1, 17), _random.Next(1, 65_536), Coin() ? authority : null, Coin() ? authority : null);
        return new()
        {
            Decoders = Coin() ? [] : broker is null ? [new("canhlu/v1/{device}/senml", PayloadFormat.SenML, [], [])] : Decoders(box.Kind),
            Id = "any",
            Name = Text(),
            Zone = DateTimeZoneProviders.Tzdb[Coin() ? "Asia/Ho_Chi_Minh" : "UTC"],
            PublicSender = Coin() ? null : new("canh-lu@city.example", Text(), Text(), Coin() ? Text() : null, Coin() ? "https://city.example/lu" : null),
            Broker = broker,
            Areas = areas.ToFrozenDictionary(area => area.Code),
            Stations = stations,
            Devices = devices.ToFrozenDictionary(device => device.Id),
            Rules = Rules(stations, box.Kind),
            Quality = Quality(gauge, box, stations),
            Templates = [.. Templates()],
            Tellings = [.. ((AlarmLevel[])[AlarmLevel.II, AlarmLevel.None, AlarmLevel.I, AlarmLevel.III]).Select(level =>
                new Telling(level, Coin() ? ["esms"] : ["zalo", "esms"], Coin()))],
            Deciding = Coin() ? [] : [Deciding(), Deciding()],
            WarningValidFor = Seconds(60, 604_800),
            AllClearValidFor = Seconds(60, 604_800),
            FutureTolerance = Seconds(0, 86_400),
            Sirens = areas.Take(Coin() ? 0 : 2).Select((area, i) => new Siren($"Loa_{i}.x-y", area.Code, Text())).ToFrozenDictionary(siren => siren.Id),
        };
    }

    ImmutableArray<Decoder> Decoders(DeviceKind kind) =>
    [
        new("application/+/device/{device}/event/up", PayloadFormat.ChirpStack, Coin() ? [] : [new("level.value", "h_cm"), new("rxInfo.rssi", "count.x")], Coin() ? [] : ["Gauge_0.a-b"]),
        new("v3/+/devices/{device}/up", PayloadFormat.TheThingsStack, [], []),
        .. Coin() ? [] : (Decoder[])[kind == DeviceKind.Camera
            ? new("house/frigate/{device}/#", PayloadFormat.Frigate, [new("person", "count.x")], Coin() ? [] : ["box"]) : new("openwisp/{device}/monitoring", PayloadFormat.NetJson, [], ["box"])],
    ];

    Deciding Deciding()
    {
        TimeUp[] then = [.. Enumerable.Repeat(TimeUp.Escalate, _random.Next(3)), .. Coin() ? (TimeUp[])[] : [(TimeUp)_random.Next(3)]];
        return new(
            Coin() ? null : (AlarmLevel)_random.Next(4), Coin() ? [] : [Grade.B, Grade.C], (OfficerRole)_random.Next(2), _random.Next(1, 3),
            then.Length > 0 || Coin() ? Seconds(60, 86_400) : null, [.. then]);
    }

    ImmutableArray<Rule> Rules(ImmutableArray<Station> stations, DeviceKind kind)
    {
        var some = Coin() ? [] : ImmutableArray.Create(stations[0].Id);
        var raise = _random.Next(1, 5_000);
        return
        [
            new Rule.Limit("limit", Text(), Policy.Desk, Coin() ? kind : null, Coin() ? ["box"] : [], "count", LimitSide.Above, Tenths(0, 100), Tenths(-100, 0),
                Seconds(0, 9_000), Seconds(0, 9_000), Coin() ? null : new(stations[0].Id, "ladder", AlarmLevel.III)),
            ByGrade(new Rule.StageLadder("ladder", Text(), Any(), Coin() ? [] : [stations[0].Id]) { Witnesses = Coin() ? [] : [new("rate", null, AlarmLevel.I)] }),
            new Rule.RateOfRiseRule("rate", Text(), Any(), some, Seconds(3_600, 90_000), _random.Next(2, 7), Seconds(1, 3_600), new(raise),
                new(_random.Next(-100, raise + 1)), Coin() ? null : new(_random.Next(-5_000, 20_000)))
            {
                Slope = (Slope)_random.Next(2),
                MoreWindows = Coin() ? [] : [Seconds(3_600, 90_000), Seconds(3_600, 90_000)],
                WithoutTide = Coin(),
            },
            new Rule.Forecast("forecast", Text(), Policy.Desk, Coin() ? [] : [stations[0].Id], (AlarmLevel)_random.Next(1, 4), Seconds(900, 9_000),
                Seconds(9_000, 90_000), Seconds(0, 9_000)),
            new Rule.Silence("silence", Text(), Policy.Desk, some, Seconds(601, 604_800)) { IsShadow = Coin(), Quieting = Quieting() },
            new Rule.Limit("below", Text(), Policy.Desk, null, ["box"], "level_2", LimitSide.Below, Tenths(-100, 0), Tenths(0, 100), Duration.Zero, Duration.Zero,
                Coin() ? null : new(stations[0].Id, "silence", AlarmLevel.I)),
            new Rule.Fault("fault", Text(), Policy.Desk, some, [.. Enum.GetValues<FaultKind>().Where(kind => kind == FaultKind.Stuck || Coin())], _random.Next(1, 9),
                Seconds(60, 9_000), _random.Next(1, 900), Seconds(60, 9_000)),
        ];
    }

    Rule.StageLadder ByGrade(Rule.StageLadder rule) => Coin() ? rule : rule with
    {
        Policy = Policy.Auto,
        PolicyByGrade = [Policy.Auto, Coin() ? Policy.Auto : Policy.Ask, Policy.Ask],
    };

    Quieting Quieting() => Coin() ? CanhLu.Quieting.None : new Quieting
    {
        Hours = Coin() ? null : new Hours(new LocalTime(_random.Next(12), 30), new LocalTime(_random.Next(12, 24), 0)),
        Inhibitors = Coin() ? [] : [new("ladder", null, AlarmLevel.II)],
        Flapping = Coin() ? null : new Flapping(_random.Next(2, 9), Seconds(600, 9_000), Seconds(1, 600)),
    };

    ImmutableArray<SeriesQuality> Quality(DeviceModel gauge, DeviceModel box, ImmutableArray<Station> stations) => Coin() ? [] :
    [
        new(gauge.Id, "stage", [], Tests(10, -10_000, 900_000) with { Gap = Seconds(601, 9_000) }),
        new(gauge.Id, "stage", [stations[^1].Id], Tests(10, -10_000, 900_000) with { Gap = Seconds(601, 9_000) }),
        new(box.Id, "level_2", [], Tests(Math.Abs(box.Fields[1].Scale), 0, 0) with { Every = Seconds(1, 600), UserSpan = null, Gap = Seconds(601, 9_000) }),
    ];

    QualityTests Tests(double scale, int least, int most) => new()
    {
        UserSpan = most > least && Coin() ? new(_random.Next(least, 0) * scale, _random.Next(1, most) * scale) : null,
        Months = Coin() ? [] : [.. Enumerable.Range(0, 12).Select(month => month == 0 || Coin() ? new ValueSpan(_random.Next(-90, 0) * scale, _random.Next(1, 90) * scale) : (ValueSpan?)null)],
        Spike = Coin() ? null : new(_random.Next(1, 50) * scale, _random.Next(50, 90) * scale, (SpikeMethod)_random.Next(2)),
        Rate = Coin() ? null : new(_random.Next(1, 50) * scale / 3600, Coin() ? null : _random.Next(50, 90) * scale / 3600),
        FlatLine = Coin() ? null : new(Seconds(1_200, 5_000), Seconds(5_000, 9_000), _random.Next(1, 9) * scale / 8),
        Attenuation = Coin() ? null : new(Seconds(5_000, 9_000), Seconds(0, 5_000), _random.Next(5, 9) * scale, _random.Next(0, 5) * scale, (AttenuationMeasure)_random.Next(2)),
        Neighbour = Coin() ? null : new(_random.Next(1, 9) * scale, Seconds(1, 5_000)),
    };

    IEnumerable<BulletinTemplate> Templates()
    {
        foreach (var (kind, cause, slots) in new[]
        {
            (BulletinKind.Warning, Cause.Threshold, "{river} {station} {hour} {date} {time} {stage} {relation} {level}"), (BulletinKind.AllClear, Cause.Threshold, "{relation}"),
            (BulletinKind.Warning, Cause.Rate, "{rate} {stage}"), (BulletinKind.AllClear, Cause.Rate, "{stage}"), (BulletinKind.Warning, Cause.Limit, "{station}"),
        })
            foreach (var level in kind == BulletinKind.Warning && cause == Cause.Threshold ? [null, AlarmLevel.II] : (AlarmLevel?[])[null])
                foreach (var language in (string[])["vi", "en"])
                    yield return new(kind, cause, level, language, $"{Text()} {slots}", Coin() ? null : Text(), Coin() ? null : Text());
    }

    ImmutableArray<ThresholdSet> Ladders()
    {
        var from = Instant.FromUtc(_random.Next(1990, 2020), _random.Next(1, 13), 1, 0, 0, 0);
        return [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Ladder(from + Duration.FromHours(5_000 * i)))];
    }

    ThresholdSet Ladder(Instant from)
    {
        var one = _random.Next(-50_000, 5_000);
        var two = one + _random.Next(1, 3_000);
        return new(from, Threshold(one), Threshold(two), Threshold(two + _random.Next(1, 3_000)));

        Threshold Threshold(int raise) => new(new(raise), new(raise), Seconds(0, 86_400), Seconds(0, 604_800));
    }

    Field Field(string quantity) => new($"{quantity}.x", quantity, Text().Replace("\n", "", StringComparison.Ordinal), Coin() ? 1 : -0.125, -_random.Next(1, 1_000), _random.Next());

    Policy Any() => (Policy)_random.Next(3);

    string Text() => Texts[_random.Next(Texts.Length)];

    bool Coin() => _random.Next(2) == 0;

    double Degrees(int most) => _random.Next(-most * 10_000, most * 10_000) / 10_000.0;

    double Tenths(int least, int most) => _random.Next(least * 10, most * 10) / 10.0;

    Duration Seconds(int least, int most) => Duration.FromSeconds(_random.Next(least, most + 1));
}

using System.Collections.Immutable;
using CanhLu.Rules;
using NodaTime;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

/// <summary>A site of every kind of rule with thresholds and holds by chance, and a stream of readings and ticks for it.</summary>
sealed class Storm
{
    readonly Random _random;
    readonly Site _site;
    readonly List<Series> _series = [];

    /// <summary>What comes in, in order: a reading, or a tick of our clock where it is null.</summary>
    public List<(Instant At, Reading? Reading)> Events { get; } = [];

    /// <summary>The rule that combines others.</summary>
    public const string Combined = "both";

    /// <summary>No reading is later than this.</summary>
    public static readonly Duration Latest = Duration.FromMinutes(90);

    /// <param name="seed">Chance.</param>
    /// <param name="silence">With ticks of our clock, and rules of silence.</param>
    /// <param name="late">Some readings come late.</param>
    /// <param name="within">By less than this; null for <see cref="Latest"/>.</param>
    /// <param name="suspect">Some are suspect.</param>
    public Storm(int seed, bool silence = true, bool late = true, Duration? within = null, bool suspect = true)
    {
        _random = new Random(seed);
        var stations = Enumerable.Range(1, _random.Next(1, 3)).Select(i => Station($"s{i}", Thresholds(default), Thresholds(At(600)))).ToImmutableArray();
        var devices = new List<Device>();
        foreach (var station in stations)
            for (var i = 0; i < _random.Next(1, 3); i++)
                devices.Add(Gauge($"{station.Id}-g{i}", station.Id));
        var stages = devices.Count;
        foreach (var device in devices)
            _series.Add(Series(_series.Count + 1, device.Id, "stage"));
        foreach (var device in devices)
            _series.Add(Series(_series.Count + 1, device.Id, "battery"));
        devices.Add(Camera("c1"));
        _series.Add(Series(_series.Count + 1, "c1", "people"));
        _series.Add(Series(_series.Count + 1, "c1", "fps"));

        List<Rule> rules =
        [
            BaoDong,
            new Rule.RateOfRiseRule("rate", "", Policy.Ask, [], Duration.FromMinutes(_random.Next(30, 180)), _random.Next(2, 8),
                Duration.FromMinutes(_random.Next(5, 30)), new RateOfRise(_random.Next(100, 1500)), new RateOfRise(_random.Next(-200, 100)),
                _random.Next(2) == 0 ? null : new Stage(_random.Next(1000, 1800))),
            new Rule.Forecast("forecast", "", Policy.Desk, [], (AlarmLevel)_random.Next(1, 4), Duration.FromMinutes(_random.Next(60, 400)),
                Duration.FromMinutes(_random.Next(400, 900)), Hold()),
            new Rule.Limit("battery", "", Policy.Desk, DeviceKind.Gauge, [], "battery", LimitSide.Below, 4, 6, Hold(), Hold(), null),
            new Rule.Limit("people", "", Policy.Desk, DeviceKind.Camera, [], "people", LimitSide.Above, 5, 4, Hold(), Hold(),
                new WhileAlarm("s1", "bao-dong", (AlarmLevel)_random.Next(1, 4))),
            new Rule.Limit("fps", "", Policy.Desk, null, ["c1"], "fps", LimitSide.Below, 3, 5, Hold(), Hold(),
                new WhileAlarm("s1", "rate", AlarmLevel.I)),
        ];
        rules.Add(new Rule.Combination(
            Combined, "", Policy.Desk, "s1", 2, [new Member("bao-dong", null, AlarmLevel.I), new Member("battery", null, AlarmLevel.I)],
            [new Member("people", null, AlarmLevel.I)]));
        if (silence)
        {
            rules.Add(new Rule.Silence("silence", "", Policy.Desk, [], Duration.FromMinutes(_random.Next(20, 60))));
            rules.Add(new Rule.Limit("dark", "", Policy.Desk, null, [], "fps", LimitSide.Below, 2, 4, Hold(), Hold(),
                new WhileAlarm("s1", "silence", AlarmLevel.I)));
        }
        _site = Site(stations, devices, [.. rules]);

        foreach (var series in _series)
            Flow(series, series.Id.Value <= stages, late ? within ?? Latest : Duration.Zero, suspect);
        // Never at the very instant of a reading: which of the two came first is then not to be told from what is stored.
        for (var minute = 5.01; silence && minute < 1500; minute += 10)
            Events.Add((At(minute), null));
        Events.Sort((a, b) => a.At.CompareTo(b.At));
    }

    public Judge Judge() => CanhLu.Rules.Judge.Create(_site, _series);

    ThresholdSet Thresholds(Instant from)
    {
        var steps = new Threshold[3];
        for (var i = 0; i < 3; i++)
        {
            var raise = 1400 + 400 * i + _random.Next(200);
            steps[i] = new Threshold(new Stage(raise), new Stage(raise - _random.Next(150)), Hold(), Hold());
        }
        return new ThresholdSet(from, steps[0], steps[1], steps[2]);
    }

    Duration Hold() => Duration.FromMinutes(_random.Next(3) switch { 0 => 0, 1 => _random.Next(1, 20), _ => 10 * _random.Next(1, 7) });

    void Flow(Series series, bool isStage, Duration latest, bool suspect)
    {
        var level = isStage ? _random.Next(800, 1500) : 5.0;
        var step = _random.Next(3, 15);
        for (double minute = 0; minute < 1440; minute += step)
        {
            if (minute > 0 && _random.Next(60) == 0)
                minute += _random.Next(10, 150);
            level = isStage
                ? Math.Clamp(level + _random.Next(-60, 61) + (_random.Next(40) == 0 ? _random.Next(-900, 900) : 0), 500, 3200)
                : _random.Next(0, 10);
            var flag = _random.Next(12) switch { 0 => Flag.Fail, 1 => Flag.Missing, 2 => Flag.Suspect, 3 => Flag.NotEvaluated, _ => Flag.Good };
            var delay = minute > 0 && _random.Next(6) == 0 ? _random.NextInt64(0, (long)latest.TotalTicks) : 0;
            if (flag == Flag.Suspect && !suspect)
                flag = Flag.Good;
            var measured = At(minute);
            var received = measured + Duration.FromTicks(delay);
            Events.Add((received, new Reading(series.Id, measured, received, Math.Round(level), minute == 0 ? Flag.Good : flag)));
        }
    }
}

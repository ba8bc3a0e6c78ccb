using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using CanhLu.FirmwareSim.Rivers;
using CanhLu.FirmwareSim.Script;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>The options of a river.</summary>
sealed class RiverArguments
{
    readonly Option<string> _gauges = Text("--gauges", "ids from the hills to the sea, with commas", "tn-gauge-1,tk-gauge-1,ah-gauge-1");
    readonly Option<string> _accessPoints = Text("--access-points", "ids, with commas", "");
    readonly Option<string> _cameras = Text("--cameras", "ids, with commas", "");
    readonly Option<Instant?> _from = new("--from") { Description = "the first measurement, ISO 8601 with an offset; now when left out", CustomParser = ReadInstant };
    readonly Option<int> _seed = new("--seed") { Description = "draws everything left to chance", DefaultValueFactory = _ => 1 };
    readonly Option<double> _hours = Number("--hours", "how long", 72);
    readonly Option<double> _interval = Number("--interval", "minutes between measurements of a gauge", 10);
    readonly Option<double> _base = Number("--base", "the water without the flood, metres", 0.9);
    readonly Option<double> _peak = Number("--peak", "the highest water at the first gauge, metres", 2.9);
    readonly Option<double> _peakAfter = Number("--peak-after", "hours until the peak passes the first gauge", 30);
    readonly Option<double> _rise = Number("--rise", "hours of rising", 20);
    readonly Option<double> _fall = Number("--fall", "hours until a third of the flood is left", 18);
    readonly Option<double> _travel = Number("--travel", "hours from one gauge to the next", 2);
    readonly Option<double> _attenuation = Number("--attenuation", "what is left of the height from one gauge to the next", 0.9);
    readonly Option<double> _tide = Number("--tide", "the tide's amplitude at the last gauge, metres", 0);
    readonly Option<double> _noise = Number("--noise", "the deviation of the noise, metres", 0);
    readonly Option<double> _spikes = Number("--spikes", "the chance of a spike in a measurement", 0);
    readonly Option<double> _spikeSize = Number("--spike-size", "metres up or down", 1.5);
    readonly Option<double> _dropouts = Number("--dropouts", "the chance that a gauge loses its connection at a measurement", 0);
    readonly Option<double> _dropoutHours = Number("--dropout-hours", "how long it is away", 1);
    readonly Option<double> _drift = Number("--drift", "seconds a day that the gauges' clocks run fast (negative: slow)", 0);
    readonly Option<double> _battery = Number("--battery", "volts at the start", 3.95);
    readonly Option<double> _batteryLoss = Number("--battery-loss", "volts a day", 0.01);
    readonly Option<DeviceWindow[]> _stuck = Windows("--stuck", "a gauge is stuck");
    readonly Option<DeviceWindow[]> _away = Windows("--away", "a device is cut off (last will); a gauge then sends a backlog");
    readonly Option<DeviceWindow[]> _overload = Windows("--overload", "an access point has too many clients");
    readonly Option<DeviceWindow[]> _people = Windows("--people", "a camera sees people");
    readonly Option<DeviceWindow[]> _tamper = Windows("--tamper", "a camera is covered");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _gauges, _accessPoints, _cameras, _from, _seed, _hours, _interval, _base, _peak, _peakAfter, _rise, _fall, _travel, _attenuation, _tide,
            _noise, _spikes, _spikeSize, _dropouts, _dropoutHours, _drift, _battery, _batteryLoss, _stuck, _away, _overload, _people, _tamper,
        })
        {
            command.Options.Add(option);
        }
    }

    public RiverOptions Options(ParseResult parsed, Instant now)
    {
        var from = parsed.GetValue(_from) ?? now;
        ILookup<string, Window> At(Option<DeviceWindow[]> option) =>
            (parsed.GetValue(option) ?? []).ToLookup(window => window.Device, window => window.After(from));
        return new RiverOptions
        {
            Seed = parsed.GetValue(_seed),
            From = from,
            Length = Hours(parsed.GetValue(_hours)),
            Gauges = Ids(parsed.GetValue(_gauges)),
            AccessPoints = Ids(parsed.GetValue(_accessPoints)),
            Cameras = Ids(parsed.GetValue(_cameras)),
            Wave = new FloodWave(
                parsed.GetValue(_base), parsed.GetValue(_peak) - parsed.GetValue(_base), from + Hours(parsed.GetValue(_peakAfter)),
                Hours(parsed.GetValue(_rise)), Hours(parsed.GetValue(_fall))),
            Travel = Hours(parsed.GetValue(_travel)),
            Attenuation = parsed.GetValue(_attenuation),
            Tide = parsed.GetValue(_tide),
            Gauge = new GaugeOptions
            {
                Interval = Duration.FromMinutes(parsed.GetValue(_interval)),
                Noise = parsed.GetValue(_noise),
                SpikeChance = parsed.GetValue(_spikes),
                SpikeSize = parsed.GetValue(_spikeSize),
                DropoutChance = parsed.GetValue(_dropouts),
                DropoutLength = Hours(parsed.GetValue(_dropoutHours)),
                ClockDriftPerDay = parsed.GetValue(_drift),
                Battery = new Battery(parsed.GetValue(_battery), parsed.GetValue(_batteryLoss)),
            },
            Stuck = At(_stuck),
            Away = At(_away),
            Overload = At(_overload),
            People = At(_people),
            Tampered = At(_tamper),
        };
    }

    static Instant? ReadInstant(ArgumentResult argument)
    {
        var read = OffsetDateTimePattern.ExtendedIso.Parse(argument.Tokens.Single().Value);
        if (!read.Success)
        {
            argument.AddError("--from is no time with an offset, like 2025-10-28T12:00:00+07:00");
            return null;
        }

        return read.Value.ToInstant();
    }

    static Option<DeviceWindow[]> Windows(string name, string description) => new(name)
    {
        Description = $"DEVICE:FROM:HOURS: {description}, FROM hours after the start",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = argument =>
        {
            var windows = new List<DeviceWindow>();
            foreach (var token in argument.Tokens)
            {
                if (DeviceWindow.TryRead(token.Value, out var window))
                {
                    windows.Add(window);
                }
                else
                {
                    argument.AddError($"{name} {token.Value} is not DEVICE:FROM:HOURS");
                }
            }

            return [.. windows];
        },
    };

    static Option<double> Number(string name, string description, double value) => new(name) { Description = description, DefaultValueFactory = _ => value };

    static Option<string> Text(string name, string description, string value) => new(name) { Description = description, DefaultValueFactory = _ => value };

    static ImmutableArray<string> Ids(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static Duration Hours(double hours) => Duration.FromHours(hours);
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CanhLu.FirmwareSim.Storms;
using NodaTime;

namespace CanhLu.FirmwareSim.Commands;

static class StormCommand
{
    public static Command Create(IClock clock, TimeProvider time)
    {
        var command = new Command("storm", "Many gauges at a rate, at QoS 1, with a flood through all levels within seconds, and a journal of what was acknowledged.");
        var devices = new Option<int>("--devices") { Description = "how many; with --credentials, at most those of the file", DefaultValueFactory = _ => 200 };
        var prefix = new Option<string>("--prefix") { Description = "ids are PREFIX001, PREFIX002…", DefaultValueFactory = _ => "storm-" };
        var rate = new Option<double>("--rate") { Description = "readings a second, all devices together", DefaultValueFactory = _ => 200 };
        var batch = new Option<int>("--batch") { Description = "readings in one message", DefaultValueFactory = _ => 1 };
        var inFlight = new Option<int>("--in-flight") { Description = "messages unacknowledged at once, a device", DefaultValueFactory = _ => 20 };
        var basis = new Option<double>("--base") { Description = "the water before and after, metres", DefaultValueFactory = _ => 1.0 };
        var peak = new Option<double>("--peak") { Description = "the highest water, metres", DefaultValueFactory = _ => 3.0 };
        var before = new Option<double>("--calm-before") { Description = "seconds before the rise", DefaultValueFactory = _ => 5 };
        var wave = new Option<double>("--wave") { Description = "seconds from the first rise to the end of the fall", DefaultValueFactory = _ => 40 };
        var after = new Option<double>("--calm-after") { Description = "seconds after the fall", DefaultValueFactory = _ => 5 };
        var patience = new Option<double>("--patience") { Description = "seconds to wait for the last acknowledgements", DefaultValueFactory = _ => 120 };
        var journal = new Option<string?>("--journal") { Description = "file that gets a line a reading: device,measured_at,value,outcome,acknowledged_at" };
        var broker = new BrokerArguments();
        foreach (var option in new Option[] { devices, prefix, rate, batch, inFlight, basis, peak, before, wave, after, patience, journal })
        {
            command.Options.Add(option);
        }

        broker.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var file = broker.File(parsed);
            var options = new StormOptions
            {
                Broker = broker.Address(parsed),
                Devices = Ids(file.Select(credential => credential.User), parsed.GetValue(devices), parsed.GetRequiredValue(prefix)),
                Credentials = broker.Credentials(parsed),
                Rate = parsed.GetValue(rate),
                Batch = parsed.GetValue(batch),
                Link = new() { InFlight = parsed.GetValue(inFlight), LongestPause = TimeSpan.FromSeconds(1) },
                Curve = new StageCurve(
                    parsed.GetValue(basis), parsed.GetValue(peak), Seconds(parsed.GetValue(before)), Seconds(parsed.GetValue(wave)), Seconds(parsed.GetValue(after))),
                Patience = Seconds(parsed.GetValue(patience)),
                Journal = parsed.GetValue(journal),
            };
            var storm = new Storm(options, clock, time);
            var counts = await Progress.Show(storm.Run(token), () => Line(storm), time);
            return counts.Acknowledged == counts.Sent ? 0 : 1;
        });
        return command;
    }

    static ImmutableArray<string> Ids(IEnumerable<string> named, int count, string prefix)
    {
        var ids = named.Take(count).ToImmutableArray();
        return ids.IsEmpty ? [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}{i:000}"))] : ids;
    }

    static string Line(Storm storm) =>
        string.Create(CultureInfo.InvariantCulture, $"{storm.Stage:0.000} m  {Progress.Of(storm.Counts, storm.LastTrouble)}");

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

using System.CommandLine;
using System.Globalization;
using CanhLu.FirmwareSim.Replay;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Commands;

static class ReplayCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("replay", "Sends a file of old readings: a readings CSV, or an .rdb file of the U.S. Geological Survey.");
        var file = new Argument<string>("FILE");
        var device = new Option<string>("--device") { Description = "the id to send them as", Required = true };
        var speed = new Option<double>("--speed") { Description = "file seconds a second; 0 for as fast as it goes", DefaultValueFactory = _ => 1 };
        var station = new Option<string?>("--station") { Description = "of a CSV with several stations, the one to send" };
        var inFlight = new Option<int>("--in-flight") { Description = "messages unacknowledged at once", DefaultValueFactory = _ => 100 };
        var print = new Option<bool>("--print") { Description = "write the messages instead of sending them" };
        var broker = new BrokerArguments();
        command.Arguments.Add(file);
        command.Options.Add(device);
        command.Options.Add(speed);
        command.Options.Add(station);
        command.Options.Add(inFlight);
        command.Options.Add(print);
        broker.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            Recording recording;
            try
            {
                recording = Recording.Read(parsed.GetRequiredValue(file), parsed.GetValue(station));
            }
            catch (Exception wrong) when (wrong is IOException or FormatException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"{parsed.GetRequiredValue(file)}: {wrong.Message}");
                return 2;
            }

            await Console.Error.WriteLineAsync(Summary(recording));
            var script = recording.Script(parsed.GetRequiredValue(device));
            if (parsed.GetValue(print) || recording.Samples.IsEmpty)
            {
                return await Printing.Write([script], TimeStyle.Iso);
            }

            var options = new FleetOptions { Link = new() { InFlight = parsed.GetValue(inFlight) } };
            var from = recording.Samples[0].At;
            return await FleetRun.Play([script], from, parsed.GetValue(speed), broker.Address(parsed), broker.Credentials(parsed), options, time, token);
        });
        return command;
    }

    static string Summary(Recording recording)
    {
        var skipped = string.Join(", ", recording.Skipped.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {entry.Value}"));
        var span = recording.Samples.IsEmpty ? "" : $", {recording.Samples[0].At} to {recording.Samples[^1].At}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{recording.Rows} rows, {recording.Samples.Length} samples{span}; skipped {recording.Skipped.Values.Sum()}{(skipped.Length == 0 ? "" : $" ({skipped})")}");
    }
}

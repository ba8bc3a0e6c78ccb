using System.CommandLine;
using CanhLu.FirmwareSim.Rivers;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Commands;

static class RiverCommand
{
    public static Command Create(IClock clock, TimeProvider time)
    {
        var command = new Command("river", "A river with one flood going down it, Wi-Fi access points and cameras, and every fault that you ask for.");
        var arguments = new RiverArguments();
        var broker = new BrokerArguments();
        var speed = new Option<double>("--speed") { Description = "simulated seconds a second; 0 for as fast as it goes", DefaultValueFactory = _ => 1 };
        var epoch = new Option<bool>("--epoch-ms") { Description = "write t as epoch milliseconds" };
        var print = new Option<bool>("--print") { Description = "write the messages instead of sending them" };
        arguments.AddTo(command);
        broker.AddTo(command);
        command.Options.Add(speed);
        command.Options.Add(epoch);
        command.Options.Add(print);
        command.SetAction(async (parsed, token) =>
        {
            var style = parsed.GetValue(epoch) ? TimeStyle.EpochMilliseconds : TimeStyle.Iso;
            var options = arguments.Options(parsed, clock.GetCurrentInstant());
            var scripts = new River(options).Scripts().ToList();
            return parsed.GetValue(print)
                ? await Printing.Write(scripts, style)
                : await FleetRun.Play(
                    scripts, options.From, parsed.GetValue(speed), broker.Address(parsed), broker.Credentials(parsed), new FleetOptions { Time = style }, time, token);
        });
        return command;
    }
}

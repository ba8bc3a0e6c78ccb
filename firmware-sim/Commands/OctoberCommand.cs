using System.CommandLine;
using CanhLu.FirmwareSim.October;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Commands;

static class OctoberCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("october", "The flood of 28-31 October 2025 at Tam Kỳ: three official values, the rest reconstructed.");
        var broker = new BrokerArguments();
        broker.AddTo(command);
        var speed = new Option<double>("--speed") { Description = "simulated seconds a second; 0 for as fast as it goes", DefaultValueFactory = _ => 600 };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 2025 };
        var print = new Option<bool>("--print") { Description = "write the messages instead of sending them" };
        command.Options.Add(speed);
        command.Options.Add(seed);
        command.Options.Add(print);
        command.SetAction(async (parsed, token) =>
        {
            var scripts = OctoberFlood.Scripts(parsed.GetValue(seed));
            return parsed.GetValue(print)
                ? await Printing.Write(scripts, TimeStyle.Iso)
                : await FleetRun.Play(
                    scripts, OctoberFlood.Begins, parsed.GetValue(speed), broker.Address(parsed), broker.Credentials(parsed), new FleetOptions(), time, token);
        });
        return command;
    }
}

using System.CommandLine;
using NodaTime;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>The command line of <c>firmware-sim</c>.</summary>
static class FirmwareCommand
{
    public static RootCommand Create(IClock clock, TimeProvider time) => new("Pretends to be gauges, Wi-Fi access points and cameras that speak MQTT.")
    {
        RiverCommand.Create(clock, time),
        OctoberCommand.Create(time),
        ReplayCommand.Create(time),
        StormCommand.Create(clock, time),
    };
}

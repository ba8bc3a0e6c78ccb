using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>Writes scripts to the terminal instead of playing them.</summary>
static class Printing
{
    public static async Task<int> Write(IEnumerable<DeviceScript> scripts, TimeStyle style)
    {
        foreach (var line in ScriptText.Lines(scripts, style))
        {
            await Console.Out.WriteLineAsync(line);
        }

        return 0;
    }
}

using System.Globalization;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Rivers;
using NodaTime;

namespace CanhLu.FirmwareSim.Commands;

/// <summary>Plays scripts from the command line: with a progress line, to the end, with an exit code.</summary>
static class FleetRun
{
    /// <summary>0 when everything was acknowledged, 1 when not.</summary>
    public static async Task<int> Play(
        IReadOnlyList<DeviceScript> scripts, Instant from, double speed, BrokerAddress broker, Func<string, Credential?> credentials, FleetOptions options,
        TimeProvider time, CancellationToken token)
    {
        var pace = new Pace(from, speed, time);
        await using var fleet = new Fleet(broker, credentials, pace.DelayUntil, time, options);
        try
        {
            var counts = await Progress.Show(fleet.Play(scripts, token), () => Line(fleet), time);
            return counts.Acknowledged == counts.Sent ? 0 : 1;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return 1;
        }
    }

    static string Line(Fleet fleet)
    {
        var reached = fleet.Reached is { } at
            ? at.WithOffset(VietNam.Offset).ToString("uuuu'-'MM'-'dd HH':'mm o<+HH:mm>", CultureInfo.InvariantCulture)
            : "starting";
        return $"{reached}  {Progress.Of(fleet.Counts, fleet.LastTrouble)}";
    }
}

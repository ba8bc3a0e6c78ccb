using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>The scripts of all devices along a river.</summary>
public sealed class River(RiverOptions options)
{
    /// <summary>What every device does. The same for the same options.</summary>
    public IEnumerable<DeviceScript> Scripts()
    {
        var to = options.From + options.Length;
        for (var i = 0; i < options.Gauges.Length; i++)
        {
            yield return GaugeAt(i).Script(options.From, to, options.Seed);
        }

        foreach (var device in options.AccessPoints)
        {
            var behaviour = new AccessPointOptions { Overload = [.. options.Overload[device]], Away = [.. options.Away[device]] };
            yield return new AccessPoint(device, behaviour).Script(options.From, to, options.Seed);
        }

        foreach (var device in options.Cameras)
        {
            var behaviour = new CameraOptions
            {
                People = [.. options.People[device]],
                Tampered = [.. options.Tampered[device]],
                Away = [.. options.Away[device]],
            };
            yield return new Camera(device, behaviour).Script(options.From, to, options.Seed);
        }
    }

    Gauge GaugeAt(int i)
    {
        var device = options.Gauges[i];
        var wave = options.Wave.Downstream(options.Travel * i, Math.Pow(options.Attenuation, i));
        // 1 at the sea, 0 at the middle and above.
        var seaward = options.Gauges.Length == 1 ? 1 : Math.Max(0, 2.0 * i / (options.Gauges.Length - 1) - 1);
        var tide = new Tide(options.Tide * seaward, options.From + Duration.FromHours(4));
        var behaviour = options.Gauge with { Stuck = [.. options.Stuck[device]], Away = [.. options.Away[device]] };
        return new Gauge(device, at => wave.StageAt(at) + tide.At(at), behaviour);
    }
}

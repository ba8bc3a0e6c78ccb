using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>A camera over the water. It sends how many people it counts, never who they are.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Options">What it sees.</param>
public sealed record Camera(string Device, CameraOptions Options)
{
    /// <summary>What it does from one instant to another, both included.</summary>
    public DeviceScript Script(Instant from, Instant to, int seed) => new(Device, Acts(from, to, seed));

    IEnumerable<Act> Acts(Instant from, Instant to, int seed)
    {
        var chance = Seeds.For(seed, Device);
        var away = false;
        for (var at = from; at <= to; at += Options.Interval)
        {
            var cut = Options.Away.Any(window => window.Contains(at));
            if (cut != away)
            {
                away = cut;
                yield return cut ? new Act.Vanish(at) : new Act.Return(at);
            }

            if (!away)
            {
                yield return new Act.Send(at, [Measure(at, chance)]);
            }
        }

        if (away)
        {
            yield return new Act.Return(to);
        }
    }

    Sample Measure(Instant at, Random chance)
    {
        var tampered = Options.Tampered.Any(window => window.Contains(at));
        var people = !tampered && Options.People.Any(window => window.Contains(at)) ? 1 + chance.Next(Options.Crowd) : 0;
        var fps = Math.Max(0, Options.Fps - Math.Abs(0.4 * chance.Normal()));
        return new Sample(at, null,
        [
            new("fps", Math.Round((decimal)fps, 1)),
            new("people", people),
            new("tamper", tampered ? 1 : 0),
        ]);
    }
}

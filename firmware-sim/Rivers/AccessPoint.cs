using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>A public Wi-Fi access point. It sends counts: of who uses it, it says nothing.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Options">How busy it is, and when it fails.</param>
public sealed record AccessPoint(string Device, AccessPointOptions Options)
{
    /// <summary>What it does from one instant to another, both included.</summary>
    public DeviceScript Script(Instant from, Instant to, int seed) => new(Device, Acts(from, to, seed));

    IEnumerable<Act> Acts(Instant from, Instant to, int seed)
    {
        var chance = Seeds.For(seed, Device);
        var startedAt = from - Duration.FromDays(3 + chance.Next(40));
        var away = false;
        for (var at = from; at <= to; at += Options.Interval)
        {
            var powerless = Options.Away.Any(window => window.Contains(at));
            if (powerless && !away)
            {
                yield return new Act.Vanish(at);
            }
            else if (!powerless && away)
            {
                startedAt = at - Duration.FromMinutes(1);
                yield return new Act.Return(at);
            }

            away = powerless;
            if (!away)
            {
                yield return new Act.Send(at, [Measure(at, startedAt, chance)]);
            }
        }

        if (away)
        {
            yield return new Act.Return(to);
        }
    }

    Sample Measure(Instant at, Instant startedAt, Random chance)
    {
        var overload = Options.Overload.Any(window => window.Contains(at));
        // Fewest at 03:30, most at 20:00, with a smaller top at noon.
        var hour = VietNam.HourOfDay(at);
        var day = 0.08 + 0.75 * Top(hour, 20, 3.2) + 0.45 * Top(hour, 12, 2.5);
        var share = overload ? 1.7 + 0.1 * chance.Normal() : day * (1 + 0.1 * chance.Normal());
        var clients = (int)Math.Max(0, Math.Round(Options.BusiestClients * share / 0.83));
        var load = (double)clients / Options.BusiestClients;
        return new Sample(at, null,
        [
            new("clients", clients),
            new("cpu_pct", Percent(12 + 38 * load + 3 * chance.Normal())),
            new("mem_pct", Percent(45 + 14 * load + chance.Normal())),
            new("channel_util_pct", Percent(9 + 42 * load + 3 * chance.Normal())),
            new("uptime_s", (long)(at - startedAt).TotalSeconds),
        ]);
    }

    static double Top(double hour, double at, double width) => Math.Exp(-Math.Pow((hour - at) / width, 2) / 2);

    static decimal Percent(double value) => Math.Round((decimal)Math.Clamp(value, 0, 100), 1);
}

using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>A water-level gauge that measures a curve, with the faults it was given.</summary>
/// <param name="Device">Its id.</param>
/// <param name="StageAt">The true water level, metres.</param>
/// <param name="Options">Its faults.</param>
public sealed record Gauge(string Device, Func<Instant, double> StageAt, GaugeOptions Options)
{
    /// <summary>What it does from one instant to another, both included.</summary>
    public DeviceScript Script(Instant from, Instant to, int seed) => new(Device, Acts(from, to, seed));

    IEnumerable<Act> Acts(Instant from, Instant to, int seed)
    {
        var chance = Seeds.For(seed, Device);
        var backlog = new Queue<Sample>();
        Instant? backAt = null;
        decimal? stuckAt = null;
        var seq = 0L;
        for (var at = from; at <= to; at += Options.Interval)
        {
            if (backAt <= at)
            {
                backAt = null;
                yield return new Act.Return(at);
            }

            if (backAt is null && Dropout(at, chance) is { } end)
            {
                backAt = end;
                yield return new Act.Vanish(at);
            }

            var stage = Measure(at, chance);
            stuckAt = Options.Stuck.Any(window => window.Contains(at)) ? stuckAt ?? stage : null;
            backlog.Enqueue(new Sample(ByItsClock(at, from), ++seq,
            [
                new("stage_m", stuckAt ?? stage),
                new("battery_v", Options.Battery.At(at, from, chance)),
                new("rssi_dbm", Options.Rssi + (int)Math.Round(2 * chance.Normal())),
            ]));
            if (backlog.Count > Options.BacklogMost)
            {
                backlog.Dequeue();
            }

            if (backAt is null)
            {
                yield return new Act.Send(at, [.. backlog]);
                backlog.Clear();
            }
        }

        if (backAt is not null)
        {
            yield return new Act.Return(to);
            yield return new Act.Send(to, [.. backlog]);
        }
    }

    Instant? Dropout(Instant at, Random chance)
    {
        foreach (var window in Options.Away)
        {
            if (window.Contains(at))
            {
                return window.To;
            }
        }

        return Options.DropoutChance > 0 && chance.NextDouble() < Options.DropoutChance ? at + Options.DropoutLength : null;
    }

    decimal Measure(Instant at, Random chance)
    {
        var stage = StageAt(at);
        if (Options.Noise > 0)
        {
            stage += Options.Noise * chance.Normal();
        }

        if (Options.SpikeChance > 0 && chance.NextDouble() < Options.SpikeChance)
        {
            stage += chance.Next(2) == 0 ? Options.SpikeSize : -Options.SpikeSize;
        }

        return Math.Round((decimal)stage, Options.Decimals, MidpointRounding.AwayFromZero);
    }

    Instant ByItsClock(Instant at, Instant from) => Options.ClockDriftPerDay == 0
        ? at
        : at + Duration.FromMilliseconds(Math.Round((at - from).TotalDays * Options.ClockDriftPerDay * 1000));
}

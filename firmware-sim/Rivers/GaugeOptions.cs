using System.Collections.Immutable;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>How a gauge measures, and what goes wrong with it. Nothing does unless it is asked for.</summary>
public sealed record GaugeOptions
{
    /// <summary>From one measurement to the next.</summary>
    public Duration Interval { get; init; } = Duration.FromMinutes(10);

    /// <summary>How many decimals of a metre it writes: 3 for a radar, 2 for what bulletins print.</summary>
    public int Decimals { get; init; } = 3;

    /// <summary>The deviation of its noise, metres.</summary>
    public double Noise { get; init; }

    /// <summary>The chance of a spike in one measurement, 0 to 1.</summary>
    public double SpikeChance { get; init; }

    /// <summary>How far a spike goes up or down, metres.</summary>
    public double SpikeSize { get; init; } = 1.5;

    /// <summary>When it is stuck and repeats what it measured first in the window.</summary>
    public ImmutableArray<Window> Stuck { get; init; } = [];

    /// <summary>When it has no connection; what it measures then comes afterwards, as a backlog.</summary>
    public ImmutableArray<Window> Away { get; init; } = [];

    /// <summary>The chance that a measurement begins a time without connection, 0 to 1.</summary>
    public double DropoutChance { get; init; }

    /// <summary>How long such a time lasts.</summary>
    public Duration DropoutLength { get; init; } = Duration.FromHours(1);

    /// <summary>How many measurements it can keep; the oldest make room.</summary>
    public int BacklogMost { get; init; } = 1_000;

    /// <summary>How its clock runs: seconds too fast a day, negative for too slow.</summary>
    public double ClockDriftPerDay { get; init; }

    /// <summary>Its battery.</summary>
    public Battery Battery { get; init; } = new(3.95, 0.01);

    /// <summary>Its signal, dBm.</summary>
    public int Rssi { get; init; } = -71;
}

using System.Collections.Immutable;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>A river with one flood going down it, and the city's other devices beside it. No misbehaviour unless it is asked for.</summary>
public sealed record RiverOptions
{
    /// <summary>Draws everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The first measurement.</summary>
    public required Instant From { get; init; }

    /// <summary>From the first measurement to the last.</summary>
    public Duration Length { get; init; } = Duration.FromHours(72);

    /// <summary>The gauges' ids, from the hills to the sea.</summary>
    public ImmutableArray<string> Gauges { get; init; } = [];

    /// <summary>The Wi-Fi access points' ids.</summary>
    public ImmutableArray<string> AccessPoints { get; init; } = [];

    /// <summary>The cameras' ids.</summary>
    public ImmutableArray<string> Cameras { get; init; } = [];

    /// <summary>The flood as it passes the first gauge; <see cref="FloodWave.PeakAt"/> included.</summary>
    public required FloodWave Wave { get; init; }

    /// <summary>From one gauge to the next.</summary>
    public Duration Travel { get; init; } = Duration.FromHours(2);

    /// <summary>What is left of the flood's height from one gauge to the next, 0 to 1.</summary>
    public double Attenuation { get; init; } = 0.9;

    /// <summary>The tide's amplitude at the last gauge, metres; it reaches half of the way up the river.</summary>
    public double Tide { get; init; }

    /// <summary>What every gauge does besides; its windows come from <see cref="Stuck"/> and <see cref="Away"/>.</summary>
    public GaugeOptions Gauge { get; init; } = new();

    /// <summary>When a gauge is stuck, by its id.</summary>
    public ILookup<string, Window> Stuck { get; init; } = Nothing;

    /// <summary>When a device has no connection, by its id.</summary>
    public ILookup<string, Window> Away { get; init; } = Nothing;

    /// <summary>When too many people use an access point, by its id.</summary>
    public ILookup<string, Window> Overload { get; init; } = Nothing;

    /// <summary>When a camera sees people, by its id.</summary>
    public ILookup<string, Window> People { get; init; } = Nothing;

    /// <summary>When a camera is covered, by its id.</summary>
    public ILookup<string, Window> Tampered { get; init; } = Nothing;

    static ILookup<string, Window> Nothing { get; } = Array.Empty<Window>().ToLookup(_ => "");
}

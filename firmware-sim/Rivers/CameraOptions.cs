using System.Collections.Immutable;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>What a camera sees, and when it fails.</summary>
public sealed record CameraOptions
{
    /// <summary>From one report to the next.</summary>
    public Duration Interval { get; init; } = Duration.FromMinutes(10);

    /// <summary>Pictures a second when it is well.</summary>
    public double Fps { get; init; } = 25;

    /// <summary>When people stand in its zone.</summary>
    public ImmutableArray<Window> People { get; init; } = [];

    /// <summary>How many there are at most.</summary>
    public int Crowd { get; init; } = 6;

    /// <summary>When somebody covered or turned it.</summary>
    public ImmutableArray<Window> Tampered { get; init; } = [];

    /// <summary>When it has no connection; it comes back with nothing kept.</summary>
    public ImmutableArray<Window> Away { get; init; } = [];
}

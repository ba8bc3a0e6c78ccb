using System.Collections.Immutable;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>How busy a public Wi-Fi access point is, and when it fails.</summary>
public sealed record AccessPointOptions
{
    /// <summary>From one report to the next.</summary>
    public Duration Interval { get; init; } = Duration.FromMinutes(10);

    /// <summary>How many people use it at 20:00.</summary>
    public int BusiestClients { get; init; } = 40;

    /// <summary>When far too many use it.</summary>
    public ImmutableArray<Window> Overload { get; init; } = [];

    /// <summary>When it is without power: its connection is cut, and it comes back with nothing kept.</summary>
    public ImmutableArray<Window> Away { get; init; } = [];
}

using System.Collections.Immutable;
using CanhLu.FirmwareSim.Link;

namespace CanhLu.FirmwareSim.Storms;

/// <summary>Many gauges that send at once.</summary>
public sealed record StormOptions
{
    /// <summary>Where they connect.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>The devices' ids.</summary>
    public required ImmutableArray<string> Devices { get; init; }

    /// <summary>What each shows at the door; null for nothing.</summary>
    public Func<string, Credential?> Credentials { get; init; } = _ => null;

    /// <summary>Readings a second, of all devices together.</summary>
    public double Rate { get; init; } = 200;

    /// <summary>Readings in one message.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>The water that all of them measure.</summary>
    public StageCurve Curve { get; init; } =
        new(1.0, 3.0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(5));

    /// <summary>How each device keeps its connection.</summary>
    public LinkOptions Link { get; init; } = new() { LongestPause = TimeSpan.FromSeconds(1) };

    /// <summary>How long to wait at the end for the last acknowledgements.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The file that gets a line a reading, appended; null for none.</summary>
    public string? Journal { get; init; }
}

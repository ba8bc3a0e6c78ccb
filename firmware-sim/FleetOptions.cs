using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim;

/// <summary>How a fleet sends.</summary>
public sealed record FleetOptions
{
    /// <summary>How each device keeps its connection.</summary>
    public LinkOptions Link { get; init; } = new();

    /// <summary>The most samples in one message; 200 are about 20 KiB of the 64 that a payload may have.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>The shortest real time between two sweeps over what is due.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How <c>t</c> is written.</summary>
    public TimeStyle Time { get; init; } = TimeStyle.Iso;
}

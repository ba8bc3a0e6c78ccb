using System.Collections.Immutable;
using CanhLu.FirmwareSim.Wire;

namespace CanhLu.FirmwareSim.Link;

/// <summary>One message of readings, kept until it is acknowledged.</summary>
/// <param name="Payload">Its bytes.</param>
/// <param name="Samples">What they say.</param>
public sealed record Message(byte[] Payload, ImmutableArray<Sample> Samples)
{
    /// <summary>How many values it carries.</summary>
    public int Readings { get; } = Samples.Sum(sample => sample.Values.Length);
}

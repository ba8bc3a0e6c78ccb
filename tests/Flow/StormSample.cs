using CanhLu.FirmwareSim.Link;

namespace CanhLu.Tests.Flow;

/// <summary>What was so within one look at a storm.</summary>
/// <param name="At">Since the first look.</param>
/// <param name="Before">The devices' counts just before the archive's was asked.</param>
/// <param name="Stored">Readings stored since the engine started, the devices' status among them.</param>
/// <param name="After">The devices' counts just after.</param>
/// <param name="Memory">The engine's resident memory, bytes.</param>
sealed record StormSample(TimeSpan At, Counts Before, long Stored, Counts After, long Memory)
{
    public override string ToString() =>
        $"{At.TotalSeconds,6:0.0} s: published {Before.Readings}, acknowledged {Before.ReadingsAcknowledged}, in flight {Before.InFlight}, stored {Stored}, {Memory >> 20} MiB";
}

using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.FirmwareSim.Wire;

/// <summary>One object of a payload: what a device measured at one instant.</summary>
/// <param name="At">When, by the device's own clock.</param>
/// <param name="Seq">The device's running number; null for a device that keeps none.</param>
/// <param name="Values">The fields.</param>
public sealed record Sample(Instant At, long? Seq, ImmutableArray<Value> Values);

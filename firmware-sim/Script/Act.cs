using System.Collections.Immutable;
using CanhLu.FirmwareSim.Wire;
using NodaTime;

namespace CanhLu.FirmwareSim.Script;

/// <summary>One thing that a pretend device does.</summary>
/// <param name="At">When, by the true clock of the simulated world.</param>
public abstract record Act(Instant At)
{
    /// <summary>It publishes samples: one as it measures it, several when it had to keep them.</summary>
    /// <param name="At">When.</param>
    /// <param name="Samples">What it publishes.</param>
    public sealed record Send(Instant At, ImmutableArray<Sample> Samples) : Act(At);

    /// <summary>Its connection is cut without a word, so that the broker speaks its last will.</summary>
    /// <param name="At">When.</param>
    public sealed record Vanish(Instant At) : Act(At);

    /// <summary>It connects again and says that it is online.</summary>
    /// <param name="At">When.</param>
    public sealed record Return(Instant At) : Act(At);
}

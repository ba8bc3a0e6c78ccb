using NodaTime;

namespace CanhLu.FirmwareSim.Script;

/// <summary>A stretch of simulated time in which something holds.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="To">The first instant after it.</param>
public readonly record struct Window(Instant From, Instant To)
{
    /// <summary>Whether an instant lies in it.</summary>
    public bool Contains(Instant at) => From <= at && at < To;
}

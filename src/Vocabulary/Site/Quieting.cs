using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>What keeps a rule's notices quiet. Its alarms are judged, shown and kept all the same; what is quiet is told as soon as nothing keeps it so.</summary>
public sealed record Quieting
{
    /// <summary>A rule whose notices nothing keeps quiet.</summary>
    public static readonly Quieting None = new();

    /// <summary>The hours in which notices are given; null for always.</summary>
    public Hours? Hours { get; init; }

    /// <summary>Alarms that hide this one while they stand; one that names no subject means the alarm's own station or device.</summary>
    public ImmutableArray<Member> Inhibitors { get; init; } = [];

    /// <summary>When an alarm that comes and goes is flapping; null for never.</summary>
    public Flapping? Flapping { get; init; }
}

/// <summary>Hours of the day, in the site's zone.</summary>
/// <param name="From">Their first moment.</param>
/// <param name="Until">Their end, no longer in them; before <paramref name="From"/> it is that of the next day.</param>
public sealed record Hours(LocalTime From, LocalTime Until)
{
    /// <summary>Whether a time of the day is in them.</summary>
    public bool Hold(LocalTime time) => From <= Until ? time >= From && time < Until : time >= From || time < Until;
}

/// <summary>An alarm that has begun so often is told again only when it has stood for a while, or is higher than what was told.</summary>
/// <param name="Times">So many beginnings, 2 and up.</param>
/// <param name="Within">In this time.</param>
/// <param name="Calm">How long it must then stand.</param>
public sealed record Flapping(int Times, Duration Within, Duration Calm);

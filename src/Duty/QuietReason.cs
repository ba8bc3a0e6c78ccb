namespace CanhLu.Duty;

/// <summary>What keeps the notices of an alarm quiet. The alarm itself is kept and shown all the same.</summary>
public enum QuietReason
{
    /// <summary>People work on the station or the device. A flood is not quiet then: it asks a person.</summary>
    Maintenance,

    /// <summary>Another alarm stands that hides it.</summary>
    Inhibited,

    /// <summary>It is outside the rule's hours.</summary>
    Hours,

    /// <summary>It comes and goes.</summary>
    Flapping,

    /// <summary>An officer has put it aside for a while; never a flood, and nothing that people are told of.</summary>
    Shelved,
}

/// <summary>What keeps an alarm quiet, exactly.</summary>
/// <param name="Reason">What.</param>
/// <param name="By">The number of the maintenance or the shelf, the other alarm (<c>rule@subject</c>), the hours, or how often it has begun.</param>
public sealed record Quiet(QuietReason Reason, string By);

/// <summary>Why a person is asked although the rule tells by itself.</summary>
public enum AskedBecause
{
    /// <summary>The evidence is weak.</summary>
    Evidence,

    /// <summary>People work on the station or its gauge.</summary>
    Maintenance,
}

namespace CanhLu.Duty;

/// <summary>What a statement changed.</summary>
enum Change
{
    /// <summary>It was known.</summary>
    Nothing,

    /// <summary>It is older than what is known.</summary>
    Outdated,

    /// <summary>An episode began.</summary>
    Opened,

    /// <summary>The episode rose to a higher level.</summary>
    Rose,

    /// <summary>It fell to a lower one that is still an alarm.</summary>
    Fell,

    /// <summary>It ended.</summary>
    Ended,
}

/// <summary>What residents get of it.</summary>
enum Outcome
{
    /// <summary>Nothing: it is for the desk.</summary>
    Desk,

    /// <summary>A bulletin.</summary>
    Bulletin,

    /// <summary>A bulletin that was too old to send.</summary>
    OldNews,

    /// <summary>A proposal that waits.</summary>
    Proposal,

    /// <summary>A proposal that was too old to wait.</summary>
    LateProposal,

    /// <summary>Nothing yet: something keeps it quiet.</summary>
    Quiet,

    /// <summary>Nothing: the device stands at no station, so nobody lives there.</summary>
    NoStation,
}

/// <summary>An alarm that was heard, and what became of it.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Change">What it changed.</param>
/// <param name="Outcome">What residents get of it.</param>
/// <param name="Episode">The episode; 0 for none.</param>
readonly record struct Heard(Alarm Alarm, Change Change, Outcome Outcome, long Episode);

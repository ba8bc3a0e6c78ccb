namespace CanhLu.Duty;

/// <summary>What has become of a proposal.</summary>
public enum ProposalState
{
    /// <summary>It waits for a decision.</summary>
    Waiting,

    /// <summary>A person approved it; it is a bulletin.</summary>
    Approved,

    /// <summary>A person declined it.</summary>
    Declined,

    /// <summary>The water decided otherwise: a newer one took its place, or the episode ended.</summary>
    Withdrawn,

    /// <summary>Nobody decided in time.</summary>
    Expired,
}

namespace CanhLu.Duty;

/// <summary>What comes of a proposal when the time for its decision is up, as the site said when it was made.</summary>
sealed class ProposalClock(DutyBook book, DecisionBook decisions)
{
    /// <summary>Strikes for every proposal whose time is up, once each: after a stop of hours the next one who is asked still has his time.</summary>
    /// <returns>What came of each, oldest first.</returns>
    public List<TimeUp> Strike() => decisions.Due().ConvertAll(Strike);

    TimeUp Strike(Proposal proposal)
    {
        switch (proposal.Next)
        {
            case TimeUp.Escalate:
                decisions.Escalate(proposal);
                return TimeUp.Escalate;
            case TimeUp.Send when IsStillSo(proposal):
                book.Decide(proposal.Id, ProposalState.Approved, AuditEntry.Auto, "nobody decided in time: sent, as the site has it");
                book.Publish(Draft.Of(proposal), AuditEntry.Auto, proposal.Id);
                return TimeUp.Send;
            case TimeUp.Send:
                book.Decide(proposal.Id, ProposalState.Expired, AuditEntry.Auto, "nobody decided in time, and the water has fallen below its level");
                return TimeUp.Drop;
            default:
                book.Decide(proposal.Id, ProposalState.Expired, AuditEntry.Auto, "nobody decided in time: dropped, as the site has it");
                return TimeUp.Drop;
        }
    }

    /// <summary>No clock sends what is so no longer.</summary>
    static bool IsStillSo(Proposal proposal) => proposal.Kind switch
    {
        BulletinKind.Warning => proposal.LevelNow >= proposal.Level,
        BulletinKind.AllClear => proposal.LevelNow == AlarmLevel.None,
        _ => true,
    };
}

using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people decide. Of two at the same moment one is first, and the other is told who was.</summary>
public sealed class Decisions(
    Operations operations, IClock clock, BulletinSignal bell, ChangeSignal changes, DutyMetrics metrics, ILogger<Decisions> logger)
{
    /// <summary>Says that a person has seen an episode, open or ended.</summary>
    /// <param name="episode">Its number.</param>
    /// <param name="who">The person.</param>
    /// <param name="note">What the person notes; null for nothing.</param>
    public Answer Acknowledge(long episode, string who, string? note)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var answer = Write(book => book.Episode(episode) switch
        {
            null => new Answer.NotFound(),
            { AcknowledgedBy: { } by, AcknowledgedAt: { } at } => new Answer.AlreadyDone("acknowledged", by, at),
            _ => Acknowledged(book),
        });
        if (answer is Answer.Done)
            Log.Acknowledged(logger, who, episode);
        return answer;

        Answer Acknowledged(DutyBook book)
        {
            book.Acknowledge(episode, who, note);
            return new Answer.Done(null);
        }
    }

    /// <summary>Makes a waiting proposal a bulletin.</summary>
    /// <param name="proposal">Its number.</param>
    /// <param name="who">The person.</param>
    public Answer Approve(long proposal, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var answer = Decide(proposal, (book, found) =>
        {
            book.Decide(proposal, ProposalState.Approved, who, null);
            return new Answer.Done(book.Publish(Draft.Of(found), who, proposal));
        });
        if (answer is not Answer.Done { Bulletin: { } bulletin })
            return answer;
        bell.Ring();
        metrics.ProposalsDecided(ProposalState.Approved);
        Log.Approved(logger, who, proposal, bulletin);
        return answer;
    }

    /// <summary>Decides that a waiting proposal is not sent.</summary>
    /// <param name="proposal">Its number.</param>
    /// <param name="who">The person.</param>
    /// <param name="reason">Why; blank is answered by <see cref="Answer.NoReason"/>.</param>
    public Answer Decline(long proposal, string who, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (string.IsNullOrWhiteSpace(reason))
            return new Answer.NoReason();
        var answer = Decide(proposal, (book, _) =>
        {
            book.Decide(proposal, ProposalState.Declined, who, reason);
            return new Answer.Done(null);
        });
        if (answer is not Answer.Done)
            return answer;
        metrics.ProposalsDecided(ProposalState.Declined);
        Log.Declined(logger, who, proposal);
        return answer;
    }

    /// <summary>Writes down that another site is in force, or that one was refused.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="takenOver">Whether it is in force.</param>
    /// <param name="lines">What changed, or what is wrong.</param>
    /// <exception cref="SqliteException">The operations store cannot be written.</exception>
    public void NoteSite(string site, bool takenOver, IReadOnlyList<string> lines)
    {
        operations.Write(connection =>
        {
            new DutyBook(connection, clock.GetCurrentInstant())
                .Note(takenOver ? "took over" : "refused", $"site/{site}", null, new Facts { Changes = lines });
            return true;
        });
        changes.Advance();
    }

    Answer Decide(long proposal, Func<DutyBook, Proposal, Answer> decide) => Write(book =>
    {
        var found = book.Proposal(proposal);
        switch (found)
        {
            case null:
                return new Answer.NotFound();
            case { State: ProposalState.Waiting } when book.Now > found.NotAfter:
                book.Expire(proposal);
                metrics.ProposalsDecided(ProposalState.Expired);
                return new Answer.TooLate(found.NotAfter);
            case { State: ProposalState.Waiting }:
                return decide(book, found);
            case { State: ProposalState.Expired }:
                return new Answer.TooLate(found.NotAfter);
            case { State: ProposalState.Withdrawn }:
                return new Answer.Withdrawn(found.DecidedAt!.Value, found.Reason!);
            default:
                return new Answer.AlreadyDone(Words.Of(found.State), found.DecidedBy!, found.DecidedAt!.Value);
        }
    });

    Answer Write(Func<DutyBook, Answer> command)
    {
        try
        {
            var answer = operations.Write(connection => command(new DutyBook(connection, clock.GetCurrentInstant())));
            if (answer is Answer.Done or Answer.TooLate)
                changes.Advance();
            return answer;
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            metrics.WriteFailed();
            return new Answer.NotStored();
        }
    }
}

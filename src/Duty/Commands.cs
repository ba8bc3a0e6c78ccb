using CanhLu.Database;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Runs what a person commands: one transaction, and one answer.</summary>
sealed class Commands(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics)
{
    /// <summary>Runs a command that needs the book.</summary>
    public Answer Write(Func<DutyBook, Answer> command) => Write((_, book) => command(book));

    /// <summary>Runs a command that needs more of the store.</summary>
    public Answer Write(Func<SqliteConnection, DutyBook, Answer> command)
    {
        try
        {
            var answer = operations.Write(connection => command(connection, new DutyBook(connection, clock.GetCurrentInstant())));
            if (answer is Answer.Done or Answer.OneMore or Answer.TooLate)
                changes.Advance();
            return answer;
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            metrics.WriteFailed();
            return new Answer.NotStored();
        }
    }

    /// <summary>Decides about a proposal that waits; of one that waits no longer it says what became of it.</summary>
    public Answer Decide(long proposal, Func<SqliteConnection, DutyBook, Proposal, Answer> decide) => Write((connection, book) =>
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
                return decide(connection, book, found);
            case { State: ProposalState.Expired }:
                return new Answer.TooLate(Instant.Min(found.NotAfter, found.DecidedAt!.Value));
            case { State: ProposalState.Withdrawn }:
                return new Answer.Withdrawn(found.DecidedAt!.Value, found.Reason!);
            default:
                return new Answer.AlreadyDone(Words.Of(found.State), found.DecidedBy!, found.DecidedAt!.Value);
        }
    });
}

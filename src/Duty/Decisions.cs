using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people decide. Of two at the same moment one is first, and the other is told who was.</summary>
public sealed class Decisions(
    Operations operations, IClock clock, BulletinSignal bell, ChangeSignal changes, DutyMetrics metrics, ILogger<Decisions> logger)
{
    /// <summary>A maintenance that is forgotten must not hide faults for ever.</summary>
    public static readonly Duration LongestMaintenance = Duration.FromDays(7);

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

    /// <summary>Says that people work on a station or a device: its faults are quiet, and a flood there asks a person.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="subject">The station's or the device's id.</param>
    /// <param name="from">When it begins; null for now.</param>
    /// <param name="until">When it ends, at most <see cref="LongestMaintenance"/> later.</param>
    /// <param name="reason">What is done there.</param>
    /// <param name="who">The person.</param>
    public Answer BeginMaintenance(Site site, string subject, Instant? from, Instant until, string reason, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (site.StationOf(subject) is null && !site.Devices.ContainsKey(subject))
            return new Answer.NotFound();
        if (string.IsNullOrWhiteSpace(reason))
            return new Answer.NoReason();
        var answer = Write(book =>
        {
            var begins = from ?? book.Now;
            return until <= book.Now || until <= begins ? new Answer.Refused("until lies before now or before from: write a later time.")
                : until - begins > LongestMaintenance ? new Answer.Refused($"A maintenance lasts {LongestMaintenance.TotalDays:0} days at most: enter it again when it goes on.")
                : new Answer.Done(null, book.Maintain(subject, begins, until, reason, who));
        });
        if (answer is Answer.Done { Id: { } id })
            Log.MaintenanceBegan(logger, who, id, subject);
        return answer;
    }

    /// <summary>Ends a maintenance before its time.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="who">The person.</param>
    public Answer EndMaintenance(long id, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var answer = Write(book =>
        {
            switch (book.Maintenance(id))
            {
                case null:
                    return new Answer.NotFound();
                case { EndedBy: { } by, EndedAt: { } at }:
                    return new Answer.AlreadyDone("ended", by, at);
                case { } over when over.Until <= book.Now:
                    return new Answer.AlreadyDone("ended", "the clock", over.Until);
                case var work:
                    book.EndMaintenance(work, who);
                    return new Answer.Done(null, id);
            }
        });
        if (answer is Answer.Done)
            Log.MaintenanceEnded(logger, who, id);
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

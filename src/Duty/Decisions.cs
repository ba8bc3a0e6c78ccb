using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people decide. Of two at the same moment one is first, and the other is told who was.</summary>
public sealed class Decisions(
    Operations operations, IClock clock, BulletinSignal bell, ChangeSignal changes, DutyMetrics metrics, ILogger<Decisions> logger)
{
    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>A maintenance that is forgotten must not hide faults for ever.</summary>
    public static readonly Duration LongestMaintenance = Duration.FromDays(7);

    /// <summary>Says that a person has seen an episode, open or ended.</summary>
    /// <param name="episode">Its number.</param>
    /// <param name="who">The person.</param>
    /// <param name="note">What the person notes; null for nothing.</param>
    public Answer Acknowledge(long episode, string who, string? note)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var answer = _commands.Write(book => book.Episode(episode) switch
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
        var answer = _commands.Decide(proposal, (connection, book, found) => Approved(connection, book, found, who.Trim()));
        if (answer is not Answer.Done { Bulletin: { } bulletin })
            return answer;
        bell.Ring();
        metrics.ProposalsDecided(ProposalState.Approved);
        Log.Approved(logger, who, proposal, bulletin);
        return answer;
    }

    /// <summary>Approves as one who may, alone or as the last of several.</summary>
    internal static Answer Approved(SqliteConnection connection, DutyBook book, Proposal proposal, string who)
    {
        if (new OfficerBook(connection, book).MayNotDecide(proposal.Decider, who) is { } why)
            return new Answer.Refused(why);
        var decisions = new DecisionBook(connection, book);
        var approvals = decisions.Approvals(proposal.Id);
        foreach (var (by, at) in approvals)
            if (string.Equals(by, who, StringComparison.CurrentCultureIgnoreCase))
                return new Answer.AlreadyDone("approved", by, at);
        if (proposal.Persons - approvals.Count - 1 is > 0 and var missing)
        {
            decisions.Approve(proposal.Id, who, missing);
            return new Answer.OneMore(missing);
        }
        var all = string.Join(", ", approvals.Select(one => one.Who).Append(who));
        book.Decide(proposal.Id, ProposalState.Approved, all, null);
        return new Answer.Done(book.Publish(Draft.Of(proposal), all, proposal.Id));
    }

    /// <summary>Ends a running broadcast: what no carrier has is not sent, and whoever was told is owed the all-clear all the same.</summary>
    /// <param name="bulletin">Its bulletin's number.</param>
    /// <param name="who">The person.</param>
    /// <param name="reason">Why; blank is answered by <see cref="Answer.NoReason"/>.</param>
    public Answer Stop(long bulletin, string who, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (string.IsNullOrWhiteSpace(reason))
            return new Answer.NoReason();
        var answer = _commands.Write((connection, book) =>
        {
            var decisions = new DecisionBook(connection, book);
            switch (decisions.Bulletin(bulletin))
            {
                case null:
                    return new Answer.NotFound();
                case { StoppedAt: { } at, StoppedBy: { } by }:
                    return new Answer.AlreadyDone("stopped", by, at);
                default:
                    decisions.Stop(bulletin, who, reason);
                    return new Answer.Done(bulletin);
            }
        });
        if (answer is not Answer.Done)
            return answer;
        bell.Ring();
        Log.Stopped(logger, who, bulletin);
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
        var answer = _commands.Decide(proposal, (_, book, _) =>
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
        var answer = _commands.Write(book =>
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
        var answer = _commands.Write(book =>
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
}

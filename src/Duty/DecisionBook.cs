using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What goes on with a proposal while it waits, and with a broadcast while it runs, inside one transaction.</summary>
sealed class DecisionBook(SqliteConnection connection, DutyBook book)
{
    /// <summary>Whether the time of a waiting proposal is up; a read, so that looking costs no write.</summary>
    public static bool IsAnyDue(SqliteConnection connection, Instant now) => connection.ExecuteScalar<bool>(
        "SELECT EXISTS (SELECT 1 FROM proposals WHERE state = 'waiting' AND decide_by <= @Now)", new { Now = now });

    /// <summary>The waiting proposals whose time is up, oldest first.</summary>
    public List<Proposal> Due() => connection.Query<Proposal>(
        Statements.Proposals + " WHERE proposals.state = 'waiting' AND proposals.decide_by <= @Now ORDER BY proposals.id", new { book.Now }).AsList();

    /// <summary>Asks the next person of the duty list too; his time begins now.</summary>
    public void Escalate(Proposal proposal)
    {
        var steps = string.Join(',', proposal.Steps.Split(',').Skip(1));
        var decideBy = steps.Length == 0 ? (Instant?)null : book.Now + Duration.FromSeconds(proposal.WithinS ?? 0);
        connection.Execute(
            "UPDATE proposals SET asked = asked + 1, steps = @steps, decide_by = @decideBy WHERE id = @Id AND state = 'waiting'",
            new { proposal.Id, steps, decideBy });
        book.Note("escalated", $"proposal/{proposal.Id}", null, new Facts { Level = proposal.Level.ToString(), DecideBy = decideBy?.ToString() });
    }

    /// <summary>Who has approved a proposal so far, the first one first.</summary>
    public List<(string Who, Instant At)> Approvals(long proposal) => connection
        .Query<Approval>("SELECT who, at AS given_at FROM approvals WHERE proposal = @proposal ORDER BY at, who", new { proposal })
        .Select(one => (one.Who, one.GivenAt)).ToList();

    /// <summary>One of several has approved.</summary>
    public void Approve(long proposal, string who, int missing)
    {
        connection.Execute("INSERT INTO approvals (proposal, who, at) VALUES (@proposal, @who, @Now)", new { proposal, who, book.Now });
        book.Note("approved first", $"proposal/{proposal}", null, new Facts { Missing = missing }, who);
    }

    /// <summary>Changes what would be told; whoever had approved has not approved this.</summary>
    public void Edit(Proposal proposal, ImmutableDictionary<string, string>? slots, ImmutableArray<string>? areas, OwnWords? own, string who)
    {
        connection.Execute("DELETE FROM approvals WHERE proposal = @Id", new { proposal.Id });
        connection.Execute(
            "UPDATE proposals SET slots = @slots, area_codes = @areas, own_vi = @Vi, own_en = @En WHERE id = @Id AND state = 'waiting'",
            new { proposal.Id, slots, areas = areas is { } codes ? string.Join(',', codes) : null, own?.Vi, own?.En });
        book.Note("edited", $"proposal/{proposal.Id}", Facts(proposal.Slots, proposal.Areas, proposal.Own), Facts(slots, areas, own), who);
    }

    /// <summary>A bulletin; null when there is none of that number.</summary>
    public DecidedBulletin? Bulletin(long id) =>
        connection.QuerySingleOrDefault<DecidedBulletin>(Statements.Bulletins + " WHERE id = @id", new { id });

    /// <summary>Ends a broadcast: what no carrier has is not sent.</summary>
    public void Stop(long bulletin, string who, string reason)
    {
        connection.Execute(
            "UPDATE bulletins SET stopped_at = @Now, stopped_by = @who, stop_reason = @reason WHERE id = @bulletin AND stopped_at IS NULL",
            new { bulletin, book.Now, who, reason });
        book.Note("stopped", $"bulletin/{bulletin}", null, new Facts { Reason = reason }, who);
    }

    /// <summary>An episode that is over as it begins: behind what a person has to say stands no alarm.</summary>
    public long OpenAnnouncement(string station, AlarmLevel level) => connection.ExecuteScalar<long>(Statements.OpenAnnouncement, new { station, level, book.Now });

    static Facts Facts(IReadOnlyDictionary<string, string>? slots, ImmutableArray<string>? areas, OwnWords? own) =>
        new() { Slots = slots, Areas = areas?.Order(StringComparer.Ordinal).ToList(), Text = own?.Vi };

    sealed record Approval(string Who, Instant GivenAt);
}

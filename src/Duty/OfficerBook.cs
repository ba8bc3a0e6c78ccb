using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>The officers, the duty list and whom we asked, inside one transaction.</summary>
sealed class OfficerBook(SqliteConnection connection, DutyBook book)
{
    const string Officers = "SELECT id, name, role, phone FROM officers WHERE left_at IS NULL";
    const string Shifts =
        """
        SELECT shifts.id, shifts.officer, officers.name, shifts.place, shifts.from_at AS "from", shifts.until_at AS until
        FROM shifts JOIN officers ON officers.id = shifts.officer
        WHERE shifts.removed_at IS NULL AND officers.left_at IS NULL AND shifts.until_at > @Now
        """;

    /// <summary>Why somebody may not decide; null when he may. Where no officer is entered, everybody may.</summary>
    public string? MayNotDecide(OfficerRole role, string who)
    {
        if (role == OfficerRole.Officer)
            return null;
        var may = All().Where(officer => officer.Role >= role).ToList();
        return may.Count == 0 || may.Exists(officer => string.Equals(officer.Name, who, StringComparison.CurrentCultureIgnoreCase))
            ? null
            : $"Only a {Words.Of(role)} may decide this: {string.Join(", ", may.Select(officer => officer.Name))}.";
    }

    /// <summary>All of them, by name.</summary>
    public List<Officer> All() => connection.Query<Officer>(Officers + " ORDER BY name").AsList();

    /// <summary>One of them; null when there is none of that number.</summary>
    public Officer? Of(long id) => connection.QuerySingleOrDefault<Officer>(Officers + " AND id = @id", new { id });

    /// <summary>Enters one.</summary>
    public long Enter(string name, OfficerRole role, string phone, string who)
    {
        var id = connection.ExecuteScalar<long>(
            """
            INSERT INTO officers (id, name, role, phone, entered_by, entered_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM officers), @name, @Role, @phone, @who, @Now) RETURNING id
            """,
            new { name, Role = Words.Of(role), phone, who, book.Now });
        book.Note("entered", $"officer/{id}", null, new Facts { Asked = [name], State = Words.Of(role) }, who);
        return id;
    }

    /// <summary>Ends one's part, and the turns to come with it.</summary>
    public void Leave(Officer officer, string who)
    {
        connection.Execute("UPDATE officers SET left_at = @Now WHERE id = @Id", new { officer.Id, book.Now });
        book.Note("left", $"officer/{officer.Id}", new Facts { Asked = [officer.Name] }, null, who);
    }

    /// <summary>The turns that are on or to come, in order.</summary>
    public List<Shift> ToCome() => connection.Query<Shift>(Shifts + " ORDER BY shifts.from_at, shifts.place, shifts.id", new { book.Now }).AsList();

    /// <summary>Adds a turn.</summary>
    public long AddShift(Officer officer, int place, Instant from, Instant until, string who)
    {
        var id = connection.ExecuteScalar<long>(
            """
            INSERT INTO shifts (id, officer, place, from_at, until_at, entered_by, entered_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM shifts), @Id, @place, @from, @until, @who, @Now) RETURNING id
            """,
            new { officer.Id, place, from, until, who, book.Now });
        book.Note("entered", $"shift/{id}", null, new Facts { Asked = [officer.Name], Since = from.ToString(), Until = until.ToString() }, who);
        return id;
    }

    /// <summary>Takes a turn off the list; false when it is not on it.</summary>
    public bool RemoveShift(long id, string who)
    {
        if (connection.Execute("UPDATE shifts SET removed_at = @Now WHERE id = @id AND removed_at IS NULL", new { id, book.Now }) == 0)
            return false;
        book.Note("removed", $"shift/{id}", null, null, who);
        return true;
    }

    /// <summary>Who is on duty, the first place first; of several at one place all.</summary>
    public List<(Officer Officer, int Place)> OnDuty()
    {
        var officers = All().ToDictionary(officer => officer.Id);
        return [.. ToCome().Where(shift => shift.From <= book.Now).OrderBy(shift => shift.Place).ThenBy(shift => shift.Id)
            .Select(shift => (officers[shift.Officer], shift.Place))];
    }

    /// <summary>Whom we asked about a proposal.</summary>
    public List<Call> Calls(long proposal) => connection.Query<Call>(
        """
        SELECT calls.id, calls.proposal, officers.name, officers.phone, calls.called_at, calls.acknowledged_at
        FROM calls JOIN officers ON officers.id = calls.officer
        WHERE calls.proposal = @proposal ORDER BY calls.id
        """,
        new { proposal }).AsList();

    /// <summary>A code of six digits that no other call has.</summary>
    public string NewCode()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetInt32(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);
            if (!connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM calls WHERE code = @code)", new { code }))
                return code;
        }
    }

    /// <summary>Writes down that an officer was asked.</summary>
    public void Call(Proposal proposal, Officer officer, long bulletin, string code, Instant? again)
    {
        connection.Execute(
            """
            INSERT INTO calls (id, proposal, officer, bulletin, code, called_at, again_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM calls), @Proposal, @Officer, @bulletin, @code, @Now, @again)
            """,
            new { Proposal = proposal.Id, Officer = officer.Id, bulletin, code, book.Now, again });
        book.Note("asked", $"proposal/{proposal.Id}", null, new Facts { Asked = [officer.Name] });
    }

    /// <summary>Calls that have had no answer, about proposals that wait, whose second reminder is due.</summary>
    public List<(long Id, long Proposal, long Officer, string Code)> Unanswered() => connection
        .Query<(long, long, long, string)>(
            """
            SELECT calls.id, calls.proposal, calls.officer, calls.code
            FROM calls JOIN proposals ON proposals.id = calls.proposal
            WHERE proposals.state = 'waiting' AND calls.again_at <= @Now AND calls.acknowledged_at IS NULL
            ORDER BY calls.id
            """,
            new { book.Now }).AsList();

    /// <summary>An officer was reminded once more.</summary>
    public void CallAgain(long call, long bulletin) =>
        connection.Execute("UPDATE calls SET again_at = NULL, bulletin = @bulletin WHERE id = @call", new { call, bulletin });

    /// <summary>The call of a code; null when there is none.</summary>
    public Call? CallOf(string code) => connection.QuerySingleOrDefault<Call>(
        """
        SELECT calls.id, calls.proposal, officers.name, officers.phone, calls.called_at, calls.acknowledged_at
        FROM calls JOIN officers ON officers.id = calls.officer WHERE calls.code = @code
        """,
        new { code });

    /// <summary>An officer says that he has heard it.</summary>
    public void Acknowledge(Call call)
    {
        connection.Execute("UPDATE calls SET acknowledged_at = @Now, again_at = NULL WHERE id = @Id AND acknowledged_at IS NULL", new { call.Id, book.Now });
        book.Note("heard", $"proposal/{call.Proposal}", null, new Facts { Asked = [call.Name] }, call.Name);
    }
}

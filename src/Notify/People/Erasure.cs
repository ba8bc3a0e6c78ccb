using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Erases a person on request. Their row stays with a number of its own instead of theirs, so that what was sent can still be counted; all that is personal goes.</summary>
/// <remarks>What carriers were given stays with the carriers, and backups keep what they hold until they are replaced: who erases must see to both.</remarks>
/// <param name="operations">Where the roster is.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class Erasure(Operations operations, IClock clock)
{
    /// <summary>Erases whoever has a number.</summary>
    /// <param name="phone">The number.</param>
    /// <param name="who">Who erases, for the audit.</param>
    /// <param name="why">On whose request; null when it is not said.</param>
    /// <returns>The recipient's id, by which the audit and the deliveries know what is left; null when nobody has this number.</returns>
    public long? Erase(PhoneNumber phone, string who, string? why) => operations.Write(connection =>
    {
        var found = connection.ExecuteScalar<long?>("SELECT id FROM recipients WHERE phone = @E164 AND erased_at IS NULL", new { phone.E164 });
        if (found is not { } id)
            return found;
        var now = clock.GetCurrentInstant();
        // SQLite would leave the old bytes in the page until they are needed.
        connection.Execute("PRAGMA secure_delete=ON");
        connection.Execute(Statements.Of("roster-erase-replies"), new { id, phone.E164 });
        connection.Execute("DELETE FROM carrier_users WHERE recipient_id = @id", new { id });
        connection.Execute(Statements.Of("roster-erase"), new { id, now });
        connection.Execute(Statements.Of("roster-rank"));
        connection.Execute("DELETE FROM out_of_reach WHERE recipient_id = @id", new { id });
        OptOuts.Withdraw(connection, id, AlarmLevel.None, AlarmLevel.III, "erased", now);
        // A carrier's answer may repeat the number.
        connection.Execute("UPDATE deliveries SET last_answer = NULL WHERE recipient_id = @id", new { id });
        connection.Execute(Statements.Of("roster-erase-debts"), new { id, now });
        OptOuts.Note(connection, id, who, "erased", why is null ? null : System.Text.Json.JsonSerializer.Serialize(new { why }), now);
        return id;
    });
}

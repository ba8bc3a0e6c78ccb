using System.Text.Json;
using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What became of a wish.</summary>
public enum WishOutcome
{
    /// <summary>It is done, durably.</summary>
    Done,

    /// <summary>It was so already.</summary>
    AlreadySo,

    /// <summary>Nobody in the roster has this number.</summary>
    Unknown,
}

/// <summary>Who does not want to be told: below level III they are told nothing more; of level III only when the setting says so; of the end of what they were warned of always.</summary>
/// <param name="operations">Where the roster is.</param>
/// <param name="options">Whether level III is told all the same.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class OptOuts(Operations operations, IOptions<NotifyOptions> options, IClock clock)
{
    /// <summary>Takes a person's no. What was planned for them and not sent is withdrawn, but for all-clears.</summary>
    /// <param name="phone">Whose number it is.</param>
    /// <param name="who">Who says it, for the audit: a name, or <c>auto</c>.</param>
    /// <param name="how">How it came: <c>reply by esms</c>, <c>by telephone</c>.</param>
    public WishOutcome OptOut(PhoneNumber phone, string who, string how) => Set(phone, who, how, isOut: true);

    /// <summary>Takes a person's yes, which ends their no.</summary>
    /// <param name="phone">Whose number it is.</param>
    /// <param name="who">Who says it, for the audit.</param>
    /// <param name="how">How it came.</param>
    public WishOutcome OptIn(PhoneNumber phone, string who, string how) => Set(phone, who, how, isOut: false);

    WishOutcome Set(PhoneNumber phone, string who, string how, bool isOut) => operations.Write(connection =>
    {
        var found = connection.QueryFirstOrDefault<(long Id, bool IsOut)?>(
            "SELECT id, opted_out_at IS NOT NULL FROM recipients WHERE phone = @E164 AND erased_at IS NULL", new { phone.E164 });
        if (found is not { } person)
            return WishOutcome.Unknown;
        if (person.IsOut == isOut)
            return WishOutcome.AlreadySo;
        var now = clock.GetCurrentInstant();
        connection.Execute("UPDATE recipients SET opted_out_at = @at WHERE id = @Id", new { at = isOut ? now : (Instant?)null, person.Id });
        if (isOut)
            Withdraw(connection, person.Id, AlarmLevel.I, options.Value.MostOptedOut, "opted-out", now);
        Note(connection, person.Id, who, isOut ? "opted_out" : "opted_in", JsonSerializer.Serialize(new { how }), now);
        return WishOutcome.Done;
    });

    /// <summary>Ends what was planned for a recipient and not yet sent.</summary>
    internal static void Withdraw(SqliteConnection connection, long id, AlarmLevel least, AlarmLevel most, string why, Instant now) =>
        connection.Execute(Statements.Of("roster-withdraw"), new { id, least, most, why, now });

    /// <summary>Writes into the audit who did what to a recipient.</summary>
    internal static void Note(SqliteConnection connection, long id, string who, string action, string? after, Instant now) =>
        connection.Execute(Statements.Of("roster-note"), new { now, who, action, subject = $"recipient/{id}", after });
}

using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Database;

/// <summary>The accounts of the front door in the operations store.</summary>
/// <param name="operations">The store.</param>
public sealed class AccountRows(Operations operations)
{
    static readonly string SelectAll = Sql.Of(typeof(AccountRows).Assembly, "accounts");
    static readonly string SelectMark = Sql.Of(typeof(AccountRows).Assembly, "accounts-mark");
    static readonly string Insert = Sql.Of(typeof(AccountRows).Assembly, "account-add");
    static readonly string MarkRevoked = Sql.Of(typeof(AccountRows).Assembly, "account-revoke");
    static readonly string Exchange = Sql.Of(typeof(AccountRows).Assembly, "account-renew");
    static readonly string DropFormer = Sql.Of(typeof(AccountRows).Assembly, "account-end-former");
    static readonly string AddNote = Sql.Of(typeof(AccountRows).Assembly, "audit-add");

    /// <summary>All of them, revoked ones too.</summary>
    public IReadOnlyList<AccountRow> All() => operations.Read(connection => connection.Query<AccountRow>(SelectAll).AsList());

    /// <summary>A text that changes whenever an account is added or revoked, by whichever process.</summary>
    public string Mark() => operations.Read(connection => connection.ExecuteScalar<string>(SelectMark)!);

    /// <summary>Adds an account, in place of a revoked one of the same name; false when there is one that is not revoked.</summary>
    /// <param name="account">The account.</param>
    /// <param name="note">Whether it is a person's deed, and so stands in the audit.</param>
    public bool Add(AccountRow account, bool note) => operations.Write(connection =>
        connection.Execute(Insert, account) == 1 && Noted(connection, note, "gave an account", account.Name, account.CreatedAt, account.CreatedBy));

    /// <summary>Gives an account another password; false when there is none that is not revoked.</summary>
    /// <param name="name">The account.</param>
    /// <param name="hash">The new password's hash.</param>
    /// <param name="formerUntil">Until when the one before lets in too, which while one does is that one still; null: it ends at once.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    public bool Renew(string name, string hash, Instant? formerUntil, Instant at, string by) => operations.Write(connection =>
        connection.Execute(Exchange, new { name, hash, formerUntil, at, by }) == 1
        && Noted(connection, true, "renewed the account", name, at, by, formerUntil is { } until ? $$"""{"former_until":"{{until}}"}""" : null));

    /// <summary>Ends the passwords before whose time is over.</summary>
    public void EndFormer(Instant now) => operations.Write(connection => connection.Execute(DropFormer, new { now }));

    /// <summary>Revokes an account; false when there is none that is not revoked.</summary>
    /// <param name="name">The account.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">Whether it is a person's deed, and so stands in the audit.</param>
    public bool Revoke(string name, Instant at, string by, bool note) => operations.Write(connection =>
        connection.Execute(MarkRevoked, new { name, at, by }) == 1 && Noted(connection, note, "revoked the account", name, at, by));

    static bool Noted(SqliteConnection connection, bool note, string action, string name, Instant at, string who, string? after = null)
    {
        if (note)
            connection.Execute(AddNote, new { at, who, action, subject = $"device/{name}", before = (string?)null, after });
        return true;
    }
}

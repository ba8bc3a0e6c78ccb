using Dapper;
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

    /// <summary>All of them, revoked ones too.</summary>
    public IReadOnlyList<AccountRow> All() => operations.Read(connection => connection.Query<AccountRow>(SelectAll).AsList());

    /// <summary>A text that changes whenever an account is added or revoked, by whichever process.</summary>
    public string Mark() => operations.Read(connection => connection.ExecuteScalar<string>(SelectMark)!);

    /// <summary>Adds an account, in place of a revoked one of the same name; false when there is one that is not revoked.</summary>
    public bool Add(AccountRow account) => operations.Write(connection => connection.Execute(Insert, account)) == 1;

    /// <summary>Revokes an account; false when there is none that is not revoked.</summary>
    public bool Revoke(string name, Instant at, string by) => operations.Write(connection => connection.Execute(MarkRevoked, new { name, at, by })) == 1;
}

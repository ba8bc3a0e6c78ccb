using System.Collections.Frozen;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>All accounts at one moment. Immutable: a change is a new book, swapped whole.</summary>
/// <param name="accounts">The accounts, revoked ones too.</param>
public sealed class AccountBook(IEnumerable<Account> accounts)
{
    readonly FrozenDictionary<string, Account> _accounts = accounts.ToFrozenDictionary(account => account.Name, StringComparer.Ordinal);

    /// <summary>A book without accounts.</summary>
    public static AccountBook Empty { get; } = new([]);

    /// <summary>The accounts by name, revoked ones too.</summary>
    public IEnumerable<Account> Accounts => _accounts.Values.OrderBy(account => account.Name, StringComparer.Ordinal);

    /// <summary>When the next password that was renewed ends; null when none will.</summary>
    public Instant? NextEnd { get; } = accounts.Min(account => account.FormerUntil);

    /// <summary>The account of a name; null when there is none.</summary>
    public Account? Find(string name) => _accounts.GetValueOrDefault(name);
}

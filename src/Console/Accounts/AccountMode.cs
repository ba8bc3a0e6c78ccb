using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>Whether visitors sign in.</summary>
/// <param name="options">The knobs.</param>
/// <param name="users">Who has an account.</param>
/// <param name="isOnLoopback">Whether the engine listens on its own machine only.</param>
public sealed class AccountMode(IOptions<AccountOptions> options, UserList users, bool isOnLoopback)
{
    /// <summary>Whether everybody on the engine's own machine may do everything: told so, or nobody has an account yet and no other machine can ask.</summary>
    public bool IsOpen => options.Value.Mode is { } told ? told == "open" : isOnLoopback && !users.IsAny();

    /// <summary>What stands in the link by which the first administrator is made; null when somebody has an account, or none is wanted.</summary>
    public string? FirstLink() => options.Value.Mode == "open" ? null : users.FirstLink();
}

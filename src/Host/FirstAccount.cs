using CanhLu.Console.Accounts;
using CanhLu.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CanhLu.Host;

/// <summary>Who may come in first: there is no account that nobody made, so the terminal of the first start shows the link that makes one.</summary>
static class FirstAccount
{
    /// <summary>Says the link, until somebody has an account.</summary>
    public static void Say(WebApplication engine, string urls)
    {
        var mode = engine.Services.GetRequiredService<AccountMode>();
        try
        {
            if (mode.FirstLink() is not { } token)
                return;
            System.Console.Out.WriteLine(mode.IsOpen
                ? "Nobody has an account yet: whoever is on this machine may do everything, and no other machine may ask."
                : "Nobody has an account yet, so nobody may do anything.");
            System.Console.Out.WriteLine($"The first administrator sets name and password here, once, within 24 hours: {Address(urls, token)}");
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            // A full disk keeps nobody from being warned; the next start shows a link.
        }
    }

    /// <summary>The page's address of a link.</summary>
    public static string Address(string urls, string token) => $"{urls.Split(';')[0].TrimEnd('/')}/#/invitation/{token}";
}

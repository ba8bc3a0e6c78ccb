using System.Security.Cryptography;

namespace CanhLu.Console.Accounts;

/// <summary>The second factor of those who decide: an authenticator's code, and ten codes on paper for when it is lost.</summary>
public sealed class SecondFactor(Writings writings, Sessions sessions)
{
    const int RecoveryCodes = 10;
    const int RecoveryLetters = 16;

    /// <summary>Without letters that are read as others.</summary>
    const string RecoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Begins it: a key for the authenticator, which counts once a code of it was shown; null when one is in force.</summary>
    public byte[]? Begin(long user) => writings.Write(writing =>
    {
        var book = new UserBook(writing);
        if (book.Of(user) is not { HasSecondFactor: false } found)
            return null;
        var key = RandomNumberGenerator.GetBytes(Totp.KeyBytes);
        book.KeepKey(found, key, null, 0);
        return key;
    });

    /// <summary>Puts it in force and begins a session in which a code was given, in place of this one.</summary>
    /// <param name="session">The session in which it is shown.</param>
    /// <param name="code">A code of the new key.</param>
    /// <returns>The new session's token and the recovery codes, told this once; null when the code is not right, or nothing was begun.</returns>
    public (string Token, IReadOnlyList<string> Recovery)? Confirm(Session session, string code) => writings.Write<(string, IReadOnlyList<string>)?>(writing =>
    {
        var book = new UserBook(writing);
        if (book.Of(session.UserId) is not { HasSecondFactor: false, TotpKey: { } key } user || Totp.StepOf(key, code.Trim(), writing.Now, 0) is not { } step)
            return null;
        book.KeepKey(user, key, writing.Now, step);
        var recovery = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryLetters)).ToList();
        book.KeepRecovery(user, recovery.Select(Secrets.Hash));
        writing.Note(user.Name, "set second factor", $"user/{user.Id}", new { second_factor = false }, new { second_factor = true });
        new SessionBook(writing).EndAll(user.Id);
        return (sessions.Begin(writing, user, true, session.Address, session.Agent), [.. recovery.Select(Spaced)]);
    });

    /// <summary>Whether a code, or a recovery code that is used up with it, lets in.</summary>
    internal static bool Takes(Writing writing, UserBook book, User user, string code)
    {
        if (user.TotpKey is { } key && Totp.StepOf(key, code.Replace(" ", "", StringComparison.Ordinal), writing.Now, user.TotpStep) is { } step)
        {
            book.TakeStep(user, step);
            return true;
        }
        if (!book.TakeRecovery(user, Secrets.Hash(code.Replace("-", "", StringComparison.Ordinal).Trim().ToLowerInvariant())))
            return false;
        writing.Note(user.Name, "used recovery code", $"user/{user.Id}", null, null);
        return true;
    }

    static string Spaced(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));
}

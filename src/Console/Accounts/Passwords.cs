using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>Passwords, kept as ASP.NET Core Identity keeps them: PBKDF2 over HMAC-SHA-512, each with its salt.</summary>
static class Passwords
{
    /// <summary>The fewest characters; what they are is the person's affair (NIST SP 800-63B section 5.1.1.2).</summary>
    public const int Shortest = 12;

    /// <summary>The most: hashing is paid for by the letter.</summary>
    public const int Longest = 200;

    /// <summary>What OWASP asks of PBKDF2 over SHA-512.</summary>
    const int Iterations = 210_000;

    const int FewestLetters = 5;

    /// <summary>A shorter name stands in many words.</summary>
    const int ShortestName = 3;

    static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    static readonly object Anyone = new();
    static readonly Lazy<string> Nobodys = new(() => Hash(Secrets.New()));

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Anyone, password);

    /// <summary>Whether it is the password; a name that nobody has costs the same time.</summary>
    public static bool IsRight(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Anyone, hash ?? Nobodys.Value, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>Why a password cannot be one; null when it can.</summary>
    public static string? WhyNot(string? password, string name) =>
        password is null || password.Length is < Shortest or > Longest ? $"password has {Shortest} to {Longest} characters: some words that only you put together."
        : password.Distinct().Count() < FewestLetters ? "password repeats a few letters: choose another one."
        : name.Length >= ShortestName && password.Contains(name, StringComparison.OrdinalIgnoreCase) ? "password holds the name: choose another one."
        : null;
}

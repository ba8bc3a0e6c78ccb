using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CanhLu.Console.Accounts;

/// <summary>Texts that let somebody in: 256 bits of chance, told once; only their hash is kept. They need no salt, for nobody can list them.</summary>
static class Secrets
{
    const int Bytes = 32;

    /// <summary>A new one, of letters that go into addresses and headers.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of one.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What a page shows to prove that it, and no other site, sends a request of a session: only who can read the engine's answers knows it.</summary>
    public static string Csrf(string session) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), "csrf"u8));

    /// <summary>Whether two are the same, in a time that tells nothing.</summary>
    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

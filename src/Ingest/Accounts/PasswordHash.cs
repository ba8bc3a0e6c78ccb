using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CanhLu.Ingest;

/// <summary>Passwords as they are kept: never themselves.</summary>
/// <remarks>
/// A secret that we made (at least 128 random bits) cannot be guessed, so one salted SHA-256 keeps it: <c>sha256$salt$hash</c>, in microseconds, for
/// thousands of gauges that all come back after a power cut. What a person chose can be guessed, so PBKDF2 makes each guess dear:
/// <c>pbkdf2-sha256$iterations$salt$hash</c>. Salt and hash are base64. Comparison takes the same time whatever differs.
/// </remarks>
public static class PasswordHash
{
    /// <summary>Rounds of PBKDF2 for new passwords (OWASP's figure for SHA-256).</summary>
    public const int Iterations = 600_000;

    const int MostIterations = 10_000_000;
    const int SaltLength = 16;

    /// <summary>A new secret of 160 random bits, in letters and digits that a technician can type.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 32);

    /// <summary>The hash of a secret from <see cref="NewSecret"/>.</summary>
    public static string OfSecret(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return $"sha256${Convert.ToBase64String(salt)}${Convert.ToBase64String(Salted(salt, Encoding.UTF8.GetBytes(secret)))}";
    }

    /// <summary>The hash of a password that a person chose.</summary>
    public static string OfPassword(string password) => OfPassword(password, Iterations);

    /// <inheritdoc cref="OfPassword(string)"/>
    /// <param name="password">The password.</param>
    /// <param name="iterations">Rounds.</param>
    public static string OfPassword(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return string.Create(
            CultureInfo.InvariantCulture, $"pbkdf2-sha256${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether checking against this hash takes long on purpose.</summary>
    public static bool IsSlow(string hash) => hash.StartsWith("pbkdf2-", StringComparison.Ordinal);

    /// <summary>Whether the password is the one of the hash; false for a hash that is none of ours.</summary>
    public static bool Verify(string hash, ReadOnlySpan<byte> password)
    {
        var parts = hash.Split('$');
        return parts switch
        {
            ["sha256", var salt, var expected] =>
                TryBytes(salt, out var saltBytes) && TryBytes(expected, out var bytes)
                && CryptographicOperations.FixedTimeEquals(Salted(saltBytes, password), bytes),
            ["pbkdf2-sha256", var rounds, var salt, var expected] =>
                int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is > 0 and <= MostIterations
                && TryBytes(salt, out var saltBytes) && TryBytes(expected, out var bytes)
                && CryptographicOperations.FixedTimeEquals(
                    Rfc2898DeriveBytes.Pbkdf2(password, saltBytes, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes), bytes),
            _ => false,
        };
    }

    static byte[] Salted(byte[] salt, ReadOnlySpan<byte> secret)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(secret);
        return hash.GetHashAndReset();
    }

    static bool TryBytes(string text, out byte[] bytes)
    {
        var buffer = new byte[text.Length];
        var read = Convert.TryFromBase64String(text, buffer, out var written);
        bytes = buffer[..written];
        return read;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CanhLu.Notify.Carriers.Webhook;

/// <summary>The header <c>X-CanhLu-Signature: t=1761746400,v1=…</c>: the second it was signed in, and the hexadecimal HMAC-SHA256, under the agreed key, of that
/// second in decimal, a dot, and the raw body.</summary>
static class WebhookSignature
{
    public const string Header = "X-CanhLu-Signature";

    /// <summary>How far the other side's clock may be off, and how old a copied request may be.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static string Of(string key, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var second = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={second},v1={Mac(key, second, body)}";
    }

    /// <summary>What is wrong with a signature; null for nothing.</summary>
    public static string? Fault(string? header, string key, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        if (header?.Split(',') is not [['t', '=', .. var second], ['v', '1', '=', .. var mac]]
            || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var signed))
            return $"no {Header}, or one that is none";
        // The age is told only to whoever knows the key.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(key, second, body)), Encoding.UTF8.GetBytes(mac)))
            return $"{Header} does not fit the body";
        return Math.Abs(now.ToUnixTimeSeconds() - signed) > Tolerance.TotalSeconds ? "signed too long ago, or in the future" : null;
    }

    static string Mac(string key, string second, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(Encoding.UTF8.GetBytes($"{second}."));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

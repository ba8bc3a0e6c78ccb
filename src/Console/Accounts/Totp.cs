using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>The second factor: one-time passwords by the clock (RFC 6238, over HMAC-SHA-1 of RFC 4226 as every authenticator has it), six digits, thirty seconds.</summary>
static class Totp
{
    /// <summary>Bytes of a key: what RFC 4226 section 4, R6 recommends.</summary>
    public const int KeyBytes = 20;

    const int StepSeconds = 30;
    const int Digits = 6;
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step of an instant: how many times thirty seconds have gone since 1970.</summary>
    public static long StepAt(Instant at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a time step.</summary>
    /// <param name="key">The key.</param>
    /// <param name="step">The time step.</param>
    /// <param name="digits">Its length, six to eight.</param>
    public static string Code(ReadOnlySpan<byte> key, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // what the standard and every authenticator use; HMAC does not need what SHA-1 has lost
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        // Dynamic truncation, RFC 4226 section 5.3.
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % (long)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The time step that a code is of: the present one or a neighbour, since clocks differ, and later than the last one taken (RFC 6238 section 5.2); null when none.</summary>
    public static long? StepOf(ReadOnlySpan<byte> key, string code, Instant now, long last)
    {
        var present = StepAt(now);
        for (var step = present - 1; step <= present + 1; step++)
            if (Secrets.Same(Code(key, step), code) && step > last)
                return step;
        return null;
    }

    /// <summary>A key as people type it: base32 (RFC 4648).</summary>
    public static string Base32(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var one in key)
        {
            (bits, count) = (bits << 8 | one, count + 8);
            for (; count >= 5; count -= 5)
                text.Append(Alphabet[bits >> (count - 5) & 31]);
            bits &= (1 << count) - 1;
        }
        return count == 0 ? text.ToString() : text.Append(Alphabet[bits << (5 - count) & 31]).ToString();
    }

    /// <summary>What an authenticator reads out of the picture.</summary>
    public static string Address(ReadOnlySpan<byte> key, string place, string name) =>
        $"otpauth://totp/{Uri.EscapeDataString($"Canh Lũ {place}")}:{Uri.EscapeDataString(name)}?secret={Base32(key)}&issuer={Uri.EscapeDataString($"Canh Lũ {place}")}";
}

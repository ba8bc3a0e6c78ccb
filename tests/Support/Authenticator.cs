using CanhLu.Console.Accounts;

namespace CanhLu.Tests.Support;

/// <summary>Makes codes as a person's authenticator does.</summary>
static class Authenticator
{
    /// <summary>The code of a key.</summary>
    /// <param name="base32">The key as the page shows it.</param>
    /// <param name="later">Of so many half minutes from now: a code lets in once.</param>
    public static string Code(string base32, int later = 0)
    {
        var (bits, count, key) = (0, 0, new List<byte>());
        foreach (var letter in base32.Where(char.IsLetterOrDigit))
        {
            (bits, count) = (bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), count + 5);
            if (count < 8)
                continue;
            key.Add((byte)(bits >> (count -= 8)));
            bits &= (1 << count) - 1;
        }
        return Totp.Code([.. key], Totp.StepAt(RealTime.Clock.GetCurrentInstant()) + later);
    }
}

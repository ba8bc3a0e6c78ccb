using System.Text;
using CanhLu.Console.Accounts;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>One-time passwords by the clock, against the vectors of the standards.</summary>
public sealed class TotpTests
{
    static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the rows of SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void A_code_is_the_standards(long seconds, string code)
    {
        var step = Totp.StepAt(Instant.FromUnixTimeSeconds(seconds));
        Assert.Equal(code, Totp.Code(Key, step, 8));
        Assert.Equal(code[2..], Totp.Code(Key, step));
    }

    [Fact]
    public void A_code_is_taken_in_its_half_minute_and_the_ones_beside_it_and_never_twice()
    {
        var now = Instant.FromUnixTimeSeconds(1234567890);
        var present = Totp.StepAt(now);
        foreach (var step in new[] { present - 1, present, present + 1 })
        {
            Assert.Equal(step, Totp.StepOf(Key, Totp.Code(Key, step), now, 0));
            Assert.Null(Totp.StepOf(Key, Totp.Code(Key, step), now, step));
        }
        Assert.Null(Totp.StepOf(Key, Totp.Code(Key, present - 2), now, 0));
        Assert.Null(Totp.StepOf(Key, Totp.Code(Key, present + 2), now, 0));
        Assert.Null(Totp.StepOf(Key, "", now, 0));
    }

    /// <summary>RFC 4648, section 10, without the padding that authenticators do not want.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_key_is_typed_in_base32(string text, string base32) => Assert.Equal(base32, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_picture_holds_a_square_with_its_three_corners()
    {
        var qr = QrPath.Of(Totp.Address(Key, "Tam Kỳ", "Lan"));
        const int border = 4;
        Assert.Equal(1, (qr.Size - 2 * border) % 4);
        foreach (var (x, y) in new[] { (border, border), (qr.Size - border - 7, border), (border, qr.Size - border - 7) })
        {
            Assert.Contains($"M{x} {y}h1", qr.Path, StringComparison.Ordinal);
            Assert.DoesNotContain($"M{x + 1} {y + 1}h1", qr.Path, StringComparison.Ordinal);
            Assert.Contains($"M{x + 3} {y + 3}h1", qr.Path, StringComparison.Ordinal);
        }
        Assert.DoesNotContain($"M{qr.Size - border - 7} {qr.Size - border - 7}h1v1h-1zM{qr.Size - border - 6} {qr.Size - border - 7}h1v1h-1zM{qr.Size - border - 5} {qr.Size - border - 7}h1", qr.Path, StringComparison.Ordinal);
    }
}

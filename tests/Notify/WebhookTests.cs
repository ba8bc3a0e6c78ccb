using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class WebhookTests
{
    const string Key = "an agreed key of thirty-two or more letters";

    [Fact]
    public async Task A_letter_goes_out_signed_over_its_second_and_its_raw_bytes_with_its_key()
    {
        await using var wire = await Wire.Saying("""{"reference":42}""", 202);
        await using var bench = CarrierBench.Webhook(wire.Address);
        Assert.Equal(new Receipt.Accepted("42"), await bench.Tell("abcd1234-1-2-w"));
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("POST", "/canhlu", "abcd1234-1-2-w"), (heard.Method, heard.Path, heard.Headers["Idempotency-Key"]));
        var second = heard.Headers["X-CanhLu-Signature"].Split(',')[0][2..];
        Assert.Equal($"t={second},v1={Mac(second, heard.Body)}", heard.Headers["X-CanhLu-Signature"]);
        Assert.Equal(
            """{"key":"abcd1234-1-2-w","phone":"+84905123456","text":"Mực nước","sms":"Muc nuoc","slots":{"station":"Tam Kỳ"}}""", heard.Body);
    }

    [Theory]
    [InlineData(200, typeof(Receipt.Accepted))]
    [InlineData(204, typeof(Receipt.Accepted))]
    [InlineData(409, typeof(Receipt.Accepted))]
    [InlineData(400, typeof(Receipt.Refused))]
    [InlineData(410, typeof(Receipt.Refused))]
    [InlineData(422, typeof(Receipt.Refused))]
    [InlineData(401, typeof(Receipt.ChannelStopped))]
    [InlineData(403, typeof(Receipt.ChannelStopped))]
    [InlineData(429, typeof(Receipt.TryLater))]
    [InlineData(503, typeof(Receipt.TryLater))]
    [InlineData(302, typeof(Receipt.Ambiguous))]
    [InlineData(500, typeof(Receipt.Ambiguous))]
    public async Task The_status_decides(int status, Type receipt)
    {
        await using var wire = await Wire.Saying("", status);
        if (status == 204)
        {
            wire.Answer = (_, context) =>
            {
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            };
        }
        await using var bench = CarrierBench.Webhook(wire.Address);
        Assert.IsType(receipt, await bench.Tell());
    }

    [Fact]
    public async Task A_report_is_signed_in_the_same_way_and_is_stale_after_five_minutes()
    {
        await using var bench = CarrierBench.Webhook("http://127.0.0.1:1");
        const string Delivered = """{"key":"k-1-2-w","state":"delivered"}""";
        Assert.Equal(new CallbackReading.Report("k-1-2-w", new Receipt.Delivered()), Read(Delivered));
        Assert.Equal("no battery", Assert.IsType<Receipt.Refused>(Assert.IsType<CallbackReading.Report>(
            Read("""{"key":"k-1-2-w","state":"failed","reason":"no battery"}""")).Receipt).Reason);
        Assert.IsType<CallbackReading.Unreadable>(Read("""{"key":"k-1-2-w","state":"perhaps"}"""));
        Assert.IsType<CallbackReading.Unreadable>(Read("no JSON"));
        Assert.IsType<CallbackReading.Report>(Read(Delivered, age: 240));
        Assert.IsType<CallbackReading.Forged>(Read(Delivered, age: 360));
        Assert.IsType<CallbackReading.Forged>(Read(Delivered, age: -360));
        Assert.IsType<CallbackReading.Forged>(Read(Delivered, signed: Delivered + " "));
        foreach (var header in (string?[])[null, "", "v1=00", "t=1,v1=", "t=x,v1=00", "t=1"])
            Assert.IsType<CallbackReading.Forged>(bench.Carrier.Read(new Callback("", Encoding.UTF8.GetBytes(Delivered), _ => header)));

        CallbackReading Read(string body, int age = 0, string? signed = null)
        {
            var second = (RealTime.Provider.GetUtcNow().ToUnixTimeSeconds() - age).ToString(CultureInfo.InvariantCulture);
            return bench.Carrier.Read(new Callback("", Encoding.UTF8.GetBytes(body), name => name == "X-CanhLu-Signature" ? $"t={second},v1={Mac(second, signed ?? body)}" : null));
        }
    }

    static string Mac(string second, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{second}.{body}")));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.Notify.Carriers;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ZaloTests
{
    const string Ok = """{"error":0,"message":"Success","data":{"msg_id":"m-1","sent_time":"1626926349402","quota":{"dailyQuota":"500","remainingQuota":"499"}}}""";

    [Fact]
    public async Task A_letter_goes_out_as_a_template_with_its_slots_key_token_and_proof()
    {
        await using var wire = await Wire.Saying(Ok);
        await using var bench = CarrierBench.Zalo(wire.Address);
        Assert.Equal(new Receipt.Accepted("m-1"), await bench.Tell("abcd1234-1-2-z"));
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("POST", "/message/template", "access-0"), (heard.Method, heard.Path, heard.Headers["access_token"]));
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData("app-secret"u8, "access-0"u8)), heard.Headers["appsecret_proof"]);
        var body = JsonDocument.Parse(heard.Body).RootElement;
        Assert.Equal(["phone", "template_data", "template_id", "tracking_id"], body.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("84905123456", body.GetProperty("phone").GetString());
        Assert.Equal("410301", body.GetProperty("template_id").GetString());
        Assert.Equal("abcd1234-1-2-z", body.GetProperty("tracking_id").GetString());
        Assert.Equal("Tam Kỳ", body.GetProperty("template_data").GetProperty("station").GetString());
    }

    [Fact]
    public async Task Every_code_has_its_meaning_and_an_unknown_one_is_temporary()
    {
        await using var wire = await Wire.Saying(Ok);
        await using var bench = CarrierBench.Zalo(wire.Address);
        await Means<Receipt.TryLater>("-32 -100 -9999");
        await Means<Receipt.ChannelStopped>(
            "-101 -102 -103 -104 -105 -1241 -126 -127 -117 -131 -145 -135 -1351 -136 -137 -115 -144 -147 -160 -1472");
        await Means<Receipt.Refused>("-106 -107 -108 -109 -110 -111 -112 -114 -118 -119 -133 -139 -141");

        async Task Means<T>(string codes)
        {
            foreach (var code in codes.Split(' '))
            {
                foreach (var written in (string[])[code, $"\"{code}\""])
                {
                    wire.Answer = Wire.Say($$"""{"error":{{written}},"message":"…"}""");
                    var receipt = await bench.Tell();
                    Assert.IsType<T>(receipt);
                    if (receipt is Receipt.Refused refused)
                        Assert.Equal((true, code is "-108" or "-118" or "-139" or "-141"), (refused.TryNextCarrier, refused.Remember));
                }
            }
        }
    }

    [Theory]
    [InlineData("<html>", 502)]
    [InlineData("""{"message":"no error field"}""", 200)]
    public async Task An_answer_without_a_code_is_ambiguous(string body, int status)
    {
        await using var wire = await Wire.Saying(body, status);
        await using var bench = CarrierBench.Zalo(wire.Address);
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
    }

    [Fact]
    public async Task Fifty_refused_tokens_make_one_renewal_which_is_on_disk_before_it_is_used()
    {
        var renewals = 0;
        CarrierBench? bench = null;
        string? keptWhenUsed = null;
        await using var wire = await Wire.Open(async (heard, context) =>
        {
            if (heard.Path == "/v4/oa/access_token")
            {
                Assert.Equal("app-secret", heard.Headers["secret_key"]);
                Assert.Equal("app_id=1234&grant_type=refresh_token&refresh_token=refresh-0", heard.Body);
                Interlocked.Increment(ref renewals);
                await context.Response.WriteAsync("""{"access_token":"access-1","refresh_token":"refresh-1","expires_in":"90000"}""");
            }
            else if (heard.Headers["access_token"] == "access-1")
            {
                keptWhenUsed ??= bench!.River.Ask<string>("SELECT access_token || ' ' || refresh_token FROM carrier_tokens");
                await context.Response.WriteAsync(Ok);
            }
            else
            {
                await context.Response.WriteAsync("""{"error":-124,"message":"Access token invalid"}""");
            }
        });
        await using var opened = bench = CarrierBench.Zalo(wire.Address);
        var first = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bench.Tell($"k-1-{i}-z")));
        Assert.All(first, receipt => Assert.True(receipt is Receipt.Accepted or Receipt.TryLater { Everyone: true, After.Ticks: 0 }));
        Assert.IsType<Receipt.Accepted>(await bench.Tell());
        Assert.Equal((1, "access-1 refresh-1"), (renewals, keptWhenUsed));
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_up_stops_the_channel_with_the_remedy()
    {
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token"
                ? """{"error":-14014,"error_name":"Invalid refresh token","error_description":"…"}"""
                : """{"error":-124,"message":"Access token invalid"}"""));
        await using var bench = CarrierBench.Zalo(wire.Address);
        var stopped = Assert.IsType<Receipt.ChannelStopped>(await bench.Tell());
        Assert.Equal("-14014", stopped.Code);
        Assert.Contains("Carriers:Zalo:RefreshToken", stopped.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_at_once_is_not_renewed_again_and_again()
    {
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token"
                ? """{"access_token":"access-1","refresh_token":"refresh-1"}"""
                : """{"error":-124,"message":"Access token invalid"}"""));
        await using var bench = CarrierBench.Zalo(wire.Address, accessToken: "");
        Assert.IsType<Receipt.TryLater>(await bench.Tell());
        Assert.IsType<Receipt.ChannelStopped>(await bench.Tell());
        Assert.IsType<Receipt.ChannelStopped>(await bench.Tell());
        Assert.Single(wire.Heard, heard => heard.Path == "/v4/oa/access_token");
    }

    [Fact]
    public void The_signature_is_over_the_raw_bytes()
    {
        const string Body = """{"app_id":"1234", "event_name":"user_received_message","timestamp":"1626926349402","message":{"delivery_time":"1626926349500","tracking_id":"k-1-2-z","msg_id":"m"}}""";
        var signed = SHA256.HashData(Encoding.UTF8.GetBytes("1234" + Body + "1626926349402" + "oa-secret"));
        var read = Read(Body, "mac=" + Convert.ToHexStringLower(signed));
        Assert.Equal(new CallbackReading.Report("k-1-2-z", new Receipt.Delivered()), read);
        Assert.Equal(read, Read(Body, "mac=" + Convert.ToHexString(signed)));
        Assert.IsType<CallbackReading.Forged>(Read(Body.Replace(", ", ",", StringComparison.Ordinal), "mac=" + Convert.ToHexStringLower(signed)));
        Assert.IsType<CallbackReading.Forged>(Read(Body, "mac=00"));
        Assert.IsType<CallbackReading.Forged>(Read(Body, null));
        Assert.IsType<CallbackReading.Unreadable>(Read("no JSON", "mac=00"));
    }

    [Theory]
    [InlineData("""{"event_name":"user_seen_message","timestamp":"1","message":{"msg_ids":["chat",17]}}""")]
    [InlineData("""{"event_name":"user_seen_message","timestamp":"1"}""")]
    [InlineData("""{"event_name":"user_received_message","timestamp":"1","message":{"msg_id":"chat"}}""")]
    [InlineData("""{"event_name":"follow","timestamp":1}""")]
    public void Events_that_say_nothing_of_a_delivery_are_of_no_interest(string body)
    {
        var signed = SHA256.HashData(Encoding.UTF8.GetBytes("1234" + body + "1" + "oa-secret"));
        Assert.IsType<CallbackReading.Other>(Read(body, "mac=" + Convert.ToHexStringLower(signed)));
    }

    static CallbackReading Read(string body, string? signature)
    {
        var bench = CarrierBench.Zalo("http://127.0.0.1:1");
        try
        {
            return bench.Carrier.Read(new Callback("", Encoding.UTF8.GetBytes(body), name => name == "X-ZEvent-Signature" ? signature : null));
        }
        finally
        {
            bench.River.Dispose();
        }
    }
}

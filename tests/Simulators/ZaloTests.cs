using System.Text.Json;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.GatewaySim.Zalo;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class ZaloTests
{
    [Fact]
    public async Task A_good_message_is_taken_and_numbers_are_strings()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { ZaloDailyQuota = 500 });

        var answer = await client.Zalo("t1");

        Assert.Equal(0, answer.GetProperty("error").GetInt32());
        Assert.Equal("Success", answer.GetProperty("message").GetString());
        Assert.Equal(20, answer.GetProperty("data").GetProperty("msg_id").GetString()!.Length);
        Assert.True(long.TryParse(answer.GetProperty("data").GetProperty("sent_time").GetString(), out _));
        Assert.Equal("""{"dailyQuota":"500","remainingQuota":"499"}""", answer.GetProperty("data").GetProperty("quota").GetRawText());
    }

    [Fact]
    public async Task Telephones_without_Zalo_are_known_by_their_last_digit()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { NoZalo = 0.3 });

        var errors = new List<int>();
        for (var digit = 0; digit < 10; digit++)
        {
            errors.Add((await client.Zalo($"t{digit}", phone: $"8490512345{digit}")).GetProperty("error").GetInt32());
        }

        Assert.Equal([-118, -118, -118, 0, 0, 0, 0, 0, 0, 0], errors);
    }

    [Fact]
    public async Task Wrong_messages_are_refused_by_their_codes()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { ZaloAccessToken = "token" });

        Assert.Equal(-124, Error(await client.Zalo("t", token: "other")));
        Assert.Equal(-108, Error(await client.Zalo("t", phone: "+84905123456")));
        Assert.Equal(-109, Error(await client.Zalo("t", more: new { template_id = "" })));
        Assert.Equal(-111, Error(await client.Zalo("t", more: new { template_data = new { } })));
        Assert.Equal(0, Error(await client.Zalo("t")));
    }

    [Fact]
    public async Task The_quota_of_a_day_ends()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { ZaloDailyQuota = 2 });

        Assert.Equal(0, Error(await client.Zalo("t1")));
        Assert.Equal(0, Error(await client.Zalo("t2")));
        Assert.Equal(-144, Error(await client.Zalo("t3")));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_gives_a_new_pair()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { ZaloAccessToken = "a0", ZaloRefreshToken = "r0" });
        client.Carriers.Misbehave(new Misbehaviour("zalo", Mode.TokenExpired));
        Assert.Equal(-124, Error(await client.Zalo("t1", token: "a0")));

        var pair = await Refresh(client, "r0");

        Assert.Equal("90000", pair.GetProperty("expires_in").GetString());
        Assert.Equal(0, Error(await client.Zalo("t1", token: pair.GetProperty("access_token").GetString()!)));
        Assert.Equal(-14014, Error(await Refresh(client, "r0")));
        Assert.True((await Refresh(client, pair.GetProperty("refresh_token").GetString()!)).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_handset_shows_the_approved_template_with_its_slots_filled()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions
        {
            ZaloTemplates = new Dictionary<string, string> { ["410101"] = "Báo động {level}: <stage>" },
        });

        await client.Zalo("t1");

        Assert.Equal("Báo động I: 1,71 m", Assert.Single(client.Carriers.Letters()).Text);
    }

    [Fact]
    public void The_signature_is_the_hash_of_app_body_time_and_secret() =>
        // printf %s '1234567890{"event_name":"user_received_message","timestamp":"1634182217073"}1634182217073s3cret' | sha256sum
        Assert.Equal(
            "mac=814038e6326a29c6bac332c21ac877bbb5ef213206b9ac3a0424d6ce521a7ff9",
            ZaloSignature.Of("1234567890", """{"event_name":"user_received_message","timestamp":"1634182217073"}""", "1634182217073", "s3cret"));

    static Task<JsonElement> Refresh(CarrierClient client, string token) =>
        client.Form("v4/oa/access_token", ("app_id", "1"), ("grant_type", "refresh_token"), ("refresh_token", token));

    static int Error(JsonElement answer) => answer.GetProperty("error").GetInt32();
}

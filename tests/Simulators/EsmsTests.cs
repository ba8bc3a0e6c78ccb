using CanhLu.GatewaySim;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class EsmsTests
{
    [Fact]
    public async Task A_good_message_is_taken_with_code_100_as_a_string()
    {
        await using var client = await CarrierClient.Start();

        var answer = await client.Sms("r1");

        Assert.Equal("""["CodeResult","CountRegenerate","SMSID"]""", System.Text.Json.JsonSerializer.Serialize(answer.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("100", answer.GetProperty("CodeResult").GetString());
        Assert.Equal(0, answer.GetProperty("CountRegenerate").GetInt32());
        Assert.Equal("84905123456", Assert.Single(client.Carriers.Letters()).Phone);
    }

    [Fact]
    public async Task A_known_RequestId_is_answered_124_and_not_taken()
    {
        await using var client = await CarrierClient.Start();
        await client.Sms("r1");

        var answer = await client.Sms("r1");

        Assert.Equal("""{"CodeResult":"124","CountRegenerate":0,"ErrorMessage":"Request exist 1","SendStatus":"5"}""", answer.GetRawText());
        Assert.Single(client.Carriers.Letters());
        Assert.Equal((1, 1, 0), (client.Carriers.Stats.Esms.Accepted, client.Carriers.Stats.Esms.Repeats, client.Carriers.Stats.Esms.Duplicates));
    }

    [Fact]
    public async Task The_same_text_under_another_key_is_counted_as_doubled()
    {
        await using var client = await CarrierClient.Start();
        await client.Sms("r1");
        await client.Sms("r2");
        await client.Sms("r3", phone: "0905123457");

        Assert.Equal(1, client.Carriers.Stats.Total.Duplicates);
        Assert.Equal(1, (await client.Get("sim/stats")).GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task The_same_text_within_five_minutes_is_refused_when_asked_for()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { RefuseRepeats = true });
        await client.Sms("r1");

        Assert.Equal("99", (await client.Sms("r2")).GetProperty("CodeResult").GetString());
        Assert.Equal(0, client.Carriers.Stats.Total.Duplicates);
    }

    [Fact]
    public async Task Wrong_messages_are_refused_by_their_codes()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { EsmsApiKey = "key" });

        Assert.Equal("101", await Code(client, new { ApiKey = "wrong" }));
        Assert.Equal("101", await Code(client, new { SecretKey = "" }));
        Assert.Equal("104", await Code(client, new { Brandname = "" }));
        Assert.Equal("108", await Code(client, new { Phone = "02353812345" }));
        Assert.Equal("118", await Code(client, new { SmsType = "1" }));
        Assert.Equal("146", await Code(client, new { Content = "" }));
        Assert.Equal("146", await Code(client, new { Content = "báo động", IsUnicode = "0" }));
        Assert.Equal("100", await Code(client, new { Content = "báo động", IsUnicode = "1" }));
    }

    [Fact]
    public async Task The_state_of_a_message_can_be_asked()
    {
        await using var client = await CarrierClient.Start();
        var id = (await client.Sms("r1")).GetProperty("SMSID").GetString();
        await Eventually.True(() => client.Carriers.Stats.Esms.Delivered == 1, "delivered");

        var status = await client.Get($"MainService.svc/json/GetSendStatus?RefId={id}&ApiKey=key&SecretKey=secret");

        Assert.Equal(("100", 5, 1, 0), (status.GetProperty("CodeResponse").GetString(), status.GetProperty("SendStatus").GetInt32(),
            status.GetProperty("SendSuccess").GetInt32(), status.GetProperty("SendFailed").GetInt32()));
        Assert.Equal("105", (await client.Get("MainService.svc/json/GetSendStatus?RefId=x&ApiKey=key&SecretKey=secret")).GetProperty("CodeResponse").GetString());
    }

    static async Task<string?> Code(CarrierClient client, object more) => (await client.Sms(Guid.NewGuid().ToString(), more: more)).GetProperty("CodeResult").GetString();
}

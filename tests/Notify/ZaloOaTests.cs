using System.Collections.Frozen;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ZaloOaTests : IDisposable
{
    const string Ok = """{"error":0,"message":"Success","data":{"message_id":"m-1","user_id":"5678901234567890123"}}""";

    readonly River _river = new();

    [Fact]
    public async Task A_letter_goes_to_the_id_that_a_report_has_taught_and_to_nobody_else()
    {
        await using var wire = await Wire.Saying(Ok);
        using var engine = Open(wire.Address);
        Assert.Equal("no-user", Assert.IsType<Receipt.Refused>(await Tell(engine, "+84905000002")).Code);
        Assert.Equal(new Receipt.Accepted("m-1"), await Tell(engine));
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("/v3.0/oa/message/cs", "access-0"), (heard.Path, heard.Headers["access_token"]));
        Assert.Equal("""{"recipient":{"user_id":"5678901234567890123"},"message":{"text":"Bao dong"}}""", heard.Body);
    }

    [Fact]
    public async Task Every_code_has_its_meaning_and_an_unknown_one_is_temporary()
    {
        await using var wire = await Wire.Saying(Ok);
        using var engine = Open(wire.Address);
        await Means<Receipt.TryLater>("-32 -9999");
        await Means<Receipt.ChannelStopped>("-204 -205 -211 -219 -221 -223 -224 -240 -242 -320 -321");
        await Means<Receipt.Refused>("-201 -213 -217 -218 -227 -230 -232 -234 -244");

        async Task Means<T>(string codes)
        {
            foreach (var code in codes.Split(' '))
            {
                wire.Answer = Wire.Say($$"""{"error":{{code}},"message":"…"}""");
                var receipt = await Tell(engine);
                Assert.IsType<T>(receipt);
                if (receipt is Receipt.Refused refused)
                    Assert.Equal(code is "-213" or "-217" or "-244", refused.Remember);
            }
        }
    }

    [Theory]
    [InlineData("-216")]
    [InlineData("-220")]
    public async Task It_shares_the_chain_of_tokens_with_template_messages(string code)
    {
        await using var wire = await Wire.Open((heard, context) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            context.Response,
            heard.Path == "/v4/oa/access_token" ? """{"access_token":"access-1","refresh_token":"refresh-1"}"""
            : heard.Headers["access_token"] == "access-1" ? Ok : $$"""{"error":{{code}}}"""));
        using var engine = Open(wire.Address);
        Assert.True(Assert.IsType<Receipt.TryLater>(await Tell(engine)).Everyone);
        Assert.IsType<Receipt.Accepted>(await Tell(engine));
        var zalo = engine.Get<IEnumerable<ICarrier>>().Single(carrier => carrier.Id == "zalo");
        wire.Answer = (heard, context) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            context.Response, heard.Headers["access_token"] == "access-1" ? Ok : "");
        Assert.IsType<Receipt.Accepted>(await zalo.Tell(Letter("+84905000001"), CancellationToken.None));
    }

    [Fact]
    public void Without_the_app_of_Zalo_it_cannot_be() => Assert.Contains(
        "Carriers:Zalo", Assert.Throws<InvalidOperationException>(() => new Engine(_river, [], new() { ["Carriers:ZaloOa:RatePerSecond"] = "20" })).Message, StringComparison.Ordinal);

    public void Dispose() => _river.Dispose();

    static Task<Receipt> Tell(Engine engine, string phone = "+84905000001") =>
        engine.Get<IEnumerable<ICarrier>>().Single(carrier => carrier.Id == "zalo-oa").Tell(Letter(phone), CancellationToken.None);

    static Letter Letter(string phone) =>
        new("k-1-2-o", new PhoneNumber(phone), new Wording("Bao dong", "Bao dong", "410301", FrozenDictionary<string, string>.Empty));

    Engine Open(string address)
    {
        _river.People(2);
        _river.Operations.Write(connection => connection.Execute(
            "INSERT INTO carrier_users (carrier, user_id, recipient_id, since_at) VALUES ('zalo', '5678901234567890123', 1, 0)"));
        return new Engine(_river, [], new()
        {
            ["Carriers:Zalo:BaseUrl"] = address,
            ["Carriers:Zalo:OAuthUrl"] = address,
            ["Carriers:Zalo:AppId"] = "1234",
            ["Carriers:Zalo:AppSecret"] = "app-secret",
            ["Carriers:Zalo:AccessToken"] = "access-0",
            ["Carriers:Zalo:RefreshToken"] = "refresh-0",
            ["Carriers:ZaloOa:BaseUrl"] = address,
        });
    }
}

using System.Text.Json;
using CanhLu.Notify.Carriers;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class EsmsTests
{
    const string Ok = """{"CodeResult":"100","CountRegenerate":0,"SMSID":"sms-1"}""";

    [Fact]
    public async Task A_letter_goes_out_as_customer_care_with_its_key_and_the_way_back()
    {
        await using var wire = await Wire.Saying(Ok);
        await using var bench = CarrierBench.Esms(wire.Address);
        Assert.Equal(new Receipt.Accepted("sms-1"), await bench.Tell());
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("POST", "/MainService.svc/json/SendMultipleMessage_V4_post_json/"), (heard.Method, heard.Path));
        Assert.Equal("application/json", heard.Headers["Content-Type"]);
        Assert.Equal(
            """{"ApiKey":"api-key","SecretKey":"secret-key","Content":"Muc nuoc","Phone":"0905123456","Brandname":"CanhLu","SmsType":"2","IsUnicode":"0","Sandbox":"0","RequestId":"abcd1234-1-2-e","CallbackUrl":"https://canhlu.example/callbacks/esms/0123456789abcdef"}""",
            heard.Body);
    }

    [Theory]
    [InlineData("100", typeof(Receipt.Accepted))]
    [InlineData("124", typeof(Receipt.Accepted))]
    [InlineData("99", typeof(Receipt.Refused))]
    [InlineData("108", typeof(Receipt.Refused))]
    [InlineData("177", typeof(Receipt.Refused))]
    [InlineData("101", typeof(Receipt.ChannelStopped))]
    [InlineData("103", typeof(Receipt.ChannelStopped))]
    [InlineData("104", typeof(Receipt.ChannelStopped))]
    [InlineData("140", typeof(Receipt.ChannelStopped))]
    [InlineData("143", typeof(Receipt.ChannelStopped))]
    [InlineData("146", typeof(Receipt.ChannelStopped))]
    [InlineData("160", typeof(Receipt.TryLater))]
    [InlineData("199", typeof(Receipt.TryLater))]
    [InlineData("4711", typeof(Receipt.TryLater))]
    public async Task The_code_in_the_body_decides_whatever_the_status_says(string code, Type receipt)
    {
        foreach (var status in (int[])[200, 400, 500])
        {
            await using var wire = await Wire.Saying(JsonSerializer.Serialize(new { CodeResult = code, ErrorMessage = "…" }), status);
            await using var bench = CarrierBench.Esms(wire.Address);
            Assert.IsType(receipt, await bench.Tell());
        }
    }

    [Fact]
    public async Task Too_many_a_second_makes_everyone_wait_and_a_code_may_be_a_number()
    {
        await using var wire = await Wire.Saying("""{"CodeResult":160}""");
        await using var bench = CarrierBench.Esms(wire.Address);
        Assert.True(Assert.IsType<Receipt.TryLater>(await bench.Tell()).Everyone);
    }

    [Theory]
    [InlineData("<html>502 Bad Gateway</html>", 502)]
    [InlineData("", 200)]
    [InlineData("[]", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"CodeResult":null}""", 200)]
    [InlineData("""{"CodeResult":{}}""", 200)]
    public async Task An_answer_that_is_none_is_ambiguous(string body, int status)
    {
        await using var wire = await Wire.Saying(body, status);
        await using var bench = CarrierBench.Esms(wire.Address);
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
    }

    [Fact]
    public async Task A_cut_line_and_a_silence_are_ambiguous_and_nothing_is_sent_twice()
    {
        await using var wire = await Wire.Open(Wire.Cut);
        await using var bench = CarrierBench.Esms(wire.Address, timeout: "00:00:00.300");
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
        wire.Answer = Wire.Silence;
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
        // A pooled connection that the other side drops must not be tried again behind our backs either.
        wire.Answer = Wire.Say(Ok);
        await bench.Tell();
        wire.Answer = Wire.Cut;
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
        Assert.Equal(4, wire.Heard.Count);
    }

    [Fact]
    public async Task Where_nobody_listens_the_letter_never_left()
    {
        var wire = await Wire.Saying(Ok);
        var address = wire.Address;
        await wire.DisposeAsync();
        await using var bench = CarrierBench.Esms(address);
        Assert.Equal("no-connection", Assert.IsType<Receipt.TryLater>(await bench.Tell()).Code);
    }

    [Fact]
    public async Task After_many_failures_the_line_is_left_alone_for_a_while()
    {
        await using var wire = await Wire.Saying("no", 500);
        await using var bench = CarrierBench.Esms(wire.Address);
        var receipts = new List<Receipt>();
        for (var i = 0; i < 15; i++)
            receipts.Add(await bench.Tell());
        Assert.Equal(10, wire.Heard.Count);
        Assert.True(Assert.IsType<Receipt.TryLater>(receipts[^1]) is { Everyone: true, After: not null });
    }

    [Theory]
    [InlineData("?SMSID=s1&SendFailed=0&SendStatus=5&SendSuccess=1&RequestId=k-1-2-e&TypeId=2", typeof(Receipt.Delivered))]
    [InlineData("?SMSID=s1&SendFailed=1&SendStatus=5&SendSuccess=0&RequestId=k-1-2-e", typeof(Receipt.Refused))]
    [InlineData("?SMSID=s1&SendStatus=4&RequestId=k-1-2-e", typeof(Receipt.Refused))]
    [InlineData("?SMSID=s1&SendStatus=7&RequestId=k-1-2-e", typeof(Receipt.Accepted))]
    public async Task A_report_says_what_became_of_a_key(string query, Type receipt)
    {
        await using var bench = CarrierBench.Esms("http://127.0.0.1:1");
        var report = Assert.IsType<CallbackReading.Report>(bench.Carrier.Read(new Callback(query, default, _ => null)));
        Assert.Equal("k-1-2-e", report.Key);
        Assert.IsType(receipt, report.Receipt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?SendStatus=5&SendSuccess=1")]
    [InlineData("?RequestId=k&SendStatus=99")]
    [InlineData("?%%%=&RequestId=k&SendStatus=")]
    public async Task A_report_that_cannot_be_read_is_called_so(string query)
    {
        await using var bench = CarrierBench.Esms("http://127.0.0.1:1");
        Assert.IsType<CallbackReading.Unreadable>(bench.Carrier.Read(new Callback(query, default, _ => null)));
    }
}

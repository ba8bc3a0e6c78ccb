using CanhLu.Notify.Carriers;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class KannelTests
{
    const string Ok = "0: Accepted for delivery";

    [Fact]
    public async Task A_letter_goes_out_in_headers_with_the_way_back_and_nothing_secret_in_the_address()
    {
        await using var wire = await Wire.Saying(Ok, 202);
        await using var bench = CarrierBench.Kannel($"{wire.Address}/cgi-bin/sendsms");
        Assert.Equal(new Receipt.Accepted(null), await bench.Tell("abcd1234-1-2-k"));
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("POST", "/cgi-bin/sendsms", "", "Muc nuoc"), (heard.Method, heard.Path, heard.Query, heard.Body));
        Assert.Equal("text/plain; charset=UTF-8", heard.Headers["Content-Type"]);
        Assert.Equal(
            [
                "Coding=0", "DLR-Mask=31",
                "DLR-Url=http://127.0.0.1:8080/callbacks/kannel/0123456789abcdef?key=abcd1234-1-2-k&type=%d&answer=%A&id=%F",
                "From=CanhLu", "Password=kannel-pass", "SMSC=telco", "To=84905123456", "Username=canhlu",
            ],
            heard.Headers.Where(header => header.Key.StartsWith("X-Kannel-", StringComparison.Ordinal)).Select(header => $"{header.Key[9..]}={header.Value}").Order());
    }

    [Fact]
    public async Task The_text_decides_the_coding()
    {
        await using var wire = await Wire.Saying(Ok, 202);
        await using var bench = CarrierBench.Kannel(wire.Address, withMarks: true);
        await bench.Tell();
        Assert.Equal(("2", "Mực nước"), (wire.Heard[0].Headers["X-Kannel-Coding"], wire.Heard[0].Body));
    }

    [Theory]
    [InlineData(202, "0: Accepted for delivery", typeof(Receipt.Accepted))]
    [InlineData(202, "3: Queued for later delivery", typeof(Receipt.Accepted))]
    [InlineData(503, "Temporal failure, try again later.", typeof(Receipt.TryLater))]
    [InlineData(403, "Authorization failed for sendsms", typeof(Receipt.ChannelStopped))]
    [InlineData(403, "4: Denied", typeof(Receipt.ChannelStopped))]
    [InlineData(403, "Not routable. Do not try again.", typeof(Receipt.Refused))]
    [InlineData(400, "Sender missing and no global set, rejected", typeof(Receipt.Refused))]
    [InlineData(404, "Unknown request.", typeof(Receipt.ChannelStopped))]
    [InlineData(202, "<html>Welcome</html>", typeof(Receipt.Ambiguous))]
    [InlineData(200, "0: Accepted for delivery", typeof(Receipt.Ambiguous))]
    [InlineData(502, "<html>Bad Gateway</html>", typeof(Receipt.Ambiguous))]
    [InlineData(202, "", typeof(Receipt.Ambiguous))]
    [InlineData(429, "", typeof(Receipt.TryLater))]
    public async Task Status_and_words_together_decide(int status, string body, Type receipt)
    {
        await using var wire = await Wire.Saying(body, status);
        await using var bench = CarrierBench.Kannel(wire.Address);
        Assert.IsType(receipt, await bench.Tell());
    }

    [Theory]
    [InlineData("1", "id:7 sub:001 dlvrd:001 submit date:2510292114 done date:2510292115 stat:DELIVRD err:000 text:", typeof(Receipt.Delivered), null)]
    [InlineData("2", "id:7 sub:001 dlvrd:000 submit date:2510292114 done date:2510292115 stat:UNDELIV err:069 text:", typeof(Receipt.Refused), "UNDELIV, error 069")]
    [InlineData("2", "", typeof(Receipt.Refused), "no reason given")]
    [InlineData("4", "", typeof(Receipt.Accepted), null)]
    [InlineData("8", "ACK/", typeof(Receipt.Accepted), null)]
    [InlineData("16", "NACK/0x0000000b/Invalid Destination Address", typeof(Receipt.Refused), "0x0000000b, Invalid Destination Address")]
    public void A_report_says_what_became_of_a_key(string type, string answer, Type receipt, string? reason)
    {
        var report = Assert.IsType<CallbackReading.Report>(Read($"?key=k-1-2-k&type={type}&answer={Uri.EscapeDataString(answer)}&id=0000002a"));
        Assert.Equal("k-1-2-k", report.Key);
        Assert.IsType(receipt, report.Receipt);
        if (report.Receipt is Receipt.Accepted accepted)
            Assert.Equal("0000002a", accepted.Reference);
        if (report.Receipt is Receipt.Refused refused)
            Assert.Contains(reason!, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipients_own_message_is_handed_on() => Assert.Equal(
        new CallbackReading.Reply("+84905123456", "DUNG nhận", "m-1"), Read("?from=%2B84905123456&text=DUNG+nh%E1%BA%ADn&id=m-1"));

    [Theory]
    [InlineData("")]
    [InlineData("?key=k-1-2-k&type=32")]
    [InlineData("?key=k-1-2-k")]
    [InlineData("?type=1&answer=x")]
    public void A_report_that_cannot_be_read_is_called_so(string query) => Assert.IsType<CallbackReading.Unreadable>(Read(query));

    static CallbackReading Read(string query)
    {
        var bench = CarrierBench.Kannel("http://127.0.0.1:1");
        try
        {
            return bench.Carrier.Read(new Callback(query, default, _ => null));
        }
        finally
        {
            bench.River.Dispose();
        }
    }
}

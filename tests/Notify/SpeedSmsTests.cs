using System.Text;
using CanhLu.Notify.Carriers;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class SpeedSmsTests
{
    const string Ok = """{"status":"success","code":"00","data":{"tranId":123456,"totalSMS":1,"totalPrice":250,"invalidPhone":[]}}""";

    [Fact]
    public async Task A_letter_goes_out_under_the_name_with_the_token_as_user()
    {
        await using var wire = await Wire.Saying(Ok);
        await using var bench = CarrierBench.SpeedSms(wire.Address);
        Assert.Equal(new Receipt.Accepted("123456"), await bench.Tell());
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("POST", "/index.php/sms/send", "Basic dG9rZW46eA=="), (heard.Method, heard.Path, heard.Headers["Authorization"]));
        Assert.Equal("""{"to":["84905123456"],"content":"Muc nuoc","sms_type":3,"sender":"CanhLu"}""", heard.Body);
    }

    [Fact]
    public async Task Every_code_has_its_meaning_and_an_unknown_one_is_temporary()
    {
        await using var wire = await Wire.Saying(Ok);
        await using var bench = CarrierBench.SpeedSms(wire.Address);
        await Means<Receipt.ChannelStopped>("007 008 009 300");
        await Means<Receipt.Refused>("101 105 110 113");
        await Means<Receipt.TryLater>("500 4711");
        wire.Answer = Wire.Say(Ok.Replace("[]", """["84905123456"]""", StringComparison.Ordinal));
        Assert.Equal("105", Assert.IsType<Receipt.Refused>(await bench.Tell()).Code);

        async Task Means<T>(string codes)
        {
            foreach (var code in codes.Split(' '))
            {
                wire.Answer = Wire.Say($$"""{"status":"error","code":"{{code}}","message":"…"}""");
                Assert.IsType<T>(await bench.Tell());
            }
        }
    }

    [Theory]
    [InlineData("""{"email":"a@example.vn","balance":100000.5,"currency":"VND"}""", "100000.5")]
    [InlineData("""{"email":"a@example.vn","balance":"-20","currency":"VND"}""", "0")]
    [InlineData("""{"balance":100,"currency":"USD"}""", null)]
    [InlineData("""{"status":"error","code":"007"}""", null)]
    [InlineData("<html>", null)]
    public async Task What_is_left_in_the_account_is_asked_for(string answer, string? dong)
    {
        await using var wire = await Wire.Saying(answer);
        await using var bench = CarrierBench.SpeedSms(wire.Address);
        var left = await bench.Carrier.AskAllowance(TestContext.Current.CancellationToken);
        Assert.Equal(dong is null ? null : new Allowance(decimal.Parse(dong, System.Globalization.CultureInfo.InvariantCulture), AllowanceUnit.Dong), left);
        var heard = Assert.Single(wire.Heard);
        Assert.Equal(("GET", "/index.php/user/info", "Basic dG9rZW46eA=="), (heard.Method, heard.Path, heard.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("<html>", 502)]
    [InlineData("{}", 200)]
    [InlineData("""{"status":"success","data":{}}""", 200)]
    [InlineData("""{"status":"error"}""", 200)]
    public async Task An_answer_that_is_none_is_ambiguous(string body, int status)
    {
        await using var wire = await Wire.Saying(body, status);
        await using var bench = CarrierBench.SpeedSms(wire.Address);
        Assert.IsType<Receipt.Ambiguous>(await bench.Tell());
    }

    [Fact]
    public async Task A_report_finds_its_delivery_by_the_carriers_own_number()
    {
        await using var bench = CarrierBench.SpeedSms("http://127.0.0.1:1");
        bench.River.People(1);
        var bulletin = bench.River.Warn(bench.River.Episode(), AlarmLevel.II);
        bench.River.Operations.Write(connection => connection.Execute(
            "INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, level, state, not_after, planned_at, reference) VALUES (@bulletin, 1, 'speedsms', 'k-1-1-s', 2, 'accepted', 0, 0, '123456')",
            new { bulletin }));
        Assert.Equal(new CallbackReading.Report("k-1-1-s", new Receipt.Delivered()), Read("""{"type":"report","tranId":123456,"phone":"84905000001","status":0}"""));
        Assert.Equal(new CallbackReading.Report("k-1-1-s", new Receipt.Accepted("123456")), Read("""{"type":"report","tranId":"123456","status":"32"}"""));
        Assert.IsType<Receipt.Refused>(Assert.IsType<CallbackReading.Report>(Read("""{"type":"report","tranId":"123456","status":64}""")).Receipt);
        Assert.IsType<CallbackReading.Other>(Read("""{"type":"report","tranId":"7","status":0}"""));
        Assert.IsType<CallbackReading.Other>(Read("""{"type":"sms","phone":"84905000001","content":"…"}"""));
        Assert.IsType<CallbackReading.Unreadable>(Read("""{"type":"report","tranId":"123456"}"""));
        Assert.IsType<CallbackReading.Unreadable>(Read("no JSON"));

        CallbackReading Read(string body) => bench.Carrier.Read(new Callback("", Encoding.UTF8.GetBytes(body), _ => null));
    }
}

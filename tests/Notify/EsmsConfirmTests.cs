using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>eSMS does not sign its reports: what they say of the end of a delivery is asked back.</summary>
public sealed class EsmsConfirmTests : IDisposable
{
    const string Secret = "0123456789abcdef";

    readonly River _river = new() { Site = River.Of(["esms"], together: false) };

    [Fact]
    public async Task What_eSMS_does_not_say_itself_is_a_forgery_and_changes_nothing()
    {
        await using var sim = await PretendCarriers.Start(
            new GatewaySimOptions { ReceiptDelay = TimeSpan.FromMilliseconds(300), Misbehaviours = [new Misbehaviour("esms", Mode.ReceiptsLost)] },
            RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        await using var engine = await new Engine(_river, [], Settings(sim.Address.ToString())).Start();
        _river.People(1);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        var (key, id) = (_river.Ask<string>("SELECT key FROM deliveries"), _river.Ask<string>("SELECT reference FROM deliveries"));
        await Engine.Until(() => sim.Stats.Esms.Delivered == 1);
        Assert.Equal(403, await Take($"?RequestId={key}&SendStatus=5&SendFailed=1&SMSID={id}"));
        Assert.Equal(403, await Take($"?RequestId={key}&SendStatus=5&SendSuccess=1&SMSID=unknown"));
        Assert.Equal(400, await Take($"?RequestId={key}&SendStatus=5&SendSuccess=1"));
        Assert.Equal("accepted", _river.Ask<string>("SELECT state FROM deliveries"));
        Assert.Equal(200, await Take($"?RequestId={key}&SendStatus=5&SendSuccess=1&SMSID={id}"));
        Assert.Equal("delivered", _river.Ask<string>("SELECT state FROM deliveries"));

        Task<int> Take(string query) => engine.Get<Callbacks>().Take("esms", Secret, new Callback(query, default, _ => null));
    }

    [Theory]
    [InlineData("""{"CodeResponse":"101"}""")]
    [InlineData("<html>")]
    public async Task While_eSMS_cannot_be_asked_the_report_is_to_come_again(string answer)
    {
        await using var wire = await Wire.Saying(answer);
        using var engine = new Engine(_river, [], Settings(wire.Address));
        Assert.Equal(503, await engine.Get<Callbacks>().Take(
            "esms", Secret, new Callback("?RequestId=k-1-2-e&SendStatus=5&SendSuccess=1&SMSID=s1", default, _ => null)));
        Assert.Equal("?RefId=s1&ApiKey=api-key&SecretKey=secret-key", Assert.Single(wire.Heard).Query);
    }

    public void Dispose() => _river.Dispose();

    static Dictionary<string, string?> Settings(string address) => new()
    {
        ["Carriers:Esms:BaseUrl"] = address,
        ["Carriers:Esms:ApiKey"] = "api-key",
        ["Carriers:Esms:SecretKey"] = "secret-key",
        ["Carriers:Esms:Brandname"] = "CanhLu",
        ["Carriers:Esms:ConfirmReports"] = "true",
        ["Carriers:Esms:CallbackSecret"] = Secret,
    };
}

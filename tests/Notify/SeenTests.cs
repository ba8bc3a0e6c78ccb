using System.Security.Cryptography;
using System.Text;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What the carrier says was read has arrived, in whatever order that is reported.</summary>
public sealed class SeenTests : IDisposable
{
    const string Secret = GatewaySettings.Secret;

    readonly River _river = new();

    [Fact]
    public async Task In_whatever_order_reports_come_and_however_often_the_most_that_was_said_holds()
    {
        Receipt[] said = [new Receipt.Delivered(), new Receipt.Seen(), new Receipt.Refused("-114", "inactive", TryNextCarrier: true)];
        _river.Site = River.Of(["esms"], together: false);
        _river.People(27);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [new ScriptedCarrier("esms")]).Start();
        await engine.Settle();
        var keys = _river.List<string>("SELECT key FROM deliveries ORDER BY id");
        for (var i = 0; i < keys.Count; i++)
        {
            Receipt[] order = [said[i % 3], said[i / 3 % 3], said[i / 9]];
            foreach (var receipt in order)
                await engine.Report(keys[i], receipt);
            Assert.Equal(
                order.Contains(said[1]) ? "seen" : order.Contains(said[0]) ? "delivered" : "failed",
                _river.Ask<string>("SELECT state FROM deliveries WHERE key = @Key", new { Key = keys[i] }));
        }
        Assert.Equal(19, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'seen' AND seen_at IS NOT NULL AND delivered_at IS NOT NULL AND accepted_at IS NOT NULL"));
        Assert.Equal((26, 19), new Outcomes(_river.Operations).ByWard([1]).Select(ward => ((int)ward.Delivered, (int)ward.Seen)).Single());
        Assert.Equal((26, 26, 19), new Outcomes(_river.Operations).ByCarrier([1]).Select(one => ((int)one.Accepted, (int)one.Delivered, (int)one.Seen)).Single());
        Assert.All(engine.Ledger.Deliveries(1, DeliveryState.Seen, null, 100), line => Assert.NotNull(line.SeenAt));
        Assert.Single(new Outcomes(_river.Operations).Missed([1]));
    }

    [Fact]
    public async Task Zalo_names_what_was_seen_by_our_number_or_by_its_own_and_what_came_into_its_chat_by_its_own()
    {
        _river.Site = River.Of(["zalo", "zalo-oa"], together: true);
        _river.People(1);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        using var engine = new Engine(_river, [], new(GatewaySettings.Of(new Uri("http://127.0.0.1:1"), "http://127.0.0.1:1", 10)) { ["Carriers:ZaloOa:BaseUrl"] = "http://127.0.0.1:1" });
        _ = engine.Get<Plans>().Make(engine.Get<Plans>().Unplanned().Single());
        _river.Operations.Write(connection => connection.Execute("UPDATE deliveries SET state = 'accepted', accepted_at = 1, next_attempt_at = NULL, reference = 'm-' || carrier"));
        var (zalo, chat) = (Key("zalo"), Key("zalo-oa"));
        Assert.Equal(new CallbackReading.Report(zalo, new Receipt.Seen()), Read($$$"""{"event_name":"user_seen_message","timestamp":"1","message":{"tracking_id":"{{{zalo}}}"}}"""));
        Assert.Equal([(chat, new Receipt.Delivered())], All("""{"event_name":"user_received_message","timestamp":"1","message":{"msg_id":"m-zalo-oa"}}"""));
        Assert.Equal(
            [(zalo, new Receipt.Seen()), (chat, new Receipt.Seen())],
            All("""{"event_name":"user_seen_message","timestamp":"1","message":{"msg_ids":["m-zalo","of somebody else",17,"m-zalo-oa","m-zalo"]}}"""));
        // The whole way, twice.
        var settling = engine.Get<Settling>().Run();
        for (var time = 0; time < 2; time++)
            Assert.Equal(200, await engine.Get<Callbacks>().Take(
                "zalo", Secret, Signed("""{"event_name":"user_seen_message","timestamp":"1","message":{"msg_ids":["m-zalo","m-zalo-oa"]}}""")));
        engine.Get<Settling>().Complete();
        await settling;
        Assert.Equal(["seen", "seen"], _river.List<string>("SELECT state FROM deliveries"));

        string Key(string carrier) => _river.Ask<string>("SELECT key FROM deliveries WHERE carrier = @carrier", new { carrier });

        CallbackReading Read(string body) => engine.Get<IEnumerable<ICarrier>>().Single(carrier => carrier.Id == "zalo").Read(Signed(body));

        IEnumerable<(string, Receipt)> All(string body) =>
            Assert.IsType<CallbackReading.Reports>(Read(body)).All.Select(report => (report.Key, report.Receipt)).OrderByDescending(report => report.Key);
    }

    public void Dispose() => _river.Dispose();

    static Callback Signed(string body) => new(
        "", Encoding.UTF8.GetBytes(body), _ => "mac=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("1234" + body + "1oa-secret"))));
}

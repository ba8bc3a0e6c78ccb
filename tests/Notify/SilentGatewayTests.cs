using System.Text;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class SilentGatewayTests
{
    [Fact]
    public async Task When_Zalo_accepts_and_never_delivers_every_handset_has_the_warning_by_SMS()
    {
        using var river = new River();
        Engine? engine = null;
        await using var back = await Wire.Open(async (heard, context) => context.Response.StatusCode = await engine!.Get<Callbacks>().Take(
            heard.Path.Split('/')[2], heard.Path.Split('/')[3],
            new Callback(heard.Query, Encoding.UTF8.GetBytes(heard.Body), name => heard.Headers.GetValueOrDefault(name))));
        await using var carriers = await PretendCarriers.Start(
            new GatewaySimOptions
            {
                ReceiptDelay = TimeSpan.FromMilliseconds(5),
                ZaloAppId = "1234",
                ZaloWebhook = new Uri($"{back.Address}/callbacks/zalo/{GatewaySettings.Secret}"),
                Misbehaviours = [new Misbehaviour("zalo", Mode.NeverArrives, Probability: 0.5)],
            },
            RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        await using var opened = engine = await new Engine(river, [], new(GatewaySettings.Of(carriers.Address, back.Address, 1000))
        {
            ["Carriers:Zalo:ReceiptWithin"] = "00:00:01",
        }).Start();
        river.People(60);
        river.Warn(river.Episode(), AlarmLevel.II);
        await engine.Settle();
        await Engine.Until(() => river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND receipt_due_at IS NOT NULL") == 0);
        await engine.Settle();
        await Engine.Until(() => Arrived().Distinct().Count() == 60);
        var silent = carriers.Letters().Where(letter => letter is { Carrier: "zalo", State: LetterState.Accepted }).Select(letter => letter.Phone).ToHashSet();
        Assert.InRange(silent.Count, 10, 50);
        Assert.Superset(silent, carriers.Letters().Where(letter => letter.Carrier == "esms").Select(letter => letter.Phone).ToHashSet());
        Assert.Equal(silent.Count, river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND state = 'accepted' AND next_why = 'no_receipt'"));
        Assert.Equal(0, carriers.Stats.Zalo.Duplicates + carriers.Stats.Esms.Duplicates);

        IEnumerable<string> Arrived() => carriers.Letters().Where(letter => letter.State == LetterState.Delivered).Select(letter => letter.Phone);
    }
}

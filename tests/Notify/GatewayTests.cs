using System.Text;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>The whole part against the pretended carriers, whose encoders and decoders nobody of this part wrote.</summary>
public sealed class GatewayTests(ITestOutputHelper output) : IAsyncLifetime
{
    const string Secret = GatewaySettings.Secret;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Effort.Of(2, 6, 6))];

    readonly River _river = new();
    Wire _back = null!;
    PretendCarriers _carriers = null!;
    Engine _engine = null!;

    public async ValueTask InitializeAsync() => _back = await Wire.Open(async (heard, context) =>
        context.Response.StatusCode = await _engine.Get<Callbacks>().Take(
            heard.Path.Split('/')[2], heard.Path.Split('/')[3],
            new Callback(heard.Query, Encoding.UTF8.GetBytes(heard.Body), name => heard.Headers.GetValueOrDefault(name))));

    [Fact]
    public async Task A_flood_and_its_end_reach_every_handset_by_Zalo_or_SMS()
    {
        await Open(new() { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(20) });
        _river.People(50);
        var episode = _river.Episode();
        foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
        {
            _river.Warn(episode, level, stage: 1200 + (500 * (int)level));
            await _engine.Settle();
        }
        _river.AllClear(episode);
        await _engine.Settle();
        await Reports();
        var stats = _carriers.Stats;
        Assert.Equal((140L, 60L, 0L), (stats.Zalo.Delivered, stats.Esms.Delivered, stats.Zalo.Duplicates + stats.Esms.Duplicates));
        Assert.Equal(200, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'delivered'"));
        Assert.Equal((50L, 50L), _engine.Ledger.Debts().Select(debt => (debt.Made, debt.Paid)).Single());
        // Who has no Zalo was asked once, and remembered.
        Assert.Equal(15, stats.Zalo.Refused);
        Assert.Contains(_carriers.Letters(), letter => letter.Text == "Het canh bao lu tai tram Tam Ky: 1,50 m, duoi bao dong I 0,20 m.");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task However_the_carriers_misbehave_every_resident_is_settled_and_nothing_is_doubled(int seed)
    {
        await Open(new() { NoZalo = 0.2, Seed = seed, ZaloBlocksRepeats = true, ReceiptDelay = TimeSpan.FromMilliseconds(5) }, timeout: GatewaySettings.Impatient);
        _river.People(60);
        foreach (var carrier in (string[])["esms", "zalo"])
        {
            foreach (var mode in (Mode[])[Mode.Http500, Mode.Cut, Mode.LostAnswer, Mode.NotJson, Mode.Tps])
                _carriers.Misbehave(new Misbehaviour(carrier, mode, Probability: 0.05));
            _carriers.Misbehave(new Misbehaviour(carrier, Mode.Slow, Probability: 0.05, Delay: TimeSpan.FromMilliseconds(700)));
            _carriers.Misbehave(new Misbehaviour(carrier, Mode.Quota, Probability: 0.02));
            _carriers.Misbehave(new Misbehaviour(carrier, Mode.Code, Probability: 0.05, Code: carrier == "esms" ? "4711" : "-100"));
            _carriers.Misbehave(new Misbehaviour(carrier, Mode.ReceiptsLate, Probability: 0.2, Delay: TimeSpan.FromMilliseconds(50)));
            _carriers.Misbehave(new Misbehaviour(carrier, Mode.ReceiptsTwice, Probability: 0.2));
        }
        var episode = _river.Episode();
        foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.III])
        {
            _river.Warn(episode, level, stage: 1200 + (500 * (int)level));
            await _engine.Settle(seconds: 90);
            _carriers.Misbehave(new Misbehaviour("zalo", Mode.TokenExpired));
        }
        _river.AllClear(episode);
        await _engine.Settle(seconds: 90);
        await Reports();
        var stats = _carriers.Stats;
        output.WriteLine($"seed {seed}: {stats.Zalo} {stats.Esms}");
        Assert.Equal(0, stats.Zalo.Duplicates + stats.Esms.Duplicates);
        var texts = _carriers.Letters().GroupBy(letter => (letter.Phone, letter.Key.Split('-')[1])).Select(letters => letters.Select(letter => letter.Key).Distinct().Count());
        Assert.All(texts, keys => Assert.Equal(1, keys));
        Assert.Equal(180, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'delivered'"));
        Assert.Equal(60, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_token_that_expires_in_mid_broadcast_is_renewed_exactly_once()
    {
        await Open(new() { ReceiptDelay = TimeSpan.FromMilliseconds(5), ZaloAccessToken = "access-0", ZaloRefreshToken = "refresh-0" }, rate: 500);
        _river.People(300);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await Engine.Until(() => _carriers.Stats.Zalo.Accepted > 100);
        _carriers.Misbehave(new Misbehaviour("zalo", Mode.TokenExpired));
        await _engine.Settle();
        Assert.Equal((300L, 0L), (_carriers.Stats.Zalo.Accepted, _carriers.Stats.Esms.Accepted));
        Assert.StartsWith("access-1-", _river.Ask<string>("SELECT access_token FROM carrier_tokens"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_quota_moves_the_rest_to_SMS()
    {
        await Open(new() { ReceiptDelay = TimeSpan.FromMilliseconds(5), ZaloDailyQuota = 100 });
        _river.People(300);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await _engine.Settle();
        Assert.Equal((100L, 200L), (_carriers.Stats.Zalo.Accepted, _carriers.Stats.Esms.Accepted));
        var zalo = _engine.Dispatch.Carriers.Single(state => state.Carrier == "zalo");
        Assert.Equal((CarrierStanding.Stopped, "-144"), (zalo.Standing, zalo.Code));
    }

    [Theory]
    [InlineData("-115")]
    [InlineData("-144")]
    [InlineData("-147")]
    public async Task A_quota_that_ends_in_mid_broadcast_moves_the_rest_to_SMS_within_a_minute(string code)
    {
        await Open(new() { ReceiptDelay = TimeSpan.FromMilliseconds(5) });
        _river.People(3000);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await Engine.Until(() => _carriers.Stats.Zalo.Accepted > 300);
        var began = RealTime.Provider.GetTimestamp();
        _carriers.Misbehave(new Misbehaviour("zalo", Mode.Code, Code: code));
        await _engine.Settle(seconds: 60);
        var took = RealTime.Provider.GetElapsedTime(began);
        output.WriteLine($"{code}: {_carriers.Stats.Esms.Accepted} of 3,000 by SMS, the last {took.TotalSeconds:0.0} s after the quota's end");
        Assert.Equal(3000, _carriers.Stats.Zalo.Accepted + _carriers.Stats.Esms.Accepted);
        Assert.InRange(took.TotalSeconds, 0, 60);
        var zalo = _engine.Dispatch.Carriers.Single(state => state.Carrier == "zalo");
        Assert.Equal(code, zalo.Code);
        Assert.NotEqual(CarrierStanding.Open, zalo.Standing);
    }

    [Fact]
    public async Task The_agreed_rate_is_used_and_never_exceeded_as_the_carrier_sees_it()
    {
        await Open(new() { ReceiptDelay = TimeSpan.FromSeconds(60), EsmsPerSecond = 200 }, rate: 200);
        _river.Site = River.Of(["esms"], together: false);
        _river.People(1000);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        var began = RealTime.Provider.GetTimestamp();
        await _engine.Settle(seconds: 60);
        var took = RealTime.Provider.GetElapsedTime(began);
        var codes = _carriers.Stats.Esms.Refused;
        output.WriteLine($"1,000 at 200 a second in {took.TotalSeconds:0.00} s ({1000 / took.TotalSeconds / 200:P1} of the rate); {codes} refused by the carrier's own count per second");
        Assert.Equal(1000, _carriers.Stats.Esms.Accepted);
    }

    [Fact]
    public async Task Reports_late_twice_unknown_or_forged_are_harmless()
    {
        await Open(new() { ReceiptDelay = TimeSpan.FromSeconds(60) });
        _river.Site = River.Of(["esms"], together: false);
        _river.People(2);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await _engine.Settle();
        var callbacks = _engine.Get<Callbacks>();
        var key = _river.Ask<string>("SELECT min(key) FROM deliveries");
        Assert.Equal(200, await Take("esms", Secret, $"?RequestId={key}&SendStatus=5&SendSuccess=1"));
        Assert.Equal(200, await Take("esms", Secret, $"?RequestId={key}&SendStatus=5&SendSuccess=1"));
        Assert.Equal(200, await Take("esms", Secret, $"?RequestId={key}&SendStatus=5&SendFailed=1"));
        Assert.Equal(200, await Take("esms", Secret, "?RequestId=nobody-1-2-e&SendStatus=5&SendSuccess=1"));
        Assert.Equal(400, await Take("esms", Secret, "?nonsense"));
        Assert.Equal(404, await Take("esms", "0123456789abcdeX", $"?RequestId={key}&SendStatus=5&SendSuccess=1"));
        Assert.Equal(404, await Take("esms", "", ""));
        Assert.Equal(404, await Take("kannel", Secret, ""));
        Assert.Equal(403, await callbacks.Take("zalo", Secret, new Callback("", "{}"u8.ToArray(), _ => "mac=00")));
        Assert.Equal(["accepted", "delivered"], _river.List<string>("SELECT state FROM deliveries ORDER BY state"));
        var other = _river.Ask<string>("SELECT max(key) FROM deliveries");
        Assert.Equal(200, await Take("esms", Secret, $"?RequestId={other}&SendStatus=5&SendFailed=1"));
        Assert.Equal(["delivered", "failed"], _river.List<string>("SELECT state FROM deliveries ORDER BY state"));

        Task<int> Take(string carrier, string secret, string query) => callbacks.Take(carrier, secret, new Callback(query, default, _ => null));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _carriers.DisposeAsync();
        await _back.DisposeAsync();
        _river.Dispose();
    }

    async Task Open(GatewaySimOptions options, int rate = 2000, string timeout = GatewaySettings.Patient)
    {
        _carriers = await PretendCarriers.Start(
            options with { ZaloAppId = "1234", ZaloOaSecret = "oa-secret", ZaloWebhook = new Uri($"{_back.Address}/callbacks/zalo/{Secret}") },
            RealTime.Clock, RealTime.Provider);
        _engine = await new Engine(_river, [], GatewaySettings.Of(_carriers.Address, _back.Address, rate, timeout)).Start();
    }

    async Task Reports()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), RealTime.Provider);
        await _engine.Quiet.WaitForReports(patience.Token);
    }
}

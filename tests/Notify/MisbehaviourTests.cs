using System.Text;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>Every way in which the pretended carriers go wrong, one after another and then at random, while the engine's store is taken from under it in the middle and
/// opened by a new engine. The carriers live on: what they took, they took.</summary>
public sealed class MisbehaviourTests(ITestOutputHelper output) : IAsyncLifetime
{
    const int People = 24;

    /// <summary>A carrier that has been found away is asked again with one letter at a time: by counts alone its trouble would last for minutes.</summary>
    static readonly TimeSpan Trouble = TimeSpan.FromSeconds(3);

    readonly River _river = new();
    Wire _back = null!;
    PretendCarriers _carriers = null!;
    Engine _engine = null!;
    int _kills;

    // One takes some 15 seconds.
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Effort.Of(1, 2, 20))];

    public async ValueTask InitializeAsync() => _back = await Wire.Open(async (heard, context) => context.Response.StatusCode = await Report(heard));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nobody_is_lost_and_only_a_carrier_without_keys_doubles_what_it_has_lost_the_answer_to(int seed)
    {
        var random = new Random(seed);
        _carriers = await PretendCarriers.Start(
            new GatewaySimOptions
            {
                NoZalo = 0.2,
                Seed = seed,
                ReceiptDelay = TimeSpan.FromMilliseconds(5),
                ZaloAppId = "1234",
                ZaloOaSecret = "oa-secret",
                ZaloWebhook = new Uri($"{_back.Address}/callbacks/zalo/{GatewaySettings.Secret}"),
            },
            RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        await Start();
        _river.People(People);
        var bulletins = new List<long>();

        foreach (var mode in Enum.GetValues<Mode>())
            foreach (var carrier in (string[])["zalo", "esms"])
            {
                if (mode == Mode.TokenExpired && carrier == "esms")
                    continue;
                _carriers.Misbehave(Order(carrier, mode, count: Some()));
                await Tell();
            }
        for (var round = 0; round < 3; round++)
        {
            foreach (var mode in Enum.GetValues<Mode>())
                foreach (var carrier in (string[])["zalo", "esms"])
                    if (random.Next(2) == 0)
                        _carriers.Misbehave(Order(carrier, mode, count: Some(), probability: 0.3));
            await Tell();
        }

        var letters = _carriers.Letters().Select(letter => (letter.Carrier, letter.Phone, letter.Key, Bulletin: long.Parse(letter.Key.Split('-')[1]))).ToArray();
        var doubled = letters.GroupBy(letter => (letter.Phone, letter.Bulletin)).Where(told => told.Skip(1).Any()).ToArray();
        var doubtful = _river.List<string>("SELECT key FROM deliveries WHERE carrier = 'zalo' AND doubtful_at IS NOT NULL").ToHashSet();
        output.WriteLine(
            $"seed {seed}: {bulletins.Count} bulletins × {People}, {_kills} kills, {letters.Length} letters taken, lost {Lost(bulletins, letters.Select(letter => (letter.Phone, letter.Bulletin)))}, "
            + $"doubled {doubled.Length}, zalo {_carriers.Stats.Zalo}, esms {_carriers.Stats.Esms}");

        Assert.Equal(0, Lost(bulletins, letters.Select(letter => (letter.Phone, letter.Bulletin))));
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state IN ('planned', 'handedover') OR next_attempt_at IS NOT NULL"));
        // eSMS knows our keys: whatever happens, it has none twice.
        Assert.All(letters.Where(letter => letter.Carrier == "esms").GroupBy(letter => letter.Key), same => Assert.Single(same));
        // Zalo does not. What is read twice was in doubt with it, and is written down as such.
        Assert.All(doubled, told => Assert.Contains(told, letter => doubtful.Contains(letter.Key) || doubtful.Contains($"{letter.Key[..^1]}z")));
        // Nobody has three because of one doubt and a kill each: every kill and every lost answer doubles what was under way, and nothing else.
        Assert.True(doubled.Length <= doubtful.Count);

        // Seldom so many that the circuit opens, which then takes five seconds each time.
        int Some() => random.Next(10) == 0 ? 12 : random.Next(2, 5);

        async Task Tell()
        {
            var bulletin = _river.Warn(_river.Episode(), AlarmLevel.II);
            bulletins.Add(bulletin);
            if (random.Next(2) == 0)
            {
                var until = Asked() + random.Next(1, People);
                _engine.Get<CanhLu.BulletinSignal>().Ring();
                for (var look = 0; look < 400 && Asked() < until; look++)
                    await Task.Delay(TimeSpan.FromMilliseconds(1), RealTime.Provider);
                _river.PullThePlug();
                await _engine.Die();
                _river.Reopen();
                await Start();
                _kills++;
            }
            try
            {
                await _engine.Settle(seconds: 60);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Bulletin {bulletin} after {_kills} kills: {_engine.Quiet.Backlog()}; {string.Join("; ", _engine.Dispatch.Carriers)}; {string.Join("; ", _river.List<string>("SELECT carrier || ' ' || state || ' ' || attempts || ' ' || setbacks || ' ' || coalesce(last_code, '') || ' ' || coalesce(next_attempt_at - planned_at, 'under way') FROM deliveries WHERE state IN ('planned', 'handedover') LIMIT 5"))}");
            }
        }
    }

    static Misbehaviour Order(string carrier, Mode mode, int count, double? probability = null) => new(
        carrier, mode, count, probability, Trouble, Delay: TimeSpan.FromMilliseconds(mode == Mode.Slow ? 700 : 40), Code: mode == Mode.Code ? carrier == "esms" ? "4711" : "-100" : null);

    long Asked() => _carriers.Stats.Zalo.Requests + _carriers.Stats.Esms.Requests;

    static int Lost(List<long> bulletins, IEnumerable<(string Phone, long Bulletin)> told) =>
        (bulletins.Count * People) - told.Where(one => bulletins.Contains(one.Bulletin)).Distinct().Count();

    async Task Start() => _engine = await new Engine(_river, [], new(GatewaySettings.Of(_carriers.Address, _back.Address, 2000, GatewaySettings.Impatient))
    {
        ["Notify:AwayAfter"] = "00:00:02",
        // What is told twice because a report was lost is another law: see SilenceTests.
        ["Carriers:Zalo:ReceiptWithin"] = "",
    }).Start();

    /// <summary>A report that comes while there is no engine finds nobody, as in life.</summary>
    async Task<int> Report(Heard heard)
    {
        try
        {
            return await _engine.Get<Callbacks>().Take(
                heard.Path.Split('/')[2], heard.Path.Split('/')[3],
                new Callback(heard.Query, Encoding.UTF8.GetBytes(heard.Body), name => heard.Headers.GetValueOrDefault(name)));
        }
        catch (ObjectDisposedException)
        {
            return 503;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _carriers.DisposeAsync();
        await _back.DisposeAsync();
        _river.Dispose();
    }
}

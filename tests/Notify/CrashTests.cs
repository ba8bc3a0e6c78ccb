using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>Floods with grumpy carriers, in which the engine's store is taken from under it at random moments and opened by a new engine. The carriers are the
/// outside world: they live on, and remember what they took.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    const int Floods = 2;
    const int People = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Effort.Of(3, 8, 40))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_each_delivery_is_settled_nobody_is_told_twice_and_everyone_warned_gets_one_all_clear(int seed)
    {
        var random = new Random(seed);
        using var river = new River();
        river.People(People);
        river.People(People / 2, lowest: AlarmLevel.II, language: "en");
        var together = seed % 5 == 0;
        river.Site = River.Of(["zalo", "esms"], together);
        var (zalo, esms) = (Grumpy("zalo", seed), Grumpy("esms", seed + 1));
        var engine = await new Engine(river, [zalo, esms]).Start();
        var crashes = 0;

        var episodes = new List<long>();
        for (var flood = 0; flood < Floods; flood++)
        {
            var episode = river.Episode();
            episodes.Add(episode);
            foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
            {
                river.Warn(episode, level);
                await Storm();
            }
            river.AllClear(episode);
            await Storm();
            if (random.Next(2) == 0)
                await Calm();
        }
        await Calm();
        await engine.DisposeAsync();
        output.WriteLine($"seed {seed}: {crashes} crashes, zalo asked {zalo.Asked} times for {zalo.Taken.Count}, esms {esms.Asked} for {esms.Taken.Count}");

        Assert.Equal(0, river.Ask<int>("SELECT count(*) FROM deliveries WHERE state IN ('planned', 'handedover') OR next_attempt_at IS NOT NULL"));
        Assert.Equal(0, river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        NothingIsLost(river, zalo, esms);
        if (!together)
            NobodyHasABulletinTwice(zalo, esms);
        EveryoneWarnedHasHisAllClear(river, episodes, zalo, esms);

        async Task Storm()
        {
            for (var blow = random.Next(4); blow > 0; blow--)
            {
                var until = zalo.Asked + esms.Asked + random.Next(1, 60);
                await Some(() => zalo.Asked + esms.Asked >= until);
                river.PullThePlug();
                await engine.Die();
                river.Reopen();
                engine = await new Engine(river, [zalo, esms]).Start();
                crashes++;
            }
        }

        async Task Calm()
        {
            var (moodyZalo, moodyEsms) = (zalo.Answer, esms.Answer);
            zalo.Answer = letter => HasZalo(letter) ? Script.Take : Script.Never;
            esms.Answer = _ => Script.Take;
            await engine.Settle(seconds: 60);
            (zalo.Answer, esms.Answer) = (moodyZalo, moodyEsms);
        }
    }

    /// <summary>Waits for something, or for a moment in which nothing happens any more.</summary>
    static async Task Some(Func<bool> isSo)
    {
        for (var look = 0; look < 100 && !isSo(); look++)
            await Task.Delay(TimeSpan.FromMilliseconds(1), RealTime.Provider);
    }

    static ScriptedCarrier Grumpy(string id, int seed)
    {
        var random = new Random(seed);
        var carrier = new ScriptedCarrier(id) { Terms = new(2_000, 8, null) };
        carrier.Wait = async () =>
        {
            int wait;
            lock (random)
                wait = random.Next(4);
            if (wait > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(wait), RealTime.Provider);
        };
        carrier.Answer = letter =>
        {
            int throwOfDice;
            lock (random)
                throwOfDice = random.Next(100);
            if (carrier.Taken.ContainsKey(letter.Key))
                return Script.Take;
            if (id == "zalo" && !HasZalo(letter))
                return throwOfDice < 20 ? Script.LoseTheRequest : Script.Never;
            return throwOfDice switch
            {
                < 15 => Script.LoseTheAnswer,
                < 30 => Script.LoseTheRequest,
                < 40 => Script.Busy,
                < 45 => Script.Throttled,
                < 47 => Script.Stopped,
                _ => Script.Take,
            };
        };
        return carrier;
    }

    static bool HasZalo(Letter letter) => !letter.Phone.E164.EndsWith('7');

    static void NothingIsLost(River river, params ScriptedCarrier[] carriers)
    {
        var taken = carriers.SelectMany(carrier => carrier.Taken.Keys).ToHashSet();
        foreach (var key in river.List<string>("SELECT key FROM deliveries WHERE state = 'accepted'"))
            Assert.Contains(key, taken);
        var known = river.List<string>("SELECT key FROM deliveries WHERE state = 'accepted' OR doubtful_at IS NOT NULL").ToHashSet();
        foreach (var key in taken.Except(known))
            Assert.Fail($"A carrier has {key}, and the store knows nothing of it: " + river.Ask<string>(
                "SELECT json_object('state', state, 'code', last_code, 'answer', last_answer, 'attempts', attempts, 'setbacks', setbacks, 'by', replaced_by, 'next', next_carrier, 'planned', planned_at, 'handed', handed_over_at, 'answered', last_answer_at) FROM deliveries WHERE key = @key", new { key }));
        Assert.Empty(river.List<long>(
            """
            SELECT d.id FROM deliveries d
            WHERE d.state NOT IN ('accepted', 'replaced')
              AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.bulletin_id = d.bulletin_id AND o.recipient_id = d.recipient_id AND o.state IN ('accepted', 'replaced'))
            """));
    }

    static void NobodyHasABulletinTwice(params ScriptedCarrier[] carriers) => Assert.All(
        carriers.SelectMany(carrier => carrier.Taken.Keys).GroupBy(key => key[..^2]), keys => Assert.Single(keys));

    static void EveryoneWarnedHasHisAllClear(River river, List<long> episodes, params ScriptedCarrier[] carriers)
    {
        var bulletins = river.List<(long Id, long Episode, string Kind)>("SELECT id, episode, kind FROM bulletins").ToDictionary(row => row.Id);
        var heard = carriers.SelectMany(carrier => carrier.Taken.Keys)
            .Select(key => key.Split('-'))
            .Select(key => (Recipient: long.Parse(key[2]), Bulletin: bulletins[long.Parse(key[1])]))
            .Distinct()
            .ToLookup(pair => pair.Recipient, pair => pair.Bulletin);
        var inDoubt = river.List<long>("SELECT DISTINCT recipient_id FROM deliveries WHERE doubtful_at IS NOT NULL").ToHashSet();
        foreach (var recipient in heard)
        {
            var warned = recipient.Where(bulletin => bulletin.Kind == "warning").Select(bulletin => bulletin.Episode).Distinct().ToList();
            var cleared = recipient.Where(bulletin => bulletin.Kind == "allclear").Select(bulletin => bulletin.Episode).ToList();
            Assert.Equal(cleared.Distinct(), cleared);
            // A flood that began before the all-clear of the one before was out has one all-clear for both, at its end.
            Assert.All(warned, episode => Assert.Contains(cleared, clear => clear >= episode));
            if (!inDoubt.Contains(recipient.Key))
                Assert.All(cleared, clear => Assert.Contains(warned, episode => episode <= clear));
        }
        Assert.Equal(Floods, episodes.Count);
    }
}

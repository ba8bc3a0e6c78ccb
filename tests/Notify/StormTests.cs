using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>Storms over several stations that all warn the same people, with grumpy carriers, final refusals, and an engine whose store is taken from under it.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    const int People = 8;
    const int Steps = 30;

    static readonly string[] Stations = ["s0", "s1", "s2", "s3"];
    static readonly Dictionary<string, string?> Settings = new() { ["Notify:MessagesAMonth"] = "0" };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Effort.Of(3, 8, 100))];

    readonly List<(long Recipient, long Bulletin, long Newest)> _taken = [];

    /// <summary>The newest bulletin that may have been decided.</summary>
    long _newest;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Everybody_is_told_the_highest_level_that_holds_once_a_window_and_one_all_clear_when_all_is_over(int seed)
    {
        var random = new Random(seed);
        using var storm = new Storm(People);
        storm.River.People(People / 2, lowest: AlarmLevel.II, language: "en");
        var (zalo, esms) = (Grumpy("zalo", seed), Grumpy("esms", seed + 1));
        var engine = await Start();
        var (standing, crashes) = (new Dictionary<string, (long Bulletin, AlarmLevel Level)>(), 0);

        for (var step = 0; step < Steps; step++)
        {
            var station = Stations[random.Next(Stations.Length)];
            Interlocked.Increment(ref _newest);
            if (standing.ContainsKey(station) && random.Next(3) == 0)
            {
                standing.Remove(station);
                storm.End(station);
            }
            else
            {
                var level = (AlarmLevel)random.Next(1, 4);
                standing[station] = (storm.Warn(station, level), level);
            }
            engine.Get<BulletinSignal>().Ring();
            if (random.Next(2) == 0)
                await Calm();
            else if (random.Next(3) == 0)
                await Crash();
            storm.Clock.AdvanceMinutes(random.Next(5));
        }
        foreach (var station in standing.Keys.ToList())
        {
            standing.Remove(station);
            Interlocked.Increment(ref _newest);
            storm.End(station);
            await Calm();
        }
        // The last alarm may have ended before the storm did.
        await Calm();
        await engine.DisposeAsync();
        var held = storm.River.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'held'");
        output.WriteLine($"seed {seed}: {crashes} crashes, {_taken.Count} taken, {held} held back, zalo asked {zalo.Asked} times, esms {esms.Asked}");

        Assert.True(held > 0, "it was a storm");
        Assert.True(storm.Open() == 0, "owed: " + string.Join("; ", storm.River.List<string>(
            "SELECT concat_ws(' ', recipient_id, station, rule, episode) FROM debts WHERE paid_at IS NULL")));
        Assert.Equal(0, storm.River.Ask<int>("SELECT count(*) FROM deliveries WHERE state IN ('planned', 'handedover')"));
        var bulletins = Bulletins(storm.River);
        foreach (var told in Told(storm.River, bulletins))
        {
            OneAWindow(told.Key, [.. told], bulletins, storm.River);
            OneAllClearWhenAllIsOver(told.Key, [.. told], bulletins, storm.River);
        }

        async Task<Engine> Start() => await new Engine(storm.River, [zalo, esms], Settings, storm.Clock).Start();

        async Task Crash()
        {
            var until = zalo.Asked + esms.Asked + random.Next(1, 30);
            for (var look = 0; look < 20 && zalo.Asked + esms.Asked < until; look++)
                await Task.Delay(TimeSpan.FromMilliseconds(1), RealTime.Provider);
            storm.River.PullThePlug();
            await engine.Die();
            storm.River.Reopen();
            engine = await Start();
            crashes++;
        }

        async Task Calm()
        {
            var (moodyZalo, moodyEsms) = (zalo.Answer, esms.Answer);
            zalo.Answer = esms.Answer = letter => Refuses(seed, letter) ? No : Take(letter);
            await engine.Settle();
            (zalo.Answer, esms.Answer) = (moodyZalo, moodyEsms);
            TheHighestIsTold(seed, storm.River, standing);
        }
    }

    /// <summary>What a person last heard is at least as high as each alarm that stands and that a carrier would tell him of.</summary>
    void TheHighestIsTold(int seed, River river, Dictionary<string, (long Bulletin, AlarmLevel Level)> standing)
    {
        var bulletins = Bulletins(river);
        var told = Told(river, bulletins).ToDictionary(one => one.Key, one => one.ToList());
        foreach (var (person, lowest) in river.List<(long, AlarmLevel)>("SELECT id, lowest_level FROM recipients"))
        {
            var heard = told.GetValueOrDefault(person, []);
            var highest = heard.Skip(heard.FindLastIndex(one => one.Kind == "allclear") + 1).Select(one => one.Level).DefaultIfEmpty().Max();
            foreach (var (station, (bulletin, level)) in standing)
                if (level >= lowest && !Refuses(seed, bulletin, person))
                    Assert.True(highest >= level, $"{person} heard {highest}, and {level} stands at {station}: {Rows(river, person)}");
        }
    }

    static string Rows(River river, long person) => string.Join("; ", river.List<string>(
        """
        SELECT concat_ws(' ', id, 'of', bulletin_id, carrier, state, 'held by ' || held_by, 'replaced by ' || replaced_by, 'planned', planned_at, 'handed over', handed_over_at,
               'attempts', attempts, 'doubtful', doubtful_at, 'settled', settled_at, last_code, last_answer)
        FROM deliveries WHERE recipient_id = @person ORDER BY id
        """,
        new { person }));

    /// <summary>Of two alarms within a window, of which the second is no higher, only the first is told while it stands; a new rise of the same alarm is another matter.</summary>
    static void OneAWindow(long person, List<Heard> told, Dictionary<long, Heard> bulletins, River river)
    {
        // What a carrier took and never said so, before it was called back, may not have been told: it stands for nothing then.
        var surely = river.List<long>("SELECT DISTINCT bulletin_id FROM deliveries WHERE recipient_id = @person AND state = 'accepted'", new { person }).ToHashSet();
        for (var i = 0; i < told.Count; i++)
            foreach (var later in told.Skip(i + 1))
            {
                var first = told[i];
                var isLastOfItsAlarm = !bulletins.Values.Any(other => other.Station == first.Station && other.Id > first.Id && other.Id <= later.Newest);
                if (first.Kind == "warning" && later.Kind == "warning" && first.Id < later.Id && first.Station != later.Station && surely.Contains(first.Id) && isLastOfItsAlarm)
                    Assert.False(
                        later.Level <= first.Level && later.At - first.At < Duration.FromMinutes(10), $"{later} was told although {first} was: {Rows(river, person)}");
            }
    }

    static void OneAllClearWhenAllIsOver(long person, List<Heard> told, Dictionary<long, Heard> bulletins, River river)
    {
        var mayHaveHeardMore = river.Ask<bool>("SELECT EXISTS (SELECT 1 FROM deliveries WHERE recipient_id = @person AND doubtful_at IS NOT NULL)", new { person });
        Assert.True(told.Count == 0 || told[^1].Kind == "allclear", $"{person} was left with {told.LastOrDefault()}");
        var since = new List<Heard>();
        foreach (var heard in told)
        {
            if (heard.Kind == "warning")
            {
                since.Add(heard);
                continue;
            }
            Assert.True(since.Count > 0 || mayHaveHeardMore, $"{person} heard {heard} for nothing");
            foreach (var warning in since)
                Assert.Contains(bulletins.Values, over => over.Kind == "allclear" && over.Station == warning.Station && over.Id > warning.Id && over.Id <= heard.Newest);
            since.Clear();
        }
    }

    /// <summary>What each person read, in that order; without what a newer bulletin came too late to call back from its carrier.</summary>
    IEnumerable<IGrouping<long, Heard>> Told(River river, Dictionary<long, Heard> bulletins)
    {
        var tooLate = river.List<(long, long)>(
            "SELECT d.recipient_id, d.bulletin_id FROM deliveries d JOIN bulletins b ON b.id = d.bulletin_id WHERE b.kind = 'allclear' AND d.replaced_by IS NOT NULL").ToHashSet();
        lock (_taken)
            return _taken.DistinctBy(one => (one.Recipient, one.Bulletin)).Where(one => !tooLate.Contains((one.Recipient, one.Bulletin)))
                .Select(one => (one.Recipient, Heard: bulletins[one.Bulletin] with { Newest = one.Newest }))
                .ToLookup(one => one.Recipient, one => one.Heard);
    }

    static Dictionary<long, Heard> Bulletins(River river) => river.List<(long Id, string Station, string Kind, AlarmLevel Level, Instant At, Instant? Planned)>(
            "SELECT id, station, kind, level, decided_at, planned_at FROM bulletins")
        .ToDictionary(one => one.Id, one => new Heard(one.Id, one.Station, one.Kind, one.Level, one.Planned ?? one.At, 0));

    ScriptedCarrier Grumpy(string id, int seed)
    {
        var random = new Random(seed);
        var carrier = new ScriptedCarrier(id) { Terms = new(2_000, 4, null) };
        carrier.Answer = letter =>
        {
            int dice;
            lock (random)
                dice = random.Next(100);
            if (carrier.Taken.ContainsKey(letter.Key))
                return Script.Take;
            if (Refuses(id == "zalo" ? seed : seed - 1, letter))
                return No;
            return dice switch
            {
                < 15 => Taken(letter, Script.LoseTheAnswer),
                < 30 => Script.LoseTheRequest,
                < 45 => Script.Busy,
                < 55 when id == "zalo" => No,
                _ => Take(letter),
            };
        };
        return carrier;
    }

    Script Take(Letter letter) => Taken(letter, Script.Take);

    Script Taken(Letter letter, Script script)
    {
        var key = letter.Key.Split('-');
        lock (_taken)
            _taken.Add((long.Parse(key[2]), long.Parse(key[1]), Interlocked.Read(ref _newest)));
        return script;
    }

    static Script No { get; } = new(false, new Receipt.Refused("-1", "no", TryNextCarrier: true));

    /// <summary>In every second storm some warnings reach some people by no carrier at all.</summary>
    static bool Refuses(int seed, Letter letter) =>
        !letter.Wording.Text.StartsWith("Hết", StringComparison.Ordinal) && !letter.Wording.Text.Contains("is over", StringComparison.Ordinal)
        && Refuses(seed, long.Parse(letter.Key.Split('-')[1]), long.Parse(letter.Key.Split('-')[2]));

    static bool Refuses(int seed, long bulletin, long person) => seed % 2 == 1 && (bulletin * 7 + person * 13 + seed) % 6 == 0;

    sealed record Heard(long Id, string Station, string Kind, AlarmLevel Level, Instant At, long Newest);
}

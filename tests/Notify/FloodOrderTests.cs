using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>Who floods first is told first: by ground height, then by distance along the river, whatever their language and whichever carrier tells them.</summary>
public sealed class FloodOrderTests(ITestOutputHelper output) : IDisposable
{
    readonly River _river = new();

    public void Dispose() => _river.Dispose();

    [Fact]
    public void The_rank_follows_ground_height_and_then_the_river_and_who_is_unknown_comes_last()
    {
        Import("3.10,5,vi", "-0.50,9,en", ",2,vi", "3.10,4.5,en", "3.09,9,vi", ",,vi", "3.10,,vi");
        Assert.Equal([2, 5, 4, 1, 7, 3, 6], _river.List<int>("SELECT id FROM recipients ORDER BY flood_rank"));
    }

    [Fact]
    public void A_rank_that_changes_is_reckoned_anew()
    {
        Import("3.10,5,vi", "2.10,5,vi");
        Import("1.10,,vi");
        Assert.Equal([1, 2], _river.List<int>("SELECT id FROM recipients ORDER BY flood_rank"));
        Assert.Equal(5000, _river.Ask<int>("SELECT river_m FROM recipients WHERE id = 1"));
    }

    [Fact]
    public async Task The_carrier_is_given_the_lowest_ground_first()
    {
        var random = new Random(3);
        Import([.. Enumerable.Range(0, 200).Select(_ => $"{random.Next(0, 40) / 10m},{random.Next(0, 20)},{(random.Next(2) == 0 ? "vi" : "en")}")]);
        var told = new List<long>();
        var zalo = new ScriptedCarrier("zalo", letter => letter.Phone.E164[^1] is '3' ? Script.Never : Told(letter)) { Terms = new(100_000, 1, null) };
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [zalo, new ScriptedCarrier("esms")]).Start();
        await engine.Settle();
        var ranks = _river.List<(long Id, long Rank)>("SELECT id, flood_rank FROM recipients").ToDictionary(one => one.Id, one => one.Rank);
        Assert.Equal(180, told.Count);
        Assert.Equal(told.Select(id => ranks[id]).Order(), told.Select(id => ranks[id]));
        // Who is passed on keeps the rank, and is not told after everybody else of the next carrier.
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM deliveries d JOIN recipients r ON r.id = d.recipient_id WHERE d.rank <> r.flood_rank"));

        Script Told(Letter letter)
        {
            told.Add(long.Parse(letter.Key.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture));
            return Script.Take;
        }
    }

    [Fact]
    public async Task A_higher_level_goes_before_the_lowest_ground()
    {
        Import("1,1,vi", "5,1,vi");
        var told = new List<string>();
        var esms = new ScriptedCarrier("esms") { Terms = new(100_000, 1, null) };
        esms.Answer = letter =>
        {
            told.Add(letter.Key[9..^2]);
            return Script.Take;
        };
        var warned = _river.Warn(_river.Episode(), AlarmLevel.I);
        _river.Operations.Write(connection => Dapper.SqlMapper.Execute(connection, "UPDATE bulletins SET rule = 'another' WHERE id = @warned", new { warned }));
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await using var engine = new Engine(_river, [esms]);
        engine.Get<Planner>().Look();
        await engine.Start();
        await engine.Settle();
        Assert.Equal(["2-1", "2-2", "1-1", "1-2"], told);
    }

    [Fact]
    public void A_hundred_thousand_at_as_many_heights_are_planned_from_the_lowest_on()
    {
        Effort.Whole("Ten seconds");
        _river.People(100_000);
        _river.Operations.Write(connection => Dapper.SqlMapper.Execute(connection, Statements.Of("roster-rank").Replace("WHERE", "WHERE id > 0 OR", StringComparison.Ordinal)
            .Replace("ground_mm", "id * 7919 % 100003", StringComparison.Ordinal)));
        using var engine = new Engine(_river, [new ScriptedCarrier("esms")]);
        var planner = engine.Get<Planner>();
        foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.III])
        {
            _river.Warn(_river.Episode(), level);
            var began = Support.RealTime.Provider.GetTimestamp();
            planner.Look();
            output.WriteLine($"level {level}: 100,000 at as many heights planned in {Support.RealTime.Provider.GetElapsedTime(began).TotalMilliseconds:N0} ms");
        }
        var outbox = engine.Get<Outbox>();
        var ranks = _river.List<(string Phone, long Rank)>("SELECT phone, flood_rank FROM recipients").ToDictionary(one => one.Phone, one => one.Rank);
        var claimed = Enumerable.Range(0, 100).SelectMany(_ => outbox.Claim("esms", 0, 100)).Select(delivery => ranks[delivery.Phone.E164]).ToArray();
        Assert.Equal(ranks.Values.Order().Take(10_000), claimed);
    }

    void Import(params string[] people)
    {
        var roster = new Roster(_river.Operations, () => _river.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance);
        var report = roster.Import(new StringReader(
            "name,phone,ward_code,ground_height_m,river_km,language\n" + string.Join('\n', people.Select((person, i) => $"Người {i},{905_000_001 + i},{River.Ward},{person}"))));
        Assert.Empty(report.Rejected);
        Assert.Empty(report.LeftOut);
    }
}

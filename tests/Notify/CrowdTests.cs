using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>A city of 30,000, or of 100,000 with <c>CANHLU_LONG=1</c>: what it takes is written into the test's output and judged by whoever reads it, for no two machines are alike.</summary>
public sealed class CrowdTests(ITestOutputHelper output) : IDisposable
{
    static readonly int Crowd = Effort.Of(30_000, 100_000);

    readonly River _river = new();

    [Fact]
    public void A_broadcast_to_a_crowd_is_planned_in_one_transaction()
    {
        _river.People(Crowd);
        using var engine = new Engine(_river, [new ScriptedCarrier("zalo"), new ScriptedCarrier("esms")]);
        var planner = engine.Get<Planner>();
        var episode = _river.Episode();
        foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
        {
            var bulletin = _river.Warn(episode, level);
            var took = Took(planner.Look);
            Assert.Equal(Crowd, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @bulletin", new { bulletin }));
            output.WriteLine($"level {level}: {Crowd:N0} deliveries planned, older ones replaced, in {took.TotalMilliseconds:N0} ms");
        }
        var counted = Took(() => engine.Ledger.Totals());
        output.WriteLine($"all {3 * Crowd:N0} counted by state in {counted.TotalMilliseconds:N0} ms");
    }

    [Fact]
    public async Task Everyone_of_a_crowd_is_warned_and_gets_an_all_clear()
    {
        _river.People(Crowd);
        var esms = new ScriptedCarrier("esms") { Terms = new(1_000_000, 64, null) };
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.III);
        await using var engine = await new Engine(_river, [esms]).Start();
        var began = RealTime.Provider.GetTimestamp();
        await engine.Settle(seconds: 300);
        var warned = RealTime.Provider.GetElapsedTime(began);
        Assert.Equal(Crowd, esms.Taken.Count);
        _river.AllClear(episode);
        began = RealTime.Provider.GetTimestamp();
        await engine.Settle(seconds: 300);
        var cleared = RealTime.Provider.GetElapsedTime(began);
        Assert.Equal(2 * Crowd, esms.Taken.Count);
        Assert.Equal(2 * Crowd, esms.Asked);
        output.WriteLine($"without a limit: {Crowd / warned.TotalSeconds:N0} warnings/s, {Crowd / cleared.TotalSeconds:N0} all-clears/s, planning included");
    }

    [Fact]
    public async Task The_end_of_a_quota_moves_a_crowd_to_SMS_within_a_minute()
    {
        _river.People(Crowd);
        var esms = new ScriptedCarrier("esms") { Terms = new(1_000_000, 64, null) };
        var zalo = new ScriptedCarrier("zalo", _ => new(false, new Receipt.ChannelStopped("-144", "the quota is used up", "Wait.", TimeSpan.FromMinutes(15))));
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = new Engine(_river, [zalo, esms]);
        engine.Get<Planner>().Look();
        var began = RealTime.Provider.GetTimestamp();
        await engine.Start();
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'esms'") == Crowd, seconds: 60);
        var moved = RealTime.Provider.GetElapsedTime(began);
        await engine.Settle(seconds: 300);
        output.WriteLine($"{Crowd:N0} moved from a stopped carrier to the next in {moved.TotalSeconds:0.0} s, and told in {RealTime.Provider.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.Equal(Crowd, esms.Taken.Count);
        Assert.InRange(moved.TotalSeconds, 0, 60);
    }

    public void Dispose() => _river.Dispose();

    static TimeSpan Took(Action work)
    {
        var began = RealTime.Provider.GetTimestamp();
        work();
        return RealTime.Provider.GetElapsedTime(began);
    }
}

using CanhLu.Archive.Influx;
using CanhLu.GatewaySim;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Notify;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>Carriers and a point store that answer with nonsense.</summary>
public sealed class GarbageTests(ITestOutputHelper output)
{
    const long MostRead = 8 << 20;

    static readonly TimeSpan Slack = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task No_nonsense_of_a_carrier_is_an_acceptance_and_none_is_waited_for_or_read_without_end()
    {
        foreach (var kinds in GarbageServer.Kinds.Keys.Chunk(6))
            await Task.WhenAll(kinds.Select(async kind =>
            {
                await using var server = new GarbageServer(kind);
                await using var esms = CarrierBench.Esms(server.Url.ToString(), timeout: "00:00:01");
                await using var zalo = CarrierBench.Zalo(server.Url.ToString(), timeout: "00:00:01");
                foreach (var bench in (CarrierBench[])[esms, zalo])
                {
                    var began = RealTime.Provider.GetTimestamp();
                    var receipt = await bench.Tell();
                    var took = RealTime.Provider.GetElapsedTime(began);
                    output.WriteLine($"{bench.Carrier.Id}: {kind}: {receipt} after {took.TotalSeconds:0.00} s, {server.Sent >> 10} KiB");
                    // The longer body than its length: what is within the length is no JSON.
                    Assert.True(receipt is Receipt.Ambiguous or Receipt.TryLater, $"{kind}: {receipt}");
                    Assert.True(took < TimeSpan.FromSeconds(1) + Slack, $"{kind}: {took}");
                }
                Assert.True(server.Sent < 2 * MostRead, $"{kind}: {server.Sent} bytes were read");
            }));
    }

    [Fact]
    public async Task No_nonsense_of_a_point_store_is_taken_for_stored_or_refused_for_good()
    {
        foreach (var kinds in GarbageServer.Kinds.Keys.Chunk(6))
            await Task.WhenAll(kinds.Select(async kind =>
            {
                await using var server = new GarbageServer(kind);
                using var link = new InfluxLink(Options.Create(new InfluxOptions { Url = server.Url, Timeout = TimeSpan.FromSeconds(1) }), RealTime.Provider);
                var began = RealTime.Provider.GetTimestamp();
                var answer = await link.Write("stage,device=tk-01 value=1 1"u8.ToArray(), TestContext.Current.CancellationToken);
                var took = RealTime.Provider.GetElapsedTime(began);
                output.WriteLine($"{kind}: {answer} after {took.TotalSeconds:0.00} s, {server.Sent >> 10} KiB");
                // The one that says 400 says so, however long it goes on.
                Assert.True(kind == "a refusal without end" ? answer is InfluxAnswer.Refused : answer is InfluxAnswer.Later, $"{kind}: {answer}");
                Assert.True(took < TimeSpan.FromSeconds(1) + Slack && server.Sent < MostRead, $"{kind}: {took}, {server.Sent} bytes");
            }));
    }

    /// <summary>Zalo answers with nonsense all the time: what it may have is told by eSMS as well, once, and the all-clear reaches everybody.</summary>
    [Theory]
    [InlineData("a page of HTML with 200")]
    [InlineData("a body without end")]
    public async Task Everybody_is_told_by_the_next_carrier_and_once(string kind)
    {
        if (kind == "a body without end")
            Effort.Whole("Half a minute");
        const int People = 20;
        using var river = new River();
        river.People(People);
        await using var garbage = new GarbageServer(kind);
        await using var carriers = await PretendCarriers.Start(
            new GatewaySimOptions { ReceiptDelay = TimeSpan.FromMilliseconds(20) }, RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        var settings = GatewaySettings.Of(carriers.Address, "http://127.0.0.1:1", 500, GatewaySettings.Impatient);
        settings["Carriers:Zalo:BaseUrl"] = garbage.Url.ToString();
        settings["Notify:SetbackLimit"] = "3";
        settings["Notify:AwayAfter"] = "00:00:01";
        await using var engine = await new Engine(river, [], settings).Start();
        var episode = river.Episode();
        var warning = river.Warn(episode, AlarmLevel.II);
        await engine.Settle(60);
        Assert.Equal(People, river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @warning AND carrier = 'esms' AND state IN ('accepted', 'delivered')", new { warning }));
        Assert.Equal(People, river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        var clear = river.AllClear(episode);
        await engine.Settle(60);
        Assert.Equal(0, river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL"));
        Assert.Equal(0, river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND accepted_at IS NOT NULL"));
        var letters = carriers.Letters().Where(letter => letter.Carrier == "esms").ToArray();
        // One warning and one all-clear each, though many doubts were passed on.
        Assert.Equal(People, letters.Count(letter => letter.Key.Split('-')[1] == $"{warning}"));
        Assert.Equal(People, letters.Count(letter => letter.Key.Split('-')[1] == $"{clear}"));
        Assert.Equal(letters.Length, letters.Select(letter => letter.Key).Distinct().Count());
    }
}

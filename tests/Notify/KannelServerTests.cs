using System.Globalization;
using System.Text;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using CanhLu.Tests.Support.Smpp;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>The whole part against Debian's Kannel, which speaks SMPP to a message centre.</summary>
public sealed class KannelServerTests(ITestOutputHelper output) : IAsyncLifetime
{
    const string Secret = "0123456789abcdef";
    const int Unanswered = 5;
    const int Window = 10;
    const int PerSecond = 250;

    readonly River _river = new();
    Wire _back = null!;
    Engine? _engine;

    public async ValueTask InitializeAsync()
    {
        _river.Site = River.Of(["kannel"], together: false);
        _back = await Wire.Open(async (heard, context) => context.Response.StatusCode = await _engine!.Get<Callbacks>().Take(
            heard.Path.Split('/')[2], heard.Path.Split('/')[3], new Callback(heard.Query, Encoding.UTF8.GetBytes(heard.Body), _ => null)));
    }

    [Fact]
    public async Task Messages_reach_their_handsets_and_receipts_their_deliveries_although_the_centre_throttles_and_crashes()
    {
        Effort.Whole("A quarter of a minute");
        await using var smsc = new PretendSmsc { Fate = Fate };
        smsc.Start();
        await using var kannel = await Kannel.Start($"""
            smsc = smpp
            host = 127.0.0.1
            port = {smsc.Port}
            transceiver-mode = true
            smsc-username = canhlu
            smsc-password = smpp
            system-type = ""
            interface-version = 34
            max-pending-submits = {Window}
            reconnect-delay = 1
            enquire-link-interval = 2
            wait-ack = 3
            """, queue: 500);

        // Two hundred with marks, in sixteen bits a letter; then a thousand without, in which the centre crashes.
        await Open(kannel, withMarks: true);
        _river.People(200);
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.I, stage: 1800);
        await Told();
        await _engine!.DisposeAsync();
        Assert.All(smsc.Taken, message => Assert.Equal(8, message.Sm.Coding));
        Assert.Equal(Numbers(200).Where(number => Fate(number) is not null), smsc.Taken.Select(message => message.Sm.To).Distinct().Order());

        smsc.PerSecond = PerSecond;
        await Open(kannel, withMarks: false);
        _river.People(800);
        var bulletin = _river.Warn(episode, AlarmLevel.II, stage: 2300);
        var began = RealTime.Provider.GetTimestamp();
        _engine.Get<BulletinSignal>().Ring();
        await Engine.Until(() => Of(smsc, coding: 0).Count > 150);
        await smsc.Crash(Unanswered);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE last_code = '503'") > 0);
        smsc.Start();
        await Told();
        var took = RealTime.Provider.GetElapsedTime(began);

        var taken = Of(smsc, coding: 0);
        var doubled = taken.GroupBy(message => (message.Sm.To, message.Sm.Concatenation?.Part)).Where(copies => copies.Count() > 1).ToList();
        output.WriteLine(
            $"1,000 messages ({taken.Count} packets) in {took.TotalSeconds:0.0} s with a limit of {PerSecond} a second: {smsc.Throttled} throttled, "
            + $"{doubled.Count} of {Unanswered} without an answer taken twice, {Count("failed")} reported as not deliverable");

        // Nothing lost, and doubled is only what the centre had taken without saying so, which SMPP cannot tell from what it never had.
        Assert.Equal(Numbers(1000).Where(number => Fate(number) is not null), taken.Select(message => message.Sm.To).Distinct().Order());
        Assert.InRange(doubled.Count, 0, Unanswered);
        Assert.All(doubled, copies => Assert.Contains(copies, message => !message.Answered));
        Assert.All(doubled, copies => Assert.Equal(2, copies.Count()));

        // The limit is the centre's; obeyed is it by whoever, once refused, waits: a window's worth of refusals a second at most.
        Assert.All(taken.GroupBy(message => message.Second), second => Assert.InRange(second.Count(), 1, PerSecond));
        Assert.InRange(smsc.Throttled, 1, Window * (int)Math.Ceiling(took.TotalSeconds));

        // Each receipt has found its delivery, by whose fate it is told apart.
        var failed = _river.List<string>("SELECT r.phone FROM deliveries d JOIN recipients r ON r.id = d.recipient_id WHERE d.bulletin_id = @bulletin AND d.state = 'failed' ORDER BY 1", new { bulletin });
        Assert.Equal(Numbers(1000).Where(number => Fate(number) != "DELIVRD").Select(number => $"+{number}"), failed);
        Assert.Equal(1000 - failed.Count, Count("delivered"));
        Assert.Contains("UNDELIV, error 069", _river.Ask<string>("SELECT max(last_answer) FROM deliveries WHERE bulletin_id = @bulletin AND last_code = 'dlr-2'", new { bulletin }), StringComparison.Ordinal);
        Assert.All(taken, message => Assert.NotEqual("", message.Sm.Validity));
        Assert.True(smsc.Asked[SmppPdu.BindTransceiver] >= 2);

        int Count(string state) => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE bulletin_id = @bulletin AND state = @state", new { bulletin, state });
    }

    [Fact]
    public async Task A_letter_of_many_segments_arrives_whole_in_either_coding()
    {
        await using var smsc = new PretendSmsc();
        smsc.Start();
        await using var kannel = await Kannel.Start($"""
            smsc = smpp
            host = 127.0.0.1
            port = {smsc.Port}
            transceiver-mode = true
            smsc-username = canhlu
            smsc-password = smpp
            system-type = ""
            """);
        const string Marks = "Mực nước sông Tam Kỳ lên nhanh [3 cm/giờ] {BĐ III} ~ 2,70 m | ^_^ \\o/ €: ";
        var text = string.Concat(Enumerable.Repeat(Marks, 5));
        var plain = Unaccented.Of(text);
        foreach (var withMarks in (bool[])[false, true])
        {
            await using var bench = CarrierBench.Kannel(kannel.Url, withMarks);
            var known = smsc.Taken.Count;
            Assert.IsType<Receipt.Accepted>(await bench.Carrier.Tell(
                new Letter("k-1-2-k", new PhoneNumber("+84905123456"), new Wording(text, plain, null, System.Collections.Frozen.FrozenDictionary<string, string>.Empty)),
                CancellationToken.None));
            var expected = withMarks ? text : plain;
            var segments = SmsSize.Of(expected).Segments;
            Assert.InRange(segments, 2, 8);
            await Engine.Until(() => smsc.Taken.Count - known == segments);
            Assert.Equal(expected, string.Concat(smsc.Taken.Skip(known).OrderBy(part => part.Sm.Concatenation!.Value.Part).Select(part => part.Sm.Text)));
        }
    }

    [Fact]
    public async Task Wrong_keys_stop_the_channel_with_the_remedy()
    {
        await using var kannel = await Kannel.Start($"smsc = fake\nport = {Kannel.FreePort()}\nconnect-allow-ip = 127.0.0.1");
        await using var bench = new CarrierBench(new()
        {
            ["Carriers:Kannel:Url"] = kannel.Url,
            ["Carriers:Kannel:Username"] = Kannel.User,
            ["Carriers:Kannel:Password"] = "wrong",
            ["Carriers:Kannel:From"] = "CanhLu",
        });
        Assert.Contains("Carriers:Kannel", Assert.IsType<Receipt.ChannelStopped>(await bench.Tell()).Remedy, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        await _back.DisposeAsync();
        _river.Dispose();
    }

    static string? Fate(string number) => number[^2..] switch
    {
        "13" => "UNDELIV",
        "37" => "EXPIRED",
        "59" => "REJECTD",
        "71" => null,
        _ => "DELIVRD",
    };

    static List<SmscMessage> Of(PretendSmsc smsc, byte coding) => [.. smsc.Taken.Where(message => message.Sm.Coding == coding)];

    static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(1, count).Select(i => (84_905_000_000 + i).ToString(CultureInfo.InvariantCulture));

    async Task Told()
    {
        _engine!.Get<BulletinSignal>().Ring();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), RealTime.Provider);
        await _engine.Quiet.WaitForReports(patience.Token);
    }

    async Task Open(Kannel kannel, bool withMarks) => _engine = await new Engine(_river, [], new()
    {
        ["Carriers:Kannel:Url"] = kannel.Url,
        ["Carriers:Kannel:Username"] = Kannel.User,
        ["Carriers:Kannel:Password"] = Kannel.Password,
        ["Carriers:Kannel:From"] = "CanhLu",
        ["Carriers:Kannel:WithMarks"] = withMarks ? "true" : "false",
        ["Carriers:Kannel:RatePerSecond"] = "1000",
        ["Carriers:Kannel:CallbackBaseUrl"] = _back.Address,
        ["Carriers:Kannel:CallbackSecret"] = Secret,
    }).Start();
}

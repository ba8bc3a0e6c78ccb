using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Dapper;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>A carrier that accepts and says nothing more: the next one tells it as well, once, and only to whom it is still to be told.</summary>
public sealed class SilenceTests : IDisposable
{
    readonly River _river = new();
    readonly FakeClock _clock = new(River.Now);
    readonly ScriptedCarrier _zalo = new("zalo") { Terms = new(100_000, 16, null) { ReceiptWithin = Receipts.Wait } };
    readonly ScriptedCarrier _esms = new("esms");

    [Fact]
    public async Task What_is_accepted_and_not_reported_in_time_is_told_by_the_next_carrier_as_well_and_once()
    {
        _river.People(3);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await Open();
        var keys = _river.List<string>("SELECT key FROM deliveries ORDER BY id");
        await engine.Report(keys[0], new Receipt.Delivered());
        await engine.Report(keys[1], new Receipt.Seen());
        Assert.Equal(1, _river.Awaited());
        await engine.FallSilent(_river);
        Assert.Equal("+84905000003", Assert.Single(_esms.Taken).Value.Phone.E164);
        Assert.Equal("accepted esms no_receipt", _river.Ask<string>("SELECT state || ' ' || next_carrier || ' ' || next_why FROM deliveries WHERE key = @Key", new { Key = keys[2] }));
        Assert.Equal(1, engine.Ledger.Totals().Single(count => count is { Carrier: "zalo", State: DeliveryState.Accepted }).PassedOn);
        Assert.Equal(1, new Outcomes(_river.Operations).ByCarrier([1]).Single(one => one.Carrier == "zalo").NoReceipt);
        Assert.Equal((3, 1, 0), (_zalo.Asked, _esms.Asked, _river.Awaited()));
    }

    [Fact]
    public async Task A_report_that_comes_late_changes_nothing_but_the_state()
    {
        _river.People(2);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await Open();
        await engine.FallSilent(_river);
        var keys = _river.List<string>("SELECT key FROM deliveries WHERE carrier = 'zalo' ORDER BY id");
        Assert.Equal(Settled.News, await engine.Report(keys[0], new Receipt.Delivered()));
        Assert.Equal(Settled.News, await engine.Report(keys[1], new Receipt.Refused("-114", "inactive", TryNextCarrier: true)));
        await engine.Settle();
        Assert.Equal(
            ["delivered esms no_receipt", "failed esms no_receipt"],
            _river.List<string>("SELECT state || ' ' || next_carrier || ' ' || next_why FROM deliveries WHERE carrier = 'zalo' ORDER BY id"));
        Assert.Equal((2, 2), (_esms.Asked, _river.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL AND unreachable_at IS NULL")));
        Assert.Equal(0, engine.Ledger.Totals().Single(count => count.State == DeliveryState.Delivered).PassedOn);
    }

    public static TheoryData<string, bool> NoLonger => new MatrixTheoryData<string, bool>(
        ["stopped", "expired", "a newer warning", "the all-clear", "opted out", "erased", "both at once", "no next carrier"], [false, true]);

    [Theory]
    [MemberData(nameof(NoLonger))]
    public async Task Who_is_to_be_told_no_longer_or_was_told_already_is_not_told_by_the_next_carrier_after_a_silence_or_a_late_refusal(string why, bool refused)
    {
        if (why == "both at once")
            _river.Site = River.Of(["zalo", "esms"], together: true);
        if (why == "no next carrier")
            (_river.Site, _esms.Answer) = (River.Of(["esms", "zalo"], together: false), _ => Script.Never);
        _river.People(1);
        var episode = _river.Episode();
        var warning = _river.Warn(episode, AlarmLevel.II);
        await using var engine = await Open();
        switch (why)
        {
            case "stopped":
                _river.Operations.Write(connection => connection.Execute("UPDATE bulletins SET stopped_at = 1, stopped_by = 'An'"));
                break;
            case "expired":
                _clock.AdvanceHours(7);
                break;
            case "a newer warning":
                _river.Warn(episode, AlarmLevel.III);
                break;
            case "the all-clear":
                _river.AllClear(episode);
                break;
            case "opted out":
                engine.Get<OptOuts>().OptOut(new PhoneNumber("+84905000001"), "An", "by telephone");
                break;
            case "erased":
                new Erasure(_river.Operations, _clock).Erase(new PhoneNumber("+84905000001"), "An", "asked for");
                break;
        }
        await engine.Settle();
        if (refused)
            await engine.Report(_river.Ask<string>("SELECT key FROM deliveries WHERE bulletin_id = @warning AND carrier = 'zalo'", new { warning }), new Receipt.Refused("-114", "inactive", TryNextCarrier: true));
        // Only this one is overdue; what replaced it has its own time.
        _river.Operations.Write(connection => connection.Execute("UPDATE deliveries SET receipt_due_at = 0 WHERE receipt_due_at IS NOT NULL AND bulletin_id = @warning", new { warning }));
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE receipt_due_at IS NOT NULL AND bulletin_id = @warning", new { warning }) == 0);
        await engine.Settle();
        Assert.Equal(why is "both at once" or "no next carrier" ? 1 : 0, _esms.Asked);
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE carrier = 'zalo' AND next_carrier IS NOT NULL"));
    }

    [Fact]
    public async Task Who_opted_out_is_told_of_level_III_and_of_the_end_by_the_next_carrier_all_the_same()
    {
        _river.People(1);
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.III);
        await using var engine = await Open();
        engine.Get<OptOuts>().OptOut(new PhoneNumber("+84905000001"), "An", "by telephone");
        await engine.FallSilent(_river);
        Assert.Equal(1, _esms.Asked);
        _river.AllClear(episode);
        await engine.Settle();
        await engine.FallSilent(_river);
        Assert.Equal((2, 2), (_zalo.Asked, _esms.Asked));
    }

    [Fact]
    public async Task Whoever_both_carriers_told_is_owed_one_all_clear_and_an_unreported_one_is_told_again_without_a_new_debt()
    {
        _river.People(5);
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.II);
        await using var engine = await Open();
        await engine.FallSilent(_river);
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal((5, 5, 10), Debts());
        await engine.FallSilent(_river);
        Assert.Equal((5, 5, 10), Debts());
        Assert.Equal((10, 10), (_zalo.Taken.Count, _esms.Taken.Count));

        (int Made, int Paid, int Zalo) Debts() =>
            engine.Ledger.Debts().Select(debt => ((int)debt.Made, (int)debt.Paid, _zalo.Taken.Count)).Single();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_often_the_engine_is_killed_everyone_is_told_by_the_next_carrier_once(int seed)
    {
        const int People = 2_500;
        var random = new Random(seed);
        var zalo = new ScriptedCarrier("zalo") { Terms = new(100_000, 16, null) { ReceiptWithin = TimeSpan.FromMilliseconds(1) } };
        _river.People(People);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        var engine = await new Engine(_river, [zalo, _esms]).Start();
        for (var kill = 0; kill < 4; kill++)
        {
            var until = random.Next(People * kill / 4, People * (kill + 1) / 4);
            await Engine.Until(() => _esms.Taken.Count >= until);
            _river.PullThePlug();
            await engine.Die();
            _river.Reopen();
            engine = await new Engine(_river, [zalo, _esms]).Start();
        }
        await using var last = engine;
        await Engine.Until(() => _esms.Taken.Count == People);
        await engine.Settle();
        Assert.Equal((People, 0), (_river.Ask<int>("SELECT count(*) FROM deliveries WHERE next_why = 'no_receipt'"), _river.Awaited()));
        Assert.Equal(2 * People, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted'"));
        Assert.Equal(People, _esms.Taken.Count);
    }

    [Fact]
    public async Task The_wait_is_real_time_whatever_the_engines_clock_says()
    {
        _river.People(1);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        var from = RealTime.Provider.GetUtcNow() + Receipts.Wait;
        await using var engine = await Open();
        var due = DateTimeOffset.UnixEpoch.AddMicroseconds(_river.Ask<long>("SELECT receipt_due_at FROM deliveries"));
        Assert.InRange(due, from.AddSeconds(-1), RealTime.Provider.GetUtcNow() + Receipts.Wait);
        _clock.AdvanceHours(2);
        Assert.Empty(engine.Get<Silences>().PassOn());
    }

    [Fact]
    public void However_many_are_accepted_a_look_is_a_search_in_an_index()
    {
        const string Waiting = "deliveries_receipt_due";
        var parameters = new { carrier = "zalo", due = River.Now, now = River.Now, MostOptedOut = AlarmLevel.II, atMost = 1000, ids = new[] { "m-1", "m-2" } };
        foreach (var (statement, index) in ((string, string)[])
            [(Statements.Of("receipt-any"), Waiting), (Silences.Find, Waiting), (Statements.Of("ask-find"), Waiting), (Statements.Of("zalo-keys"), "deliveries_zalo")])
        {
            var plan = _river.Operations.Read(connection => connection
                .Query<(long Id, long Parent, long Unused, string Detail)>($"EXPLAIN QUERY PLAN {statement}", parameters)
                .Select(step => step.Detail).ToList());
            Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW");
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Zalo_is_waited_for_a_minute_unless_it_cannot_report_or_shall_not_be()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), Terms(new()));
        Assert.Null(Terms(new() { ["Carriers:Zalo:CallbackSecret"] = null }));
        Assert.Null(Terms(new() { ["Carriers:Zalo:ReceiptWithin"] = "" }));

        TimeSpan? Terms(Dictionary<string, string?> more)
        {
            var settings = GatewaySettings.Of(new Uri("http://127.0.0.1:1"), "http://127.0.0.1:1", 10);
            foreach (var (key, value) in more)
                settings[key] = value;
            using var engine = new Engine(_river, [], settings);
            return engine.Get<IEnumerable<ICarrier>>().Single(carrier => carrier.Id == "zalo").Terms.ReceiptWithin;
        }
    }

    public void Dispose() => _river.Dispose();

    async Task<Engine> Open()
    {
        var engine = await new Engine(_river, [_zalo, _esms], clock: _clock).Start();
        await engine.Settle();
        return engine;
    }
}

using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>A carrier that can be asked is asked about what it accepted and did not report on: seldom, after the letters, and never faster than agreed.</summary>
public sealed class QuestionTests : IDisposable
{
    readonly River _river = new() { Site = River.Of(["esms"], together: false) };

    [Fact]
    public async Task A_report_that_is_lost_is_asked_for_and_ends_as_what_it_would_have_said()
    {
        await using var sim = await PretendCarriers.Start(
            new GatewaySimOptions { ReceiptDelay = TimeSpan.FromMilliseconds(5), Undelivered = 0.3, Misbehaviours = [new Misbehaviour("esms", Mode.ReceiptsLost)] },
            RealTime.Clock, RealTime.Provider, TestContext.Current.CancellationToken);
        await using var engine = await new Engine(_river, [], new(GatewaySettings.Of(sim.Address, sim.Address.ToString(), 1000))
        {
            ["Carriers:Esms:AskAfter"] = "00:00:00.050",
        }).Start();
        _river.People(40);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state IN ('delivered', 'failed')") == 40);
        var (delivered, failed) = (sim.Stats.Esms.Delivered, sim.Stats.Esms.Failed);
        Assert.Equal((40, 0), (delivered + failed, sim.Stats.Esms.Receipts));
        Assert.Equal((delivered, failed, 0), (Count("delivered"), Count("failed"), _river.Awaited()));
        Assert.True(failed > 0 && delivered > 0);

        long Count(string state) => _river.Ask<long>("SELECT count(*) FROM deliveries WHERE state = @state", new { state });
    }

    [Fact]
    public async Task It_is_asked_a_few_times_with_doubling_waits_and_never_after_the_letters_time()
    {
        var clock = new FakeClock(River.Now);
        var asked = 0;
        var esms = Asking(_ =>
        {
            asked++;
            return Task.FromResult<Receipt?>(null);
        });
        _river.People(1);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [esms], clock: clock).Start();
        await engine.Settle();
        for (var time = 1; time <= Questions.Most; time++)
        {
            var before = RealTime.Provider.GetUtcNow();
            _river.Overdue();
            await Engine.Until(() => asked == time);
            if (time < Questions.Most)
            {
                var wait = DateTimeOffset.UnixEpoch.AddMicroseconds(_river.Ask<long>("SELECT receipt_due_at FROM deliveries")) - before;
                Assert.InRange(wait, Receipts.Wait * Math.Pow(2, time), (Receipts.Wait * Math.Pow(2, time)) + TimeSpan.FromMinutes(1));
            }
        }
        Assert.Equal((0, "accepted"), (_river.Awaited(), _river.Ask<string>("SELECT state FROM deliveries")));
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await engine.Settle();
        clock.AdvanceHours(7);
        _river.Overdue();
        await Engine.Until(() => _river.Awaited() == 0);
        Assert.Equal(Questions.Most, asked);
    }

    [Fact]
    public async Task Questions_hold_a_quarter_of_the_slots_and_letters_go_before_them()
    {
        var (asked, gate) = (0, new TaskCompletionSource());
        var esms = Asking(async _ =>
        {
            Interlocked.Increment(ref asked);
            await gate.Task;
            return new Receipt.Delivered();
        });
        _river.People(30);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        _river.Overdue();
        await Engine.Until(() => asked == 2);
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await engine.Settle();
        Assert.Equal((60, 2), (esms.Taken.Count, asked));
        gate.SetResult();
        await Engine.Until(() => asked == 30);
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 30);
    }

    [Fact]
    public async Task Letters_and_questions_together_are_never_more_in_a_second_than_agreed()
    {
        const int Rate = 40;
        var times = new List<long>();
        var esms = Asking(_ =>
        {
            Note();
            return Task.FromResult<Receipt?>(new Receipt.Delivered());
        }, Rate);
        esms.Answer = _ =>
        {
            Note();
            return Script.Take;
        };
        _river.People(40);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await using var engine = await new Engine(_river, [esms]).Start();
        await engine.Settle();
        _river.Overdue();
        await Engine.Until(() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'delivered'") == 40);
        Assert.Equal(80, times.Count);
        for (var i = Rate; i < times.Count; i++)
            Assert.True(times[i] - times[i - Rate] >= RealTime.Provider.TimestampFrequency * 0.99, $"{Rate + 1} in a second from the {i - Rate}th on");

        void Note()
        {
            lock (times)
                times.Add(RealTime.Provider.GetTimestamp());
        }
    }

    [Theory]
    [InlineData("""{"CodeResponse":"100","SendStatus":5,"SendSuccess":1,"SendFailed":0}""", typeof(Receipt.Delivered))]
    [InlineData("""{"CodeResponse":100,"SendStatus":"5","SendSuccess":"0","SendFailed":"1"}""", typeof(Receipt.Refused))]
    [InlineData("""{"CodeResponse":"100","SendStatus":"4"}""", typeof(Receipt.Refused))]
    [InlineData("""{"CodeResponse":"100","SendStatus":"7"}""", null)]
    [InlineData("""{"CodeResponse":"105"}""", null)]
    [InlineData("<html>", null)]
    public async Task What_eSMS_says_is_the_end_or_nothing(string answer, Type? receipt)
    {
        await using var wire = await Wire.Saying(answer);
        await using var bench = CarrierBench.Esms(wire.Address);
        Assert.Equal(receipt, (await bench.Carrier.Ask("s1", TestContext.Current.CancellationToken))?.GetType());
        Assert.Equal("?RefId=s1&ApiKey=api-key&SecretKey=secret-key", Assert.Single(wire.Heard).Query);
    }

    [Fact]
    public async Task Questions_that_fail_do_not_hold_up_letters()
    {
        await using var wire = await Wire.Saying("no", 500);
        await using var bench = CarrierBench.Esms(wire.Address);
        for (var time = 0; time < 15; time++)
            Assert.Null(await bench.Carrier.Ask("s1", TestContext.Current.CancellationToken));
        wire.Answer = Wire.Say("""{"CodeResult":"100","SMSID":"s2"}""");
        Assert.IsType<Receipt.Accepted>(await bench.Tell());
    }

    public void Dispose() => _river.Dispose();

    static ScriptedCarrier Asking(Func<string, Task<Receipt?>> say, int rate = 100_000) =>
        new("esms") { Terms = new(rate, 8, null) { AskAfter = Receipts.Wait }, Say = say };
}

using System.Text;
using CanhLu.GatewaySim.Zalo;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What recipients write to us.</summary>
public sealed class ReplyBookTests : IAsyncLifetime
{
    const string Secret = "0123456789abcdef";
    const string User = "5678901234567890123";

    readonly River _river = new();
    Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await new Engine(_river, [], new()
    {
        ["Carriers:Zalo:AppId"] = "1234",
        ["Carriers:Zalo:AppSecret"] = "app-secret",
        ["Carriers:Zalo:OaSecret"] = "oa-secret",
        ["Carriers:Zalo:RefreshToken"] = "refresh-0",
        ["Carriers:Zalo:CallbackSecret"] = Secret,
        ["Carriers:Kannel:Username"] = "canhlu",
        ["Carriers:Kannel:Password"] = "kannel-pass",
        ["Carriers:Kannel:From"] = "CanhLu",
        ["Carriers:Kannel:CallbackSecret"] = Secret,
    }).Start();

    [Fact]
    public async Task A_word_in_the_chat_is_kept_once_and_known_by_whom_since_a_report_has_named_the_user()
    {
        _river.People(2);
        var bulletin = _river.Warn(_river.Episode(), AlarmLevel.II, notAfter: River.Now - NodaTime.Duration.FromHours(1));
        _river.Operations.Write(connection => Dapper.SqlMapper.Execute(
            connection,
            "INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, level, state, not_after, planned_at) VALUES (@bulletin, 2, 'zalo', 'k-1-2-z', 2, 'accepted', 0, 0)",
            new { bulletin }));
        var came = 0;
        var replies = _engine.Get<ReplyBook>();
        replies.Came += () => came++;
        const string Word = $$$"""{"app_id":"1234","event_name":"user_send_text","timestamp":"1626926349402","sender":{"id":"{{{User}}}"},"recipient":{"id":"9876543210987654321"},"message":{"text":"DỪNG","msg_id":"96d3cdf3af150460909"}}""";
        Assert.Equal(200, await Zalo(Word));
        Assert.Equal(200, await Zalo(Word));
        Assert.Null(Assert.Single(replies.After(0, 10)).Recipient);
        Assert.Equal(200, await Zalo($$$"""{"app_id":"1234","event_name":"user_received_message","timestamp":"1626926349402","sender":{"id":"9876543210987654321"},"recipient":{"id":"{{{User}}}"},"message":{"delivery_time":"1626926349500","tracking_id":"k-1-2-z","msg_id":"m"}}"""));
        var reply = Assert.Single(replies.After(0, 10));
        Assert.Equal(("zalo", User, "DỪNG", 2L, 1), (reply.Carrier, reply.From, reply.Text, reply.Recipient, came));
        Assert.Empty(replies.After(reply.Id, 10));
        Assert.Equal(403, await Zalo(Word, signature: "mac=00"));
    }

    [Fact]
    public async Task Of_whoever_is_erased_no_word_and_no_number_is_left()
    {
        _river.People(2);
        foreach (var from in (string[])["0905000001", "0905000002"])
            Assert.Equal(200, await _engine.Get<Callbacks>().Take("kannel", Secret, new Callback($"?from={from}&text=cam on&id={from}", default, _ => null)));
        Assert.Equal(1, new Erasure(_river.Operations, new NodaTime.Testing.FakeClock(River.Now)).Erase(new PhoneNumber("+84905000001"), "Lan", null));
        var left = _engine.Get<ReplyBook>().After(0, 10);
        Assert.Equal([("erased", ""), ("0905000002", "cam on")], left.Select(reply => (reply.From, reply.Text)));
        Assert.Null(left[0].Phone);
    }

    [Fact]
    public async Task A_no_by_SMS_is_done_once_and_an_officers_answer_is_no_residents_wish()
    {
        _river.People(2);
        var answered = new List<(string, string)>();
        _engine.Get<ReplyReader>().IsTaken = (phone, text) =>
        {
            answered.Add((phone, text));
            return text == "123456";
        };
        foreach (var (from, text) in new[] { ("0905000001", "HUY"), ("0905000002", "123456") })
            Assert.Equal(200, await _engine.Get<Callbacks>().Take("kannel", Secret, new Callback($"?from={from}&text={text}&id={from}", default, _ => null)));
        await Engine.Until(() => _river.Ask<string>("SELECT value FROM settings WHERE name = 'replies_read'") == "2");
        Assert.Equal(1, _river.Ask<long>("SELECT id FROM recipients WHERE opted_out_at IS NOT NULL"));
        Assert.Equal([("+84905000001", "HUY"), ("+84905000002", "123456")], answered);
        Assert.Equal(0, _engine.Get<ReplyReader>().Settle());
    }

    [Fact]
    public async Task An_SMS_is_known_by_its_number_however_it_is_written()
    {
        _river.People(3);
        foreach (var from in (string[])["%2B84905000003", "84905000003", "0905000003"])
            Assert.Equal(200, await _engine.Get<Callbacks>().Take("kannel", Secret, new Callback($"?from={from}&text=DUNG&id={from}", default, _ => null)));
        Assert.Equal([3L, 3L, 3L], _engine.Get<ReplyBook>().After(0, 10).Select(reply => reply.Recipient!.Value));
    }

    [Fact]
    public async Task The_carrier_does_not_wait_for_a_held_store_but_is_told_to_come_again()
    {
        const string Word = $$$"""{"app_id":"1234","event_name":"user_send_text","timestamp":"1","sender":{"id":"{{{User}}}"},"message":{"text":"DỪNG","msg_id":"m-1"}}""";
        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var holder = Task.Run(() => _river.Operations.Write(_ =>
        {
            held.Set();
            return release.Wait(TimeSpan.FromSeconds(30));
        }));
        held.Wait(TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(
            Zalo(Word),
            Zalo("""{"app_id":"1234","event_name":"user_received_message","timestamp":"1","message":{"delivery_time":"1","tracking_id":"k-1-2-z"}}"""));
        Assert.Equal([503, 503], answers);
        Assert.False(holder.IsCompleted);
        release.Set();
        Assert.True(await holder);
        Assert.Equal(200, await Zalo(Word));
        Assert.Single(_engine.Get<ReplyBook>().After(0, 10));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _river.Dispose();
    }

    Task<int> Zalo(string body, string? signature = null) => _engine.Get<Callbacks>().Take("zalo", Secret, new Callback(
        "", Encoding.UTF8.GetBytes(body),
        name => name == ZaloSignature.Header
            ? signature ?? ZaloSignature.Of("1234", body, System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("timestamp").GetString()!, "oa-secret")
            : null));
}

using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Notify.Carriers.Zalo;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>A refresh token works once: what becomes of the chain when the disk is full, the engine dies, or nothing is sent for months.</summary>
public sealed class ZaloTokenTests : IDisposable
{
    const string Ok = """{"error":0,"message":"Success","data":{"msg_id":"m-1"}}""";
    const string Expired = """{"error":-124,"message":"Access token invalid"}""";

    readonly River _river = new();
    readonly FakeClock _clock = new(River.Now);

    [Fact]
    public async Task While_the_disk_is_full_a_new_pair_is_neither_used_nor_lost_nor_asked_for_again()
    {
        var access = new string('a', 20_000);
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token" ? $$"""{"access_token":"{{access}}","refresh_token":"refresh-1"}"""
            : heard.Headers["access_token"] == access ? Ok : Expired));
        using var engine = Open(wire.Address);
        var zalo = Zalo(engine);
        _river.Operations.Write(connection => connection.Execute("PRAGMA max_page_count = 1"));
        for (var i = 0; i < 3; i++)
            Assert.True(Assert.IsType<Receipt.TryLater>(await Tell(zalo)) is { Everyone: true, After.Ticks: > 0 });
        Assert.Equal(("access-0", 1), (_river.Ask<string>("SELECT access_token FROM carrier_tokens"), Renewals(wire)));
        Assert.DoesNotContain(wire.Heard, heard => heard.Headers.GetValueOrDefault("access_token") == access);
        _river.Operations.Write(connection => connection.Execute("PRAGMA max_page_count = 1073741823"));
        Assert.IsType<Receipt.TryLater>(await Tell(zalo));
        Assert.IsType<Receipt.Accepted>(await Tell(zalo));
        Assert.Equal((access, 1), (_river.Ask<string>("SELECT access_token FROM carrier_tokens"), Renewals(wire)));
    }

    [Theory]
    [InlineData("a\\nb", "refresh-1")]
    [InlineData("access-1", "\\u0000")]
    [InlineData("mã", "refresh-1")]
    [InlineData("", "refresh-1")]
    public async Task What_cannot_stand_in_a_header_is_no_token_and_the_channel_says_so(string access, string refresh)
    {
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token" ? $$"""{"access_token":"{{access}}","refresh_token":"{{refresh}}"}""" : Expired));
        using var engine = Open(wire.Address);
        Assert.IsType<Receipt.ChannelStopped>(await Tell(Zalo(engine)));
        Assert.Equal("access-0", _river.Ask<string>("SELECT access_token FROM carrier_tokens"));
    }

    [Fact]
    public async Task Killed_before_the_new_pair_is_on_disk_it_was_never_used_and_the_channel_says_what_to_do()
    {
        var spent = false;
        await using var wire = await Wire.Open((heard, context) =>
        {
            if (heard.Path != "/v4/oa/access_token")
                return context.Response.WriteAsync(heard.Headers["access_token"] == "access-1" ? Ok : Expired);
            if (spent)
                return context.Response.WriteAsync("""{"error":-14014,"error_name":"Invalid refresh token"}""");
            spent = true;
            _river.PullThePlug();
            return context.Response.WriteAsync("""{"access_token":"access-1","refresh_token":"refresh-1"}""");
        });
        using (var dying = Open(wire.Address))
            await Assert.ThrowsAnyAsync<Exception>(() => Tell(Zalo(dying)));
        _river.Reopen();
        using var engine = Open(wire.Address);
        Assert.Contains("RefreshToken", Assert.IsType<Receipt.ChannelStopped>(await Tell(Zalo(engine))).Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(wire.Heard, heard => heard.Headers.GetValueOrDefault("access_token") == "access-1");
    }

    [Fact]
    public async Task Killed_after_the_new_pair_is_on_disk_the_next_engine_goes_on_with_it()
    {
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token" ? """{"access_token":"access-1","refresh_token":"refresh-1"}"""
            : heard.Headers["access_token"] == "access-1" ? Ok : Expired));
        using (var dying = Open(wire.Address))
            Assert.IsType<Receipt.TryLater>(await Tell(Zalo(dying)));
        _river.PullThePlug();
        _river.Reopen();
        using var engine = Open(wire.Address);
        Assert.IsType<Receipt.Accepted>(await Tell(Zalo(engine)));
        Assert.Equal(1, Renewals(wire));
    }

    [Theory]
    [InlineData("-14014", "used before")]
    [InlineData("-14020", "three months")]
    [InlineData("-14004", "no reason given")]
    public async Task A_burnt_refresh_token_is_an_alarm_in_plain_words_and_SMS_goes_on(string code, string words)
    {
        await using var wire = await Wire.Open((heard, context) => context.Response.WriteAsync(
            heard.Path == "/v4/oa/access_token" ? $$"""{"error":{{code}}}""" : Expired));
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [esms], Settings(wire.Address), _clock).Start();
        _river.People(20);
        _river.Warn(_river.Episode(), AlarmLevel.II);
        await engine.Settle();
        Assert.Equal(20, esms.Taken.Count);
        var state = engine.Dispatch.Carriers.Single(state => state.Carrier == "zalo");
        Assert.Equal((CarrierStanding.Stopped, code), (state.Standing, state.Code));
        Assert.Contains(words, state.Reason, StringComparison.Ordinal);
        Assert.Contains("Carriers:Zalo:RefreshToken", state.Remedy, StringComparison.Ordinal);
        Assert.Equal((code, state.Remedy), (state.Concern!.Code, state.Concern.Remedy));
    }

    [Fact]
    public async Task In_the_dry_season_the_pair_is_renewed_by_the_week_although_nothing_is_sent()
    {
        await using var wire = await Wire.Open((heard, context) =>
            context.Response.WriteAsync($$"""{"access_token":"access-{{heard.Body}}+","refresh_token":"{{heard.Body.Split('=')[^1]}}+"}"""));
        using var engine = Open(wire.Address);
        var (watch, lines) = Watch(engine);
        for (var hour = 0; hour < 24 * 120; hour++)
        {
            await watch.Look(TestContext.Current.CancellationToken);
            _clock.Advance(Duration.FromHours(1));
        }
        Assert.InRange(Renewals(wire), 120 / 7, (120 / 7) + 1);
        Assert.Equal("", lines.All);
        Assert.Null(engine.Get<ZaloTokens>().Concern);
    }

    [Fact]
    public async Task An_end_that_comes_near_is_said_once_a_day_from_two_weeks_before_and_ends_with_a_renewal()
    {
        await using var wire = await Wire.Saying("down", 503);
        _ = Open(wire.Address).Get<ZaloTokens>();
        // The age counts from when the token was first seen, also after restarts.
        _clock.Advance(Duration.FromDays(75));
        using var engine = Open(wire.Address);
        var tokens = engine.Get<ZaloTokens>();
        var (watch, lines) = Watch(engine);
        await watch.Look(TestContext.Current.CancellationToken);
        Assert.Equal((null, ""), (tokens.Concern, lines.All));
        _clock.Advance(Duration.FromDays(1));
        for (var hour = 0; hour < 48; hour += 8)
        {
            await watch.Look(TestContext.Current.CancellationToken);
            _clock.Advance(Duration.FromHours(8));
        }
        Assert.Equal(("token-ends", River.Now + Duration.FromDays(90)), (tokens.Concern!.Code, tokens.Concern.By));
        Assert.Equal(2, lines.Of(5033).Length);
        wire.Answer = Wire.Say("""{"access_token":"access-1","refresh_token":"refresh-1"}""");
        await watch.Look(TestContext.Current.CancellationToken);
        Assert.Null(tokens.Concern);
    }

    [Fact]
    public async Task A_new_access_token_in_the_configuration_counts_until_the_first_renewal()
    {
        await using var wire = await Wire.Saying(Ok);
        Open(wire.Address).Get<ZaloTokens>();
        var settings = Settings(wire.Address);
        settings["Carriers:Zalo:AccessToken"] = "access-by-hand";
        using var engine = new Engine(_river, [], settings, _clock);
        await Tell(Zalo(engine));
        Assert.Equal("access-by-hand", wire.Heard[0].Headers["access_token"]);
    }

    public void Dispose() => _river.Dispose();

    static int Renewals(Wire wire) => wire.Heard.Count(heard => heard.Path == "/v4/oa/access_token");

    static ICarrier Zalo(Engine engine) => engine.Get<IEnumerable<ICarrier>>().Single();

    static Task<Receipt> Tell(ICarrier zalo) => zalo.Tell(
        new Letter("k-1-2-z", new PhoneNumber("+84905123456"), new Wording("Mực nước", "Muc nuoc", "410301", System.Collections.Frozen.FrozenDictionary<string, string>.Empty)),
        CancellationToken.None);

    static Dictionary<string, string?> Settings(string address) => new()
    {
        ["Carriers:Zalo:BaseUrl"] = address,
        ["Carriers:Zalo:OAuthUrl"] = address,
        ["Carriers:Zalo:AppId"] = "1234",
        ["Carriers:Zalo:AppSecret"] = "app-secret",
        ["Carriers:Zalo:AccessToken"] = "access-0",
        ["Carriers:Zalo:RefreshToken"] = "refresh-0",
    };

    (ZaloTokenWatch Watch, Lines<ZaloTokenWatch> Lines) Watch(Engine engine)
    {
        var lines = new Lines<ZaloTokenWatch>();
        return (new ZaloTokenWatch(engine.Get<ZaloTokens>(), engine.Get<IOptions<ZaloOptions>>(), _clock, RealTime.Provider, lines), lines);
    }

    Engine Open(string address) => new(_river, [], Settings(address), _clock);
}

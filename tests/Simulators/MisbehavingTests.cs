using System.Text.Json;
using CanhLu.GatewaySim;
using CanhLu.GatewaySim.Misbehaving;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class MisbehavingTests
{
    [Fact]
    public async Task A_lost_answer_has_taken_the_message_and_the_same_key_tells_so()
    {
        await using var client = await CarrierClient.Start();
        await client.Misbehave("""{"carrier":"esms","mode":"lost-answer","count":1}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Sms("r1"));

        Assert.Single(client.Carriers.Letters());
        Assert.Equal("124", (await client.Sms("r1")).GetProperty("CodeResult").GetString());
        Assert.Equal(0, client.Carriers.Stats.Total.Duplicates);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("http500")]
    [InlineData("not-json")]
    public async Task A_broken_answer_has_taken_nothing(string mode)
    {
        await using var client = await CarrierClient.Start();
        await client.Misbehave($$"""{"carrier":"zalo","mode":"{{mode}}","count":1}""");

        var broken = await Record.ExceptionAsync(() => client.Zalo("t1"));

        Assert.True(broken is HttpRequestException or JsonException, $"{broken}");
        Assert.Empty(client.Carriers.Letters());
        Assert.Equal(0, (await client.Zalo("t1")).GetProperty("error").GetInt32());
    }

    [Theory]
    [InlineData("quota", "103", -144)]
    [InlineData("tps", "160", -32)]
    public async Task Refusals_have_each_carriers_own_code(string mode, string esms, int zalo)
    {
        await using var client = await CarrierClient.Start();
        await client.Misbehave($$"""{"carrier":"esms","mode":"{{mode}}","count":1}""");
        await client.Misbehave($$"""{"carrier":"zalo","mode":"{{mode}}","count":1}""");

        Assert.Equal(esms, (await client.Sms("r1")).GetProperty("CodeResult").GetString());
        Assert.Equal(zalo, (await client.Zalo("t1")).GetProperty("error").GetInt32());
        Assert.Equal("100", (await client.Sms("r1")).GetProperty("CodeResult").GetString());
    }

    [Fact]
    public async Task A_rate_lets_so_many_through_a_second()
    {
        await using var client = await CarrierClient.Start(new GatewaySimOptions { EsmsPerSecond = 5 });

        var codes = new List<string?>();
        for (var i = 0; i < 8; i++)
        {
            codes.Add((await client.Sms($"r{i}")).GetProperty("CodeResult").GetString());
        }

        // The eight may fall into two seconds, never into three.
        Assert.InRange(codes.Count(code => code == "100"), 5, 8);
        Assert.All(codes, code => Assert.True(code is "100" or "160"));
    }

    [Fact]
    public async Task A_wrong_order_is_refused_with_a_sentence()
    {
        await using var client = await CarrierClient.Start();

        Assert.Contains("neither esms nor zalo", await client.Misbehave("""{"carrier":"x","mode":"slow"}"""), StringComparison.Ordinal);
        Assert.Contains("is none of slow", await client.Misbehave("""{"carrier":"esms","mode":"x"}"""), StringComparison.Ordinal);
        Assert.Contains("an object", await client.Misbehave("nonsense"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_on_the_command_line_is_the_same_order() =>
        Assert.Equal(
            new Misbehaviour("esms", Mode.Slow, Count: 3, Probability: 0.5, Delay: TimeSpan.FromMilliseconds(250)),
            MisbehaviourText.Read("esms:slow:count=3:probability=0.5:delay_ms=250"));

    [Fact]
    public void An_order_ends_by_count_and_by_time()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var mood = new Mood(time, seed: 1);
        mood.Add(new Misbehaviour("esms", Mode.Tps, Count: 2));
        mood.Add(new Misbehaviour("zalo", Mode.Tps, Duration: TimeSpan.FromSeconds(10)));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => mood.Strikes("esms", Mode.Tps) is not null));
        Assert.NotNull(mood.Strikes("zalo", Mode.Tps));
        Assert.Null(mood.Strikes("zalo", Mode.Slow));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(mood.Strikes("zalo", Mode.Tps));
    }
}

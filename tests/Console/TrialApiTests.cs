using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>An engine with a lower ladder on trial.</summary>
public sealed class TrialEngine : RunningEngine
{
    protected override Site Change(Site site) => site with
    {
        Rules =
        [
            .. site.Rules,
            new Rule.RateOfRiseRule(
                "len-nhanh-thu", "Nước lên nhanh, thử", Policy.Desk, ["tam-ky"], Duration.FromHours(1), 4, Duration.FromMinutes(30), new RateOfRise(100), new RateOfRise(50), null) { IsShadow = true },
            // Nothing there measures so high.
            new Rule.RateOfRiseRule(
                "qua-cao", "Cổng quá cao", Policy.Desk, ["an-ha"], Duration.FromHours(1), 4, Duration.FromMinutes(30), new RateOfRise(100), new RateOfRise(50), new Stage(16_000)),
        ],
    };
}

/// <summary>Rules on trial and rules that can never speak, over HTTP.</summary>
public sealed class TrialApiTests(TrialEngine engine) : IClassFixture<TrialEngine>
{
    [Fact]
    public async Task A_rule_on_trial_is_shown_beside_the_one_of_its_kind_in_earnest()
    {
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 6).Select(i => (Duration.FromMinutes(50 - 10 * i), 1.0m + 0.1m * i))]);
        await engine.First("api/alarms", one => one.GetProperty("rule").GetString() == "len-nhanh-thu");
        var trial = Assert.Single((await engine.Get("api/rules/trials?days=7")).EnumerateArray());
        Assert.Equal(("len-nhanh-thu", 1), (trial.GetProperty("rule").GetString(), trial.GetProperty("raised").GetInt32()));
        Assert.Equal(["len-nhanh"], trial.GetProperty("same_kind").EnumerateArray().Select(one => one.GetString()));
        var line = trial.GetProperty("alarms")[0];
        Assert.Contains(line.GetProperty("outcome").GetString(), new[] { "Open", "Agreed" });
        Assert.Equal("tam-ky", line.GetProperty("subject").GetString());
        using var wrong = await engine.Ask("api/rules/trials?days=0");
        Assert.Equal(400, (int)wrong.StatusCode);
    }

    [Fact]
    public async Task A_rule_that_can_never_speak_is_told_with_what_its_page_needs_to_say_why()
    {
        var dead = Assert.Single((await engine.Get("api/rules")).GetProperty("warnings").EnumerateArray());
        Assert.Equal(("an-ha", "qua-cao", "GateTooHigh", 16m, 15m), (
            dead.GetProperty("station").GetString(), dead.GetProperty("rule").GetString(), dead.GetProperty("because").GetString(), dead.GetProperty("gate_m").GetDecimal(),
            dead.GetProperty("ceiling_m").GetDecimal()));
    }
}

using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The SMS bench over HTTP, and in the previews of bulletins.</summary>
public sealed class SmsApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static readonly string[] Agreed = ["coding", "segments", "characters", "forced_by", "unaccented", "unaccented_segments"];

    [Fact]
    public async Task A_text_is_judged_by_GET_and_by_POST_alike()
    {
        var got = await engine.Get("api/sms?text=" + Uri.EscapeDataString("Lũ về") + "&recipients=1000&rate=50&price=800");
        var (status, said) = await engine.Say("api/sms", new { text = "Lũ về", recipients = 1000, rate = 50, price = 800 });
        Assert.Equal(200, status);
        Assert.Equal(got.ToString(), said.ToString());
        Assert.Equal(Agreed, got.EnumerateObject().Take(Agreed.Length).Select(field => field.Name));
        Assert.Equal(("Lu ve", 800_000, 20), (got.GetProperty("unaccented").GetString(), got.GetProperty("price").GetInt32(), got.GetProperty("seconds").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_judged_is_refused()
    {
        Assert.Equal(400, (await engine.Say("api/sms", new { recipients = 5 })).Status);
        Assert.Equal(400, (await engine.Say("api/sms", new { text = "a", rate = 0 })).Status);
        Assert.Equal(400, (await engine.Say("api/sms", new { text = "a", recipients = -1 })).Status);
    }

    [Fact]
    public async Task A_proposal_shows_its_SMS_and_its_segments()
    {
        var starts = (RunningEngine.Now + NodaTime.Duration.FromHours(3)).ToString();
        Assert.Equal(200, (await engine.Say("api/releases", new { source = "phu-ninh", q_min = 100, q_max = 400, starts_at = starts, who = "Lan" })).Status);
        var proposal = await engine.First("api/proposals?waiting=true", one => one.GetProperty("rule").GetString() == "ho-phu-ninh-xa");
        var sms = proposal.GetProperty("sms_vi").GetString()!;
        Assert.StartsWith("Ho Phu Ninh xa 100-400 m3/s", sms, StringComparison.Ordinal);
        Assert.Equal(
            (await engine.Get("api/sms?text=" + Uri.EscapeDataString(sms))).GetProperty("segments").GetInt32(), proposal.GetProperty("sms_segments").GetInt32());
    }
}

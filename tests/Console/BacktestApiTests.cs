using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The rules tried on the archive of the engine that runs, over HTTP.</summary>
public sealed class BacktestApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_says_alarm_by_alarm_what_the_rules_would_have_said_and_is_scored()
    {
        // 10 cm in ten minutes from 1.50 m on, up to 2.30 m: level I after 20 minutes, II after 70.
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 9).Select(i => (Duration.FromMinutes(90 - 10 * i), 1.5m + 0.1m * i))]);
        var begins = RunningEngine.Now - Duration.FromMinutes(70);
        var run = await Run(new
        {
            from = (RunningEngine.Now - Duration.FromDays(1)).ToString(),
            truth = $"station,level,begins_at,ends_at\ntam-ky,I,{begins},{RunningEngine.Now}\ntam-ky,II,2020-01-01T00:00:00Z,2020-01-02T00:00:00Z\n",
            tolerance_s = 1800,
        });
        Assert.Equal(("Done", 1.0, true), (run.GetProperty("state").GetString(), run.GetProperty("share").GetDouble(), run.GetProperty("is_scored").GetBoolean()));
        var id = run.GetProperty("id").GetInt64();
        var result = await engine.Get($"api/backtests/{id}/result");
        var lines = result.GetProperty("alarms").EnumerateArray().Where(one => one.GetProperty("rule").GetString() == "bao-dong").ToArray();
        Assert.Equal(["I", "II"], lines.Select(one => one.GetProperty("to").GetString()));
        Assert.Equal(["at", "station", "rule", "from", "to", "cause", "stage_m", "rate_m_per_h"], lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal((1.7m, "threshold"), (lines[0].GetProperty("stage_m").GetDecimal(), lines[0].GetProperty("cause").GetString()));
        Assert.Equal(1, result.GetProperty("rules").EnumerateArray().First(one => one.GetProperty("rule").GetString() == "bao-dong").GetProperty("alarms").GetInt32());
        var together = result.GetProperty("scores").EnumerateArray().Where(one => one.GetProperty("rule").ValueKind == JsonValueKind.Null).ToArray();
        Assert.Equal((1, 0, 0), (together[0].GetProperty("hits").GetInt32(), together[0].GetProperty("misses").GetInt32(), together[0].GetProperty("false_alarms").GetInt32()));
        Assert.Equal(1, together[1].GetProperty("not_scored").GetInt32());
        Assert.True(result.GetProperty("summary").GetProperty("readings").GetInt64() >= 9);

        using var report = await engine.Ask($"api/backtests/{id}/report");
        var policy = report.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal("text/html", report.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await report.Content.ReadAsStringAsync(Token);
        Assert.Contains("Chấm điểm", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        using var file = await engine.Ask($"api/backtests/{id}/report?download=true");
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);

        Assert.Equal(409, (await engine.Say($"api/backtests/{id}/stop", new { })).Status);
        Assert.Equal(404, (await engine.Say($"api/backtests/{id + 1}/stop", new { })).Status);
        using var other = await engine.Ask($"api/backtests/{id + 1}/report");
        Assert.Equal(404, (int)other.StatusCode);
    }

    [Fact]
    public async Task One_runs_at_a_time_and_can_be_stopped()
    {
        await engine.Stages("tn-gauge-1", (Duration.FromMinutes(5), 0.5m));
        // The archive lets in as many visitors: while all are out, a run waits.
        var file = engine.App.Services.GetRequiredService<ArchiveFile>();
        var visits = new[] { await file.Visit(Token), await file.Visit(Token) };
        var (status, run) = await engine.Say("api/backtests", new { });
        Assert.Equal((202, "Running"), (status, run.GetProperty("state").GetString()));
        var (busy, why) = await engine.Say("api/backtests", new { });
        Assert.Equal(409, busy);
        Assert.Contains("Another run is on", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var id = run.GetProperty("id").GetInt64();
        using (var early = await engine.Ask($"api/backtests/{id}/result"))
            Assert.Equal(409, (int)early.StatusCode);
        Assert.Equal(200, (await engine.Say($"api/backtests/{id}/stop", new { })).Status);
        foreach (var visit in visits)
            visit.Dispose();
        Assert.Equal("Stopped", (await Ended(id)).GetProperty("state").GetString());
        using var none = await engine.Ask($"api/backtests/{id}/result");
        Assert.Equal(409, (int)none.StatusCode);
    }

    [Fact]
    public async Task A_wrong_question_is_told_what_is_wrong_with_it()
    {
        async Task<string> Wrong(object question)
        {
            var (status, answer) = await engine.Say("api/backtests", question);
            Assert.Equal(400, status);
            return answer.GetProperty("detail").GetString()!;
        }
        Assert.Contains("from lies before to", await Wrong(new { from = "2035-01-01T00:00:00+07:00" }), StringComparison.Ordinal);
        Assert.Contains("are written as", await Wrong(new { from = "yesterday" }), StringComparison.Ordinal);
        Assert.Contains("tolerance_s", await Wrong(new { tolerance_s = -1 }), StringComparison.Ordinal);
        Assert.Contains("truth.csv:2: level IV is none", await Wrong(new { truth = "station,level,begins_at,ends_at\r\ntam-ky,IV,2025-10-29T21:00:00+07:00,2025-10-30T21:00:00+07:00\r\n" }), StringComparison.Ordinal);
        Assert.Contains("no station hoi-an", await Wrong(new { truth = "station,level,begins_at,ends_at\nhoi-an,I,2025-10-29T21:00:00+07:00,2025-10-30T21:00:00+07:00" }), StringComparison.Ordinal);
        var empty = await Run(new { from = "2001-01-01T00:00:00+07:00", to = "2001-02-01T00:00:00+07:00" });
        Assert.Equal("Failed", empty.GetProperty("state").GetString());
        Assert.Contains("no reading", empty.GetProperty("wrong").GetString(), StringComparison.Ordinal);
    }

    async Task<JsonElement> Run(object question)
    {
        var (status, run) = await engine.Say("api/backtests", question);
        Assert.Equal(202, status);
        return await Ended(run.GetProperty("id").GetInt64());
    }

    async Task<JsonElement> Ended(long id)
    {
        JsonElement run = default;
        await Eventually.True(
            () =>
            {
                run = engine.Get("api/backtests/last").GetAwaiter().GetResult().GetProperty("run");
                return run.GetProperty("id").GetInt64() == id && run.GetProperty("state").GetString() != "Running";
            },
            "the run ends");
        return run;
    }
}

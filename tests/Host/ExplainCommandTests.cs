using System.Text.Json;
using CanhLu.Tests.Console;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>Explanations of the whole engine: by its API, by the command that asks it, and by the command that reads what it left.</summary>
public sealed class ExplainCommandTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    const string Missing = "BĐ I: 1,65 m < 1,70 m (Cột đo Tam Kỳ), còn thiếu 5 cm";

    [Fact]
    public async Task What_was_missing_is_told_while_the_engine_runs_and_after_it_has_stopped()
    {
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(40), 1.55m), (Duration.FromMinutes(30), 1.60m), (Duration.FromMinutes(20), 1.65m));
        await engine.First("api/stations", one => one.GetProperty("id").GetString() == "tam-ky" && one.GetProperty("stage_m").ValueKind == JsonValueKind.Number);
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(100), 2.80m));
        var late = await engine.First("api/stations/tam-ky/late", _ => true);
        Assert.Equal(("III", "None", "tk-gauge-1", 100), (
            late.GetProperty("level").GetString(), late.GetProperty("then").GetString(), late.GetProperty("device").GetString(),
            (int)Math.Round(late.GetProperty("on_the_way_minutes").GetDouble())));
        Assert.Contains("canhlu_rules_late_verdicts", await engine.Text("metrics"), StringComparison.Ordinal);

        var explained = await engine.Get("api/stations/tam-ky/explain");
        Assert.Contains(explained.GetProperty("rules").EnumerateArray().SelectMany(rule => rule.GetProperty("clauses").EnumerateArray()), clause =>
            clause.GetProperty("vi").GetString() == Missing && !clause.GetProperty("holds").GetBoolean());
        Assert.Equal(4, explained.GetProperty("readings").GetArrayLength());
        foreach (var (path, status) in new[] { ("api/stations/nowhere/explain", 404), ("api/stations/tam-ky/explain?at=now", 400), ("api/stations/nowhere/late", 404) })
        {
            using var answer = await engine.Ask(path);
            Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        var asked = await Explain("tam-ky");
        Assert.True(asked.Code == 0, asked.Error);
        Assert.Contains(Missing, asked.Output, StringComparison.Ordinal);
        (await Explain("nowhere")).IsRefusedWith("nowhere");
        (await Explain("tam-ky", "http://127.0.0.1:9")).IsRefusedWith("http://127.0.0.1:9", "--url");

        await engine.Stop();
        var read = await Explain("tam-ky");
        Assert.True(read.Code == 0, read.Error);
        Assert.Equal(asked.Output, read.Output);
        (await Explain("nowhere")).IsRefusedWith("nowhere", "tam-ky");
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_with_its_remedy()
    {
        (await ProgramRun.Of("explain", "--station", "tam-ky", "--at", "2025-10-29T21:00:00+07:00", "--data", "/nowhere/at/all")).IsRefusedWith("/nowhere/at/all", "--data");
        Assert.Equal(2, (await ProgramRun.Of("explain", "--station", "tam-ky", "--at", "yesterday", "--data", engine.Folder)).Code);
    }

    readonly string _at = InstantPattern.ExtendedIso.Format(RunningEngine.Now + Duration.FromMinutes(1));

    Task<ProgramRun> Explain(string station, string? url = null) => ProgramRun.Of(
        "explain", "--station", station, "--at", _at, "--data", engine.Folder, "--url", url ?? engine.Page.ToString());
}

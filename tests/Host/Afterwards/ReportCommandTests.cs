using System.Text.Json;
using CanhLu.Database;
using CanhLu.Tests.Console;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Host.Afterwards;

/// <summary>The command beside an engine that holds the archive, and by itself.</summary>
public sealed class ReportCommandTests(RunningEngine engine) : IClassFixture<RunningEngine>, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-report-").FullName;

    [Fact]
    public async Task A_flood_is_reported_and_printed_while_the_engine_runs()
    {
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.66m), (Duration.FromMinutes(10), 1.69m), (Duration.Zero, 1.72m));
        var alarm = await engine.First("api/alarms?open=true", one => one.GetProperty("rule").GetString() == "bao-dong");
        await engine.First("api/deliveries?state=delivered", _ => true);
        var (html, pdf) = (Path.Combine(_folder, "r.html"), Path.Combine(_folder, "r.pdf"));
        string[] asked = ["report", "--episode", alarm.GetProperty("id").GetRawText(), "--data", engine.Folder, "--url", engine.Page.ToString(), "--out", html, "--json"];
        var run = await ProgramRun.Of(asked);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("bulletins").GetInt32());
        Assert.Contains("1,72 m", await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        if (!File.Exists("/usr/bin/chromium"))
        {
            (await ProgramRun.Of([.. asked, "--pdf", pdf])).IsRefusedWith("Chromium", "apt-get install chromium", "r.html");
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("chromium is not installed.");
            Assert.Skip("chromium is not installed.");
        }
        run = await ProgramRun.Of([.. asked, "--pdf", pdf]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("%PDF"u8.ToArray(), (await File.ReadAllBytesAsync(pdf, TestContext.Current.CancellationToken))[..4]);
    }

    [Fact]
    public async Task What_cannot_be_reported_is_said_with_its_remedy()
    {
        var html = Path.Combine(_folder, "r.html");
        Assert.Equal(2, (await ProgramRun.Of("report", "--out", html)).Code);
        Assert.Equal(2, (await ProgramRun.Of("report", "--out", html, "--episode", "1", "--from", "2025-10-28T12:00:00+07:00", "--to", "2025-10-29T12:00:00+07:00")).Code);
        (await ProgramRun.Of("report", "--out", html, "--episode", "1", "--data", _folder)).IsRefusedWith("operations.db", "--data");
        Operations.Open(Path.Combine(_folder, "operations.db")).Dispose();
        (await ProgramRun.Of("report", "--out", html, "--episode", "1", "--data", _folder)).IsRefusedWith("archive", "--data");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CanhLu.Backtest;
using CanhLu.Host.Commands;
using CanhLu.Host.SiteFiles;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using Microsoft.Playwright;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Backtest;

/// <summary>The whole command on the shipped site, over a flood with a known shape.</summary>
public sealed class BacktestCommandTests : IDisposable
{
    const string Chromium = "/usr/bin/chromium";
    static readonly Instant Noon = Instant.FromUtc(2025, 10, 28, 5, 0);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("canhlu-backtest-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_alarms_are_the_promised_lines()
    {
        var (code, output, error) = Run("--readings", Flood(), "--json");
        Assert.Equal((0, ""), (code, error));
        var lines = Lines(output).Where(line => !line.TryGetProperty("kind", out _)).ToList();
        Assert.Equal(
            ["I", "II", "III", "II", "I", "None"],
            lines.Where(line => line.GetProperty("rule").GetString() == "bao-dong").Select(line => line.GetProperty("to").GetString()));
        var second = lines.Where(line => line.GetProperty("rule").GetString() == "bao-dong").ElementAt(1);
        Assert.Equal(["at", "station", "rule", "from", "to", "cause", "stage_m", "rate_m_per_h"], second.EnumerateObject().Select(property => property.Name));
        Assert.Equal("2025-10-28T17:00:00+07:00", second.GetProperty("at").GetString());
        Assert.Equal(("tam-ky", "I", "threshold", 2.2m), (second.GetProperty("station").GetString(), second.GetProperty("from").GetString(),
            second.GetProperty("cause").GetString(), second.GetProperty("stage_m").GetDecimal()));
        Assert.Equal(0.2m, second.GetProperty("rate_m_per_h").GetDecimal());
    }

    [Fact]
    public void Truth_scores_every_level_and_other_rules_show_what_would_change()
    {
        var lower = Lowered();
        var (code, output, _) = Run("--readings", Flood(), "--truth", Truth(), "--site", lower, "--against", Folders.TamKy, "--people", "3400", "--json");
        Assert.Equal(0, code);
        var scores = Lines(output).Where(line => Kind(line) == "score" && line.GetProperty("rule").ValueKind == JsonValueKind.Null).ToList();
        Assert.Equal(["I", "II", "III"], scores.Select(line => line.GetProperty("level").GetString()));
        Assert.All(scores, line => Assert.Equal((1, 0, 0, 1.0), (line.GetProperty("hits").GetInt32(), line.GetProperty("misses").GetInt32(),
            line.GetProperty("false_alarms").GetInt32(), line.GetProperty("csi").GetDouble())));
        var difference = Assert.Single(Lines(output), line => Kind(line) == "difference");
        // Half an hour earlier at II and III, by 10 cm at 20 cm/h; and the same at I.
        Assert.Equal(30, difference.GetProperty("lead_minutes").GetDouble());
        Assert.Equal(0, difference.GetProperty("hits").GetInt32());
        Assert.Contains("lead time +30 min", difference.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_gives_the_lines_that_the_file_gives()
    {
        await using (var rig = await ArchiveRig.Start(_folder.FullName))
        {
            var series = rig.Book.Ensure("tk-gauge-1", "stage", "mm");
            var other = rig.Book.Ensure("gone", "stage", "mm");
            var readings = await Pasts.Read(Flood(), new SeriesKeys(SiteReader.Read(Folders.TamKy) is SiteVerdict.Right { Site: var site } ? site : throw new InvalidOperationException()));
            Assert.True(await rig.Store([.. readings.Select(reading => reading with { Series = series }).Reverse(), readings[0] with { Series = other }]));
            await rig.Stop();
        }
        var (code, output, error) = Run("--data", _folder.FullName, "--json");
        Assert.Equal(0, code);
        Assert.Contains("gone,stage was passed over, 1 reading:", error, StringComparison.Ordinal);
        Assert.Equal(Run("--readings", Flood(), "--json").Output, output);
    }

    [Fact]
    public void Tables_say_the_same_to_people()
    {
        var (code, output, error) = Run("--readings", Flood(), "--truth", Truth(), "--price", "esms=850", "--price", "zalo=200", "--reach", "zalo=0.7", "--people", "3400");
        Assert.Equal((0, ""), (code, error));
        Assert.All((string[])["bao-dong", "POD", "a station-year", "readings,", "bulletins", "VND for 3,400 people"], word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void Wrong_use_is_2_and_a_no_is_1_with_its_reason()
    {
        Assert.Equal(2, Run().Code);
        Assert.Equal(2, Run("--readings", "a.csv", "--data", "data").Code);
        Assert.Equal(2, Run("--readings", Flood(), "--tolerance", "soon").Code);
        Assert.Equal(2, Run("--readings", Flood(), "--price", "esms").Code);
        Refused(2, ["--readings", Flood(), "--rule", "bao-dng"], "did you mean bao-dong");
        Refused(1, ["--readings", "nowhere.csv"], "nowhere.csv");
        Refused(1, ["--readings", Flood(), "--site", "nowhere"], "nowhere");
        Refused(1, ["--readings", Flood(), "--site", Path.Combine(Folders.Wrong, "04-ladders")], "canhlu check");
        Refused(1, ["--data", _folder.FullName], "There is no archive");
        Refused(1, ["--readings", Pasts.File(Pasts.Line(0, "1", "cau-lau"))], "cau-lau", "No reading");
        Refused(1, ["--readings", Flood(), "--truth", "nowhere.csv"], "nowhere.csv");
        Refused(1, ["--readings", Pasts.File([])], "holds no readings");
        Refused(1, ["--readings", KentuckyRiver.File], "03287500", "--station");
        Refused(0, ["--readings", KentuckyRiver.File, "--station", "tam-ky"], "tam-ky has no thresholds before 2020-03-15");

        void Refused(int code, string[] arguments, params string[] words)
        {
            var run = Run(arguments);
            Assert.Equal(code, run.Code);
            Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_report_is_one_page_that_loads_nothing_and_speaks_both_languages()
    {
        var report = Path.Combine(_folder.FullName, "report.html");
        var (code, _, _) = Run("--readings", Flood(), "--truth", Truth(), "--site", Lowered(), "--against", Folders.TamKy, "--report", report, "--json");
        Assert.Equal(0, code);
        var html = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.All((string[])["http:", "https:", "url(", "<script", "src=", "<link", "NaN", "Infinity"], word => Assert.DoesNotContain(word, html, StringComparison.Ordinal));

        if (!File.Exists(Chromium))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Chromium} is not installed.");
            Assert.Skip($"{Chromium} is not installed.");
        }
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 } });
        var wrong = new List<string>();
        page.PageError += (_, message) => wrong.Add(message);
        page.Console += (_, said) => wrong.Add(said.Text);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
                wrong.Add(request.Url);
        };
        await page.GotoAsync(new Uri(report).ToString());
        Assert.Contains("quy tắc cảnh báo lũ", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await page.ClickAsync("label[for=en]");
        Assert.Contains("flood rules, tried on the past", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Contains("Together", await page.InnerTextAsync("table"), StringComparison.Ordinal);
        Assert.DoesNotContain("Cùng nhau", await page.InnerTextAsync("table"), StringComparison.Ordinal);
        // Every threshold and every span of an alarm lies inside the picture.
        Assert.True(await page.Locator("svg .threshold.l3").CountAsync() > 0);
        Assert.True(await page.Locator("svg rect.rule.l3").CountAsync() > 0);
        Assert.True(await page.Locator("svg rect.truth.l2").CountAsync() > 0);
        Assert.True(await page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('svg path.water')].every(path => { const box = path.getBBox(); return box.width > 100 && box.x >= 0 && box.y >= 0 && box.y + box.height < 300; })"));
        Assert.Equal(1200, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(wrong);
    }

    /// <summary>Tam Kỳ rises from 1.20 m at 20 cm/h to 2.80 m from noon on, stays an hour, and falls as fast; a reading every ten minutes.</summary>
    string Flood()
    {
        var text = new StringBuilder("measured_at,station,series,value\n");
        for (var minute = -360; minute <= 1440; minute += 10)
        {
            var metres = Math.Clamp(Math.Min(1.2 + minute / 300.0, 2.8 - (minute - 540) / 300.0), 1.2, 2.8);
            text.Append(CultureInfo.InvariantCulture, $"{At(minute)},tam-ky,stage,{metres:0.000}\n");
        }
        return Written("flood.csv", text.ToString());
    }

    string Truth() => Written("truth.csv",
        $"station,level,begins_at,ends_at\ntam-ky,I,{At(150)},{At(870)}\ntam-ky,II,{At(300)},{At(720)}\ntam-ky,III,{At(450)},{At(570)}\n");

    /// <summary>The shipped site with the levels II and III 10 cm lower.</summary>
    string Lowered()
    {
        var copy = _folder.CreateSubdirectory("lowered");
        foreach (var file in Directory.GetFiles(Folders.TamKy))
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)), overwrite: true);
        var site = Path.Combine(copy.FullName, "site.yaml");
        File.WriteAllText(site, File.ReadAllText(site).Replace("raise_m: 2.20, clear_m: 2.10", "raise_m: 2.10, clear_m: 2.00", StringComparison.Ordinal)
            .Replace("raise_m: 2.70, clear_m: 2.60", "raise_m: 2.60, clear_m: 2.50", StringComparison.Ordinal));
        return copy.FullName;
    }

    string Written(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string At(int minute) => (Noon + Duration.FromMinutes(minute)).ToString("uuuu-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static IEnumerable<JsonElement> Lines(string output) => output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement);

    static string? Kind(JsonElement line) => line.TryGetProperty("kind", out var kind) ? kind.GetString() : null;

    static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] site = arguments.Contains("--site") ? [] : ["--site", Folders.TamKy];
        var parsed = new RootCommand { BacktestCommand.Create(RealTime.Provider) }.Parse(["backtest", .. site, .. arguments]);
        var code = parsed.Invoke(new() { Output = output, Error = error });
        return (parsed.Errors.Count > 0 ? ExitCode.WrongUse : code, output.ToString(), error.ToString());
    }
}

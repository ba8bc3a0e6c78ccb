using System.Diagnostics;
using System.Text.Json;
using CanhLu.Tests.Console;
using CanhLu.Tests.Support;
using Microsoft.Playwright;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Page;

/// <summary>Every screen in the flood of October 2025: its pictures, and what axe, Lighthouse and a weak line say of it.</summary>
/// <remarks>With <c>CANHLU_SCREENS=1</c> the pictures are those of <c>docs/screens</c>; else they go beside the test's results.</remarks>
public sealed class ScreensTests(FloodDemo demo, ITestOutputHelper output) : IClassFixture<FloodDemo>
{
    const int MostBytes = 170_000;
    const int LeastScore = 95;
    const int MostPixels = 4000;

    static readonly (string Name, string Path)[] Screens =
    [
        ("decide", "#/decide"), ("now", "#/now"), ("station", "#/station/tam-ky"), ("told", "#/told"), ("broadcast", "#/told/3"), ("alarms", "#/alarms"), ("handover", "#/alarms/handover"),
        ("devices", "#/devices"), ("device", "#/devices/tk-gauge-1"), ("rules", "#/rules"), ("people", "#/people"), ("settings", "#/settings"), ("wall", "?wall"),
    ];

    [Fact]
    public async Task Every_screen_has_its_pictures_and_no_fault_that_axe_finds()
    {
        var isWanted = Environment.GetEnvironmentVariable("CANHLU_SCREENS") == "1";
        if (!isWanted)
            Effort.Whole("A minute and a half");
        var folder = isWanted ? NpmPackages.Beside("../../docs/screens") : Path.Combine(AppContext.BaseDirectory, "screens");
        Directory.CreateDirectory(folder);
        await using var browser = await Browser.Open();
        var looks = new[] { (Browser.Desk, false), (Browser.Desk, true), (Browser.Telephone, false), (Browser.Telephone, true) };
        var pages = await Task.WhenAll(looks.Select(look => browser.Person(look.Item1, look.Item2)));
        foreach (var (name, path) in Screens)
            await Task.WhenAll(pages.Select((page, i) => Picture(page, name, path, Path.Combine(folder, $"{name}-{looks[i].Item1.Width}-{(looks[i].Item2 ? "night" : "day")}.jpg"))));
        foreach (var (_, path) in Screens)
            await Task.WhenAll(new[] { pages[0], pages[3] }.Select(async page =>
            {
                await Open(page, path);
                await Browser.Accessible(page);
            }));
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    [Fact]
    public async Task Lighthouse_finds_the_page_accessible_and_well_made()
    {
        Effort.Whole("Half a minute, and as much to install it");
        var judges = NpmPackages.Beside("judges");
        await NpmPackages.Need(judges, "lighthouse");
        await using (await Browser.Open())
        {
            // It is there, or the test ends here.
        }
        var start = new ProcessStartInfo("node",
        [
            Path.Combine(judges, "node_modules", "lighthouse", "cli", "index.js"), demo.Page.ToString(), "--quiet", "--output=json", "--only-categories=accessibility,best-practices",
            "--preset=desktop", "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync",
        ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["CHROME_PATH"] = "/usr/bin/chromium";
        using var lighthouse = Process.Start(start)!;
        var said = await lighthouse.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await lighthouse.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var report = JsonDocument.Parse(said);
        foreach (var category in report.RootElement.GetProperty("categories").EnumerateObject())
        {
            var score = category.Value.GetProperty("score").GetDouble() * 100;
            output.WriteLine($"Lighthouse {category.Name}: {score:0}");
            Assert.True(score >= LeastScore, $"{category.Name} {score}: " + string.Join("; ", report.RootElement.GetProperty("audits").EnumerateObject()
                .Where(audit => audit.Value.GetProperty("score") is { ValueKind: JsonValueKind.Number } one && one.GetDouble() < 1).Select(audit => audit.Name)));
        }
    }

    [Fact]
    public async Task On_a_weak_line_the_first_view_is_small()
    {
        Effort.Whole("Twenty seconds");
        await using var browser = await Browser.Open();
        var page = await browser.Person(Browser.Telephone);
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 400_000 / 8, ["uploadThroughput"] = 400_000 / 8 });
        long bytes = 0;
        line.Event("Network.dataReceived").OnEvent += (_, said) => Interlocked.Add(ref bytes, said!.Value.GetProperty("encodedDataLength").GetInt64());
        var began = RealTime.Provider.GetTimestamp();
        await page.GotoAsync(demo.Page.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".stage").First.WaitForAsync();
        var (took, view) = (RealTime.Provider.GetElapsedTime(began), Interlocked.Read(ref bytes));
        output.WriteLine($"400 kbit/s, 400 ms: useful after {took.TotalSeconds:0.0} s and {view / 1000.0:0} KB");
        Assert.InRange(view, 1, MostBytes);
    }

    [Fact]
    public async Task Without_a_line_the_last_desk_stands_with_its_age_in_plain_sight()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", (Duration.Zero, 1.23m));
        await using var browser = await Browser.Open();
        var page = await browser.Person(Browser.Telephone);
        await page.GotoAsync(engine.Page.ToString());
        await page.GetByText("1,23 m").First.WaitForAsync();
        await page.WaitForFunctionAsync("localStorage.getItem('canhlu.desk')?.includes('1.23')");
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await engine.Stop();
        await page.GetByText("Mất kết nối").First.WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText("Mất kết nối").First.WaitForAsync();
        await page.GetByText("1,23 m").First.WaitForAsync();
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    async Task Picture(IPage page, string name, string path, string file)
    {
        await Open(page, path);
        if (name is "now" or "wall")
            await page.Locator(".leaflet-container").WaitForAsync();
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        // As tall as what it shows: a bar that sticks to the window's foot would else stand in the picture's middle.
        if (name != "wall")
            await page.SetViewportSizeAsync(width, Math.Clamp(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), height, MostPixels));
        await page.ScreenshotAsync(new() { Path = file, Type = ScreenshotType.Jpeg, Quality = 82 });
        await page.SetViewportSizeAsync(width, height);
    }

    async Task Open(IPage page, string path)
    {
        var address = demo.Page + path;
        if (path.StartsWith('?') || !page.Url.StartsWith(demo.Page + "#", StringComparison.Ordinal))
            await page.GotoAsync(address);
        else
            await page.EvaluateAsync("hash => { location.hash = hash; }", path);
        await page.Locator("main h1, .wall main").First.WaitForAsync();
        // What a screen asks for has come, and its pictures are drawn.
        await Assertions.Expect(page.Locator(".empty", new() { HasText = "Đang mở…" })).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await page.WaitForTimeoutAsync(700);
    }
}

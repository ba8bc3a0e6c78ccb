using Microsoft.Playwright;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The page in a real browser, on a desk and on a telephone.</summary>
public sealed class PageTests
{
    const string Chromium = "/usr/bin/chromium";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task The_level_and_its_bulletin_appear_by_themselves(int width, int height)
    {
        if (!File.Exists(Chromium))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Chromium} is not installed.");
            Assert.Skip($"{Chromium} is not installed.");
        }
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.64m), (Duration.FromMinutes(10), 1.69m));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "vi-VN" });
        var wrong = new List<string>();
        page.PageError += (_, error) => wrong.Add(error);
        page.Console += (_, said) =>
        {
            if (said.Type == "error")
                wrong.Add(said.Text);
        };
        await page.GotoAsync(engine.Page.ToString());
        var station = page.Locator(".station", new() { HasText = "sông Tam Kỳ" }).Filter(new() { HasText = "1,69 m" });
        await station.WaitForAsync();
        Assert.Equal(0, await page.Locator(".broadcast").CountAsync());

        await engine.Stages("tk-gauge-1", (Duration.Zero, 1.75m));
        var bulletin = page.Locator(".broadcast", new() { HasText = "trên báo động I 0,05 m" });
        await bulletin.WaitForAsync();
        await page.Locator(".station.level-I", new() { HasText = "1,75 m" }).WaitForAsync();
        await bulletin.Filter(new() { HasText = "đã tới máy" }).WaitForAsync();
        // The curve is drawn among its three levels: a missing number would leave NaN in the picture.
        await page.Locator(".station.level-I .threshold-III").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.DoesNotContain("NaN", await page.Locator(".stations").InnerHTMLAsync(), StringComparison.Ordinal);
        Assert.True(engine.Carriers.Letters().Count > 0);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(wrong);
    }
}

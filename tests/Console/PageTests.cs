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
        NeedChromium();
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

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 800)]
    public async Task An_officer_enters_a_release_and_reads_it_in_the_episode(int width, int height)
    {
        NeedChromium();
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "vi-VN" });
        page.Dialog += (_, dialog) => dialog.AcceptAsync("Lan");
        await page.GotoAsync(engine.Page.ToString());
        await page.GetByText("Nhập thông báo xả").First.ClickAsync();
        await page.Locator("form.notice input").Nth(0).FillAsync("100");
        await page.Locator("form.notice input").Nth(1).FillAsync("400");
        await page.Locator("form.notice input").Nth(2).FillAsync("2035-10-30T14:00");
        await page.Locator("form.notice button").ClickAsync();
        await page.Locator("[aria-labelledby=alarms] li", new() { HasText = "Hồ Phú Ninh xả 100–400 m³/s từ 14:00 30/10" }).WaitForAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByText("Kết thúc xả").ClickAsync();
        await page.GetByText("Phú Ninh: không có thông báo xả").WaitForAsync();
    }

    static void NeedChromium()
    {
        if (File.Exists(Chromium))
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{Chromium} is not installed.");
        Assert.Skip($"{Chromium} is not installed.");
    }
}

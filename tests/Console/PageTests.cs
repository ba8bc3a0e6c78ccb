using CanhLu.Tests.Page;
using CanhLu.Tests.Support;
using Microsoft.Playwright;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The page in a real browser, on a desk and on a telephone.</summary>
public sealed class PageTests
{
    /// <summary>A telephone; with <c>CI=true</c> a desk as well.</summary>
    public static IEnumerable<TheoryDataRow<int, int>> Sizes => [new(390, 844), new(1280, 800) { Skip = Effort.IsWhole ? null : "On a desk as well: set CI=true or CANHLU_LONG=1." }];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task The_level_and_its_bulletin_appear_by_themselves(int width, int height)
    {
        await using var browser = await Browser.Open();
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.64m), (Duration.FromMinutes(10), 1.69m));
        var page = await browser.Person((width, height));
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
        browser.Sound();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task An_officer_enters_a_release_and_reads_it_in_the_episode(int width, int height)
    {
        await using var browser = await Browser.Open();
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        var page = await browser.Person((width, height));
        await page.GotoAsync(engine.Page.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Nhập thông báo xả" }).ClickAsync();
        await page.GetByLabel("Lưu lượng nhỏ nhất").FillAsync("100");
        await page.GetByLabel("Lưu lượng lớn nhất").FillAsync("400");
        await page.GetByLabel("Bắt đầu lúc").FillAsync("2035-10-30T14:00");
        await page.GetByLabel("Tên người trực").FillAsync("Lan");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.Locator("[aria-labelledby=reservoirs] li", new() { HasText = "Hồ Phú Ninh xả 100–400 m³/s từ 14:00 30/10" }).WaitForAsync();
        await page.Locator("[aria-labelledby=alarms] li", new() { HasText = "Phú Ninh" }).WaitForAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Kết thúc xả" }).ClickAsync();
        await page.GetByLabel("Vì sao kết thúc").FillAsync("đóng cửa xả");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.GetByText("Phú Ninh: không có thông báo xả").WaitForAsync();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_station_shows_its_curve_what_happened_on_it_and_why(int width, int height)
    {
        await using var browser = await Browser.Open();
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.64m), (Duration.FromMinutes(10), 1.69m), (Duration.Zero, 1.75m));
        await engine.First("api/alarms?open=true", one => one.GetProperty("cause").GetString() == "Threshold");
        var page = await browser.Person((width, height));
        await page.GotoAsync(engine.Page.ToString());
        // The map comes when the browser is idle, and has every station on it.
        await page.Locator(".river-map .post-name", new() { HasText = "Tam Kỳ 1,75 m" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Link, new() { Name = "Tam Kỳ", Exact = true }).ClickAsync();
        await page.Locator(".marks li", new() { HasText = "Báo động I" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator(".explain li.holds, .explain li.level-I").First.WaitForAsync();
        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Locator(".readout", new() { HasText = "1,75 m" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "1 năm" }).ClickAsync();
        await page.GetByText("Gộp mỗi").WaitForAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        browser.Sound();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task An_officer_runs_the_rules_over_the_archive_and_reads_what_they_would_have_said(int width, int height)
    {
        await using var browser = await Browser.Open();
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", (Duration.FromMinutes(20), 1.64m), (Duration.FromMinutes(10), 1.69m), (Duration.Zero, 1.75m));
        var page = await browser.Person((width, height));
        await page.GotoAsync($"{engine.Page}#/rules/backtest");
        await page.GetByLabel("Thực tế").SetInputFilesAsync(new FilePayload
        {
            Name = "truth.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"station,level,begins_at,ends_at\ntam-ky,I,{RunningEngine.Now - Duration.FromMinutes(5)},{RunningEngine.Now}\n"),
        });
        await page.GetByLabel("Lệch cho phép").FillAsync("30");
        // The field's last minute is the one that has begun: what was measured in it comes after it.
        await page.GetByLabel("Đến").FillAsync("2099-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chạy", Exact = true }).ClickAsync();
        await page.Locator("tr", new() { HasText = "Báo động lũ" }).Filter(new() { HasText = "1,75 m" }).WaitForAsync();
        await page.Locator("tr.lead", new() { HasText = "Cùng nhau" }).First.WaitForAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var report = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Mở báo cáo" }).ClickAsync());
        var says = new List<string>();
        report.Console += (_, said) => says.Add(said.Text);
        await report.ReloadAsync();
        await report.GetByText("Chấm điểm").First.WaitForAsync();
        // Its looks are let in by their hash: a card is a box with an edge.
        Assert.Equal("6px", await report.Locator(".card").First.EvaluateAsync<string>("one => getComputedStyle(one).borderLeftWidth"));
        Assert.Empty(says);
        browser.Sound();
    }
}

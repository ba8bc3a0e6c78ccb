using System.Text.RegularExpressions;
using CanhLu.Console.Accounts;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Page;

/// <summary>What people do at the desk and in the rain, in real browsers on the real engine.</summary>
public sealed class StoryTests
{
    const string Password = "bến sông chiều mưa lớn";
    const string Gauge = "tk-gauge-1";

    [Fact]
    public async Task From_the_first_link_over_a_flood_that_two_approve_to_the_all_clear()
    {
        await using var engine = new StoryEngine(persons: 2);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var chief = await browser.Person(Browser.Desk);
        await Join(chief, engine, engine.App.Services.GetRequiredService<AccountMode>().FirstLink()!, "Hòa");
        var (lan, minh) = (await Invited(browser, chief, engine, "Lan", "Officer"), await Invited(browser, chief, engine, "Minh", "Officer"));

        await Rise(engine, 1.66m, 1.67m, 1.68m, 1.75m);
        await lan.Locator(".next").ClickAsync();
        await Approve(lan);
        await lan.GetByText("Cần thêm một người duyệt").First.WaitForAsync();
        Assert.Empty(engine.Carriers.Letters());
        await minh.GotoAsync($"{engine.Page}#/decide");
        await Approve(minh);
        await minh.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("bản tin số 1") }).First.ClickAsync();
        await minh.Locator(".states li", new() { HasText = "đã tới máy" }).First.WaitForAsync();
        Assert.NotEmpty(engine.Carriers.Letters());

        await lan.GotoAsync($"{engine.Page}#/alarms/handover");
        await lan.GetByRole(AriaRole.Button, new() { Name = "Bàn giao ca" }).ClickAsync();
        await lan.GetByLabel("Ca sau cần biết").FillAsync("Nước lên chậm. Phường Quảng Phú chưa gọi lại.");
        await lan.Locator("dialog button[type=submit]").ClickAsync();
        await lan.GetByText("Người giữ ca: Lan").WaitForAsync();
        await minh.GotoAsync($"{engine.Page}#/alarms/handover");
        var accept = minh.Locator("ul.rows button", new() { HasText = "Nhận" });
        await accept.First.WaitForAsync();
        var items = await accept.CountAsync();
        Assert.True(items > 1, "the words and the open alarm");
        for (var left = items; left > 0; left--)
        {
            await accept.First.ClickAsync();
            await Assertions.Expect(accept).ToHaveCountAsync(left - 1);
        }
        await minh.GetByText("Người giữ ca: Minh").WaitForAsync();

        await engine.Stages(Gauge, (Duration.Zero, 1.55m));
        await minh.GotoAsync($"{engine.Page}#/decide");
        await minh.Locator("h2#chosen", new() { HasText = "Tin kết thúc" }).WaitForAsync(new() { Timeout = 60_000 });
        await Approve(minh);
        await lan.GotoAsync($"{engine.Page}#/decide");
        await Approve(lan);
        await Eventually.True(() => engine.Carriers.Letters().Any(letter => letter.Text.Contains("Het canh bao lu", StringComparison.OrdinalIgnoreCase)), "the all-clear is told");
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    [Fact]
    public async Task Of_two_officers_who_decide_at_the_same_moment_one_wins_and_the_other_is_told()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new StoryEngine(persons: 1);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var (lan, minh) = (await Officer(browser, engine, "Lan"), await Officer(browser, engine, "Minh", Browser.Telephone));
        await Rise(engine, 1.66m, 1.67m, 1.68m, 1.75m);
        foreach (var page in new[] { lan, minh })
        {
            await page.GotoAsync($"{engine.Page}#/decide");
            await page.Locator(".acts .primary").ClickAsync();
        }
        // Both look at the question before either has answered it; the second's page must not learn of the first by the stream only.
        await Task.WhenAll(lan.Locator("dialog .primary").ClickAsync(), minh.Locator("dialog .primary").ClickAsync());
        await Eventually.True(() => engine.Carriers.Letters().Count > 0, "it is told");
        foreach (var page in new[] { lan, minh })
            await page.GetByText(new Regex("Đã gửi.*(Lan|Minh)", RegexOptions.Singleline)).First.WaitForAsync();
        Assert.Equal(1, await lan.EvaluateAsync<int>("fetch('/api/broadcasts').then(answer => answer.json()).then(all => all.length)"));
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    [Fact]
    public async Task A_line_that_is_lost_in_the_middle_of_a_decision_sends_nothing_later_and_nothing_twice()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new StoryEngine(persons: 1);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var lan = await Officer(browser, engine, "Lan");
        await Rise(engine, 1.66m, 1.67m, 1.68m, 1.75m);
        await lan.GotoAsync($"{engine.Page}#/decide");
        await lan.Locator(".acts .primary").ClickAsync();
        await lan.Context.SetOfflineAsync(true);
        await lan.Locator("dialog .primary").ClickAsync();
        await lan.GetByText("Chưa gửi gì cả").WaitForAsync();
        await lan.GetByText("Mất kết nối").First.WaitForAsync();
        await lan.Context.SetOfflineAsync(false);
        await lan.GetByText("trực tuyến").WaitForAsync();
        Assert.Empty(engine.Carriers.Letters());

        // The engine hears it, and its answer is lost.
        await lan.RouteAsync("**/approve", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await lan.Locator("dialog .primary").ClickAsync();
        await lan.GetByText("không rõ máy chủ đã nhận chưa").WaitForAsync();
        await lan.UnrouteAsync("**/approve");
        await lan.Locator("dialog .primary").ClickAsync();
        await lan.GetByText("Đã gửi").First.WaitForAsync();
        await Eventually.True(() => engine.Carriers.Letters().Count > 0, "it is told");
        Assert.Equal(1, await lan.EvaluateAsync<int>("fetch('/api/broadcasts').then(answer => answer.json()).then(all => all.length)"));
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    [Fact]
    public async Task By_keyboard_alone_a_decision_is_found_read_and_made()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new StoryEngine(persons: 1);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var lan = await Officer(browser, engine, "Lan");
        await Rise(engine, 1.66m, 1.67m, 1.68m, 1.75m);
        await lan.Locator(".next").WaitForAsync();
        await Tab(lan, ".next");
        await lan.Keyboard.PressAsync("Enter");
        await lan.Locator("h2#chosen").WaitForAsync();
        var presses = await Tab(lan, ".acts .primary");
        Assert.True(presses <= 5, $"the decision is {presses} tabs away");
        await lan.Keyboard.PressAsync("Enter");
        await lan.Locator("dialog[open]").WaitForAsync();
        await Tab(lan, "dialog .primary");
        await lan.Keyboard.PressAsync("Enter");
        await lan.GetByText("Đã gửi").First.WaitForAsync();
        browser.Sound(Browser.Refused, Browser.Cut);

        static async Task<int> Tab(IPage page, string to)
        {
            for (var presses = 0; presses < 40; presses++)
            {
                if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", to))
                    return presses;
                await page.Keyboard.PressAsync("Tab");
            }
            Assert.Fail($"{to} is not reached by the keyboard.");
            return 0;
        }
    }

    [Fact]
    public async Task A_technician_in_the_rain_finds_the_device_reads_why_and_enters_maintenance_with_one_thumb()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new StoryEngine(persons: 1);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var page = await Person(browser, engine, "Tài", Role.Technician, Browser.Telephone);
        await engine.Publish("cam-01", "{\"t\":\"2025-02-30T00:00:00Z\",\"fps\":12}");
        await page.Locator("nav a", new() { HasText = "Thiết bị" }).TapAsync();
        var row = page.Locator("li", new() { HasText = "cam-01" }).Filter(new() { HasText = "tin bị từ chối" });
        await row.Locator("a").First.TapAsync();
        await page.Locator("[aria-labelledby=rejected] summary").First.TapAsync();
        await page.GetByText("t is \"2025-02-30T00:00:00Z\": no such day or time").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bắt đầu bảo trì" }).First.TapAsync();
        await page.GetByLabel("Làm gì ở đó").FillAsync("Thay dây nguồn");
        await page.Locator("dialog .primary").TapAsync();
        await page.GetByText("Thay dây nguồn").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kết thúc bảo trì" }).First.TapAsync();
        await page.Locator("dialog button[type=submit]").TapAsync();
        await Assertions.Expect(page.GetByText("Thay dây nguồn")).ToHaveCountAsync(0);
        await Browser.Accessible(page);

        // Held against its staff, the gauge is 20 cm low: from a moment on everything that it measured counts so much more.
        await Rise(engine, 1.50m, 1.50m, 1.50m);
        await page.GotoAsync($"{engine.Page}#/station/tam-ky");
        await page.GetByText("1,50 m").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Nhập số đọc" }).TapAsync();
        await page.Locator("dialog input[name=metres]").FillAsync("1.70");
        await page.Locator("dialog .primary").TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hiệu chỉnh theo số này" }).TapAsync();
        await page.Locator("dialog", new() { HasText = "+20,0 cm sẽ được cộng" }).WaitForAsync();
        await page.Locator("dialog button[type=submit]").TapAsync();
        await page.Locator(".staff", new() { HasText = "+20,0 cm · từ" }).WaitForAsync();
        await page.Locator(".station-head", new() { HasText = "1,70 m" }).WaitForAsync();
        await Browser.Accessible(page);
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    [Fact]
    public async Task A_drill_is_told_to_the_people_of_the_drill_and_nobody_can_take_it_for_the_real_thing()
    {
        Effort.Whole("Twenty seconds");
        await using var engine = new StoryEngine(persons: 1, drill: true);
        await engine.InitializeAsync();
        await using var browser = await Browser.Open();
        var lan = await Officer(browser, engine, "Lan", Browser.Telephone);
        await Rise(engine, 1.66m, 1.67m, 1.68m, 1.75m);
        await lan.Locator(".next").WaitForAsync();
        foreach (var screen in new[] { "", "decide", "told", "alarms", "alarms/handover", "devices", "rules", "people", "settings", "station/tam-ky" })
        {
            await lan.GotoAsync($"{engine.Page}#/{screen}");
            await lan.Locator("h1").First.WaitForAsync();
            await Assertions.Expect(lan.Locator("header .drill")).ToBeInViewportAsync();
            await Assertions.Expect(lan.Locator("header .drill")).ToContainTextAsync("DIỄN TẬP");
        }
        await lan.GotoAsync($"{engine.Page}#/decide");
        await lan.Locator("main", new() { HasText = "[DIEN TAP" }).WaitForAsync();
        await Approve(lan);
        await Eventually.True(() => engine.Carriers.Letters().Count >= 4, "it is told");
        Assert.All(engine.Carriers.Letters(), letter =>
        {
            Assert.Matches(@"^\[(DIỄN TẬP|DIEN TAP)", letter.Text);
            Assert.Contains(letter.Phone[^9..], (string[])["901000001", "901000005", "901000006", "901000007"]);
        });
        var alert = Regex.Match(await engine.Text("cap/feed.atom"), "[0-9A-Za-z.,-]+\\.xml").Value;
        Assert.Contains("<status>Exercise</status>", await engine.Text($"cap/{alert}"), StringComparison.Ordinal);
        browser.Sound(Browser.Refused, Browser.Cut);
    }

    /// <summary>A slow rise that ends now: no rule about its rate speaks.</summary>
    static Task Rise(StoryEngine engine, params decimal[] stages) =>
        engine.Stages(Gauge, [.. stages.Select((stage, i) => (Duration.FromMinutes(10 * (stages.Length - 1 - i)), stage))]);

    static async Task Approve(IPage page)
    {
        await page.Locator(".acts .primary").ClickAsync();
        await page.Locator("dialog .primary").ClickAsync();
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    static Task<IPage> Officer(Browser browser, StoryEngine engine, string name, (int, int)? size = null) => Person(browser, engine, name, Role.Officer, size ?? Browser.Desk);

    static async Task<IPage> Person(Browser browser, StoryEngine engine, string name, Role role, (int, int) size)
    {
        var page = await browser.Person(size);
        await Join(page, engine, engine.App.Services.GetRequiredService<UserList>().Invite(name, role, [], null, "test").Token!, null);
        return page;
    }

    /// <summary>Invited at the page of whoever administers, and come in by the link.</summary>
    static async Task<IPage> Invited(Browser browser, IPage chief, StoryEngine engine, string name, string role)
    {
        await chief.GotoAsync($"{engine.Page}#/settings/account");
        await chief.GetByRole(AriaRole.Button, new() { Name = "Mời" }).ClickAsync();
        await chief.Locator("dialog input[name=name]").FillAsync(name);
        await chief.Locator("dialog select[name=role]").SelectOptionAsync(role);
        await chief.Locator("dialog button[type=submit]").ClickAsync();
        var link = await chief.Locator("dialog code").InnerTextAsync();
        await chief.Locator("dialog button[type=submit]").ClickAsync();
        var page = await browser.Person(Browser.Desk);
        await Join(page, engine, link[(link.LastIndexOf('/') + 1)..], null);
        return page;
    }

    /// <summary>Makes an account of a link: a password, and for who decides a second factor.</summary>
    static async Task Join(IPage page, StoryEngine engine, string link, string? name)
    {
        await page.GotoAsync($"{engine.Page}#/invitation/{link}");
        if (name is not null)
            await page.GetByLabel("Tên").FillAsync(name);
        await page.GetByLabel("Mật khẩu mới").FillAsync(Password);
        await page.GetByText("Tiếp tục").ClickAsync();
        var secret = page.Locator("form a code");
        await secret.Or(page.Locator("nav")).First.WaitForAsync();
        if (await secret.CountAsync() == 0)
            return;
        await page.GetByLabel("Mã đang hiện").FillAsync(Authenticator.Code(await secret.InnerTextAsync()));
        await page.GetByText("Tiếp tục").ClickAsync();
        await page.GetByText("Đã ghi lại").ClickAsync();
        await page.Locator("nav").First.WaitForAsync();
    }
}

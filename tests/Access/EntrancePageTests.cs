using CanhLu.Console.Accounts;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>Coming in by the page, in a real browser.</summary>
public sealed class EntrancePageTests(GuardedEngine engine) : IClassFixture<GuardedEngine>
{
    const string Chromium = "/usr/bin/chromium";
    const string Password = "bến sông chiều mưa lớn";

    [Fact]
    public async Task An_officer_makes_an_account_from_a_link_shows_a_code_and_comes_in_again()
    {
        if (!File.Exists(Chromium) && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip($"{Chromium} is not installed.");
        var link = engine.App.Services.GetRequiredService<UserList>().Invite("Thu", Role.Officer, [], null, "test").Token;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, Locale = "vi-VN" });
        var wrong = new List<string>();
        page.PageError += (_, error) => wrong.Add(error);
        page.Console += (_, said) =>
        {
            // That a sign-in was refused is what the test wants; anything that the policy forbids is not.
            if (said.Type == "error" && !said.Text.Contains("401", StringComparison.Ordinal))
                wrong.Add(said.Text);
        };
        await page.GotoAsync($"{engine.Page}#/invitation/{link}");
        await page.GetByLabel("Mật khẩu mới").FillAsync(Password);
        await page.GetByText("Tiếp tục").ClickAsync();
        var secret = await page.Locator("form a code").InnerTextAsync();
        Assert.DoesNotContain(link!, page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("h2").CountAsync());
        await page.GetByLabel("Mã đang hiện").FillAsync(Code(secret, 0));
        await page.GetByText("Tiếp tục").ClickAsync();
        await page.Locator(".recovery li").First.WaitForAsync();
        Assert.Equal(10, await page.Locator(".recovery li").CountAsync());
        await page.GetByText("Đã ghi lại").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sông Tam Kỳ" }).WaitForAsync();
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByText("Đăng xuất").ClickAsync();

        await page.GetByLabel("Tên").FillAsync("Thu");
        await page.GetByLabel("Mật khẩu").FillAsync(Password);
        await page.Locator("form button").ClickAsync();
        await page.GetByLabel("Mã 6 số").FillAsync(Code(secret, 1));
        await page.Locator("form button").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sông Tam Kỳ" }).WaitForAsync();
        await page.GetByText("Tài khoản").ClickAsync();
        await page.GetByText("phiên này").WaitForAsync();
        Assert.Empty(wrong);
    }


    /// <summary>As an authenticator makes it of what it was told.</summary>
    static string Code(string base32, int later)
    {
        var (bits, count, key) = (0, 0, new List<byte>());
        foreach (var letter in base32.Where(char.IsLetterOrDigit))
        {
            (bits, count) = (bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), count + 5);
            if (count < 8)
                continue;
            key.Add((byte)(bits >> (count -= 8)));
            bits &= (1 << count) - 1;
        }
        return Totp.Code([.. key], Totp.StepAt(RealTime.Clock.GetCurrentInstant()) + later);
    }
}

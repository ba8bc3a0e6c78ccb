using System.Text.Json;
using CanhLu.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace CanhLu.Tests.Page;

/// <summary>A real browser. What goes wrong inside its pages is a failure of the test that opened them.</summary>
sealed class Browser : IAsyncDisposable
{
    const string Chromium = "/usr/bin/chromium";

    /// <summary>What the browser says of an answer 400 to 499.</summary>
    public const string Refused = "status of 4";

    /// <summary>What the browser says of a line that is gone.</summary>
    public const string Cut = "net::ERR_";

    static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    readonly IPlaywright _playwright;
    readonly IBrowser _browser;
    readonly List<string> _wrong = [];

    Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>The width and height of a desk's screen, and of a telephone's.</summary>
    public static (int Width, int Height) Desk => (1440, 900);

    public static (int Width, int Height) Telephone => (390, 844);

    public static async Task<Browser> Open(params string[] more)
    {
        if (!File.Exists(Chromium))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Chromium} is not installed.");
            Assert.Skip($"{Chromium} is not installed.");
        }
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = [.. Flags, .. more] }));
    }

    /// <summary>A page of a person of its own: no cookies or memories of another one's.</summary>
    public async Task<IPage> Person((int Width, int Height) size, bool isNight = false, bool english = false, float? scale = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = size.Width, Height = size.Height },
            Locale = "vi-VN",
            ColorScheme = isNight ? ColorScheme.Dark : ColorScheme.Light,
            DeviceScaleFactor = scale,
            HasTouch = size == Telephone,
        });
        context.SetDefaultTimeout(60_000);
        if (english)
            await context.AddInitScriptAsync("localStorage.setItem('canhlu.language', 'en')");
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Note(error);
        page.Console += (_, said) =>
        {
            if (said.Type == "error")
                Note(said.Text);
        };
        return page;
    }

    /// <summary>Asserts that nothing went wrong in any page so far.</summary>
    /// <param name="wanted">Parts of what the browser says of a refusal that the test wants, or of a line that it cut.</param>
    public void Sound(params string[] wanted)
    {
        lock (_wrong)
            Assert.DoesNotContain(_wrong, one => !wanted.Any(part => one.Contains(part, StringComparison.Ordinal)));
    }

    /// <summary>Asserts that axe finds nothing against WCAG 2.2 A and AA on what is shown, and that the page is no wider than its window.</summary>
    public static async Task Accessible(IPage page)
    {
        var folder = NpmPackages.Beside("judges");
        await NpmPackages.Need(folder, "axe-core");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken));
        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations"
            + ".map(one => `${one.id} (${one.impact}): ${one.nodes.map(node => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')}`)");
        Assert.True(found.GetArrayLength() == 0, $"{page.Url} {string.Join('\n', found.EnumerateArray().Select(one => one.GetString()))}");
        Assert.Equal(page.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    void Note(string wrong)
    {
        lock (_wrong)
            _wrong.Add(wrong);
    }
}

using System.Diagnostics;
using Xunit;

namespace CanhLu.Tests.Console;

public sealed class StopTests
{
    [Fact]
    public async Task An_open_page_does_not_hold_up_the_stop()
    {
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        using var page = await engine.Ask("api/live");
        await using var stream = await page.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await stream.ReadAsync(new byte[16], TestContext.Current.CancellationToken));
        var began = Stopwatch.GetTimestamp();
        await engine.Stop();
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "the stop waited for the page");
    }
}

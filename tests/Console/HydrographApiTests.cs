using System.Collections.Frozen;
using System.Text.Json;
using CanhLu.Tests.Page;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>An engine whose gauge at the station that feels the tide measures rain as well.</summary>
public sealed class WetEngine : RunningEngine
{
    protected override Site Change(Site site) => site with { Devices = site.Devices.Values.Select(Wet).ToFrozenDictionary(device => device.Id) };

    static Device Wet(Device device) => device.Id != "tk-gauge-1"
        ? device
        : device with { Model = device.Model with { Id = "wet-gauge", Fields = [.. device.Model.Fields, new Field("rain_mm", "rain", "mm", 1, 0, 200)] } };
}

/// <summary>What the hydrograph is drawn from besides the stages: flags of stretches, the tide, rain.</summary>
public sealed class HydrographApiTests(WetEngine engine) : IClassFixture<WetEngine>
{
    const int EveryMinutes = 10;
    const int Days = 40;

    [Fact]
    public async Task A_stretch_carries_its_worst_flag()
    {
        var end = RunningEngine.Now - Duration.FromHours(1);
        // Beyond what the sensor can measure.
        await engine.Publish("ah-gauge-1", Json([(end, 0.5m), (end + Duration.FromMinutes(1), 20m), (end + Duration.FromMinutes(40), 0.51m)]));
        var path = $"api/readings?station=an-ha&from={end}&to={end + Duration.FromHours(1)}&every=30m";
        var buckets = (await engine.Get(path)).EnumerateArray().ToArray();
        Assert.Equal((2, 1, "Fail", 500.0), (
            buckets[0].GetProperty("count").GetInt32(), buckets[0].GetProperty("unbelievable").GetInt32(), buckets[0].GetProperty("worst").GetString(), buckets[0].GetProperty("mean").GetDouble()));
        Assert.NotEqual("Fail", buckets[1].GetProperty("worst").GetString());
    }

    [Fact]
    public async Task The_tide_is_told_as_the_rules_have_fitted_it_and_with_rain_the_page_draws_both()
    {
        var now = RunningEngine.Now;
        var begins = now - Duration.FromDays(Days);
        Assert.False((await Tide(now - Duration.FromDays(1), now)).GetProperty("is_known").GetBoolean());
        foreach (var day in Enumerable.Range(0, Days))
            await engine.Publish("tk-gauge-1", Json(Enumerable.Range(0, 1440 / EveryMinutes).Select(i =>
            {
                var at = begins + Duration.FromDays(day) + Duration.FromMinutes(EveryMinutes * (i + 1));
                return (at, decimal.Round((decimal)(0.8 + TideAt(at)), 3));
            })));
        await Eventually.True(() => Tide(now - Duration.FromDays(1), now).GetAwaiter().GetResult().GetProperty("is_known").GetBoolean(), "the tide is fitted");
        var tide = await Tide(now - Duration.FromDays(1), now);
        Assert.True(tide.GetProperty("is_felt").GetBoolean());
        var millimetres = tide.GetProperty("mm").EnumerateArray().Select(one => one.GetDouble()).ToArray();
        Assert.Equal(24 * 4 + 1, millimetres.Length);
        for (var i = 0; i < millimetres.Length; i++)
            Assert.InRange(millimetres[i] - 1000 * TideAt(now - Duration.FromDays(1) + Duration.FromMinutes(15 * i)), -40, 40);
        Assert.False((await Tide(now - Duration.FromDays(500), now - Duration.FromDays(499))).GetProperty("is_known").GetBoolean());
        Assert.False((await engine.Get($"api/stations/tam-ngoc/tide?from={now - Duration.FromDays(1)}&to={now}")).GetProperty("is_felt").GetBoolean());
        using var wrong = await engine.Ask($"api/stations/tam-ky/tide?from={now}&to={now}");
        Assert.Equal(400, (int)wrong.StatusCode);

        await engine.Publish("tk-gauge-1", JsonSerializer.Serialize(Enumerable.Range(0, 12).Select(i => new { t = (now - Duration.FromMinutes(10 * i + 5)).ToUnixTimeMilliseconds(), rain_mm = 1.5 })));
        await using var browser = await Browser.Open();
        var page = await browser.Person(Browser.Desk);
        await page.GotoAsync($"{engine.Page}#/station/tam-ky");
        await page.Locator(".key", new() { HasText = "trừ thủy triều" }).WaitForAsync();
        await page.Locator(".key", new() { HasText = "mưa" }).WaitForAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Slider).FocusAsync();
        // Before the curve has come there is no end to go to; and the last rain lies some steps before it, by how long all this took.
        for (var tries = 0; tries < 100 && await page.Locator(".readout", new() { HasText = "mm" }).CountAsync() == 0; tries++)
        {
            await page.Keyboard.PressAsync(tries % 20 == 0 ? "End" : "ArrowLeft");
            await page.WaitForTimeoutAsync(200);
        }
        await page.Locator(".readout", new() { HasText = "mm" }).WaitForAsync();
        if (Environment.GetEnvironmentVariable("CANHLU_LOOK") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "wet.png") });
        browser.Sound();
    }

    /// <summary>M2 and K1 of a small estuary, metres.</summary>
    static double TideAt(Instant at)
    {
        var hours = at.ToUnixTimeSeconds() / 3600.0;
        return 0.3 * Math.Cos(28.9841042 * Math.PI / 180 * hours) + 0.2 * Math.Cos(15.0410686 * Math.PI / 180 * hours);
    }

    async Task<JsonElement> Tide(Instant from, Instant to) => await engine.Get($"api/stations/tam-ky/tide?from={from}&to={to}");

    static string Json(IEnumerable<(Instant At, decimal Metres)> stages) => JsonSerializer.Serialize(stages.Select(one => new { t = one.At.ToUnixTimeMilliseconds(), stage_m = one.Metres }));
}

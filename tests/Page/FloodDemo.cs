using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CanhLu.Host.Demo;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Page;

/// <summary><c>canhlu demo</c> as a person starts it, at the height of the flood of October 2025, with a reservoir's release that waits for a decision.</summary>
public sealed class FloodDemo : IAsyncLifetime
{
    /// <summary>The water is over báo động III, short of its crest. From here the demo goes at the pace of real time, however long the pictures take.</summary>
    const string Height = "2025-10-29T23:40:00+07:00";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    static readonly HttpClient _http = new();

    EngineProcess? _demo;

    public Uri Page { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        var ports = FreePorts.Take(3);
        Page = new Uri($"http://127.0.0.1:{ports[0]}/");
        _demo = new EngineProcess($"demo --speed 1440 --until {Height} --urls {Page.ToString().TrimEnd('/')} --handsets http://127.0.0.1:{ports[1]} --mqtt 127.0.0.1:{ports[2]}", Page, new Dictionary<string, string>());
        _demo.Start();
        await _demo.Ready();
        using var patience = new CancellationTokenSource(Patience, RealTime.Provider);
        var height = DateTimeOffset.Parse(Height, CultureInfo.InvariantCulture);
        while (!(await Get("api/stations")).EnumerateArray().Any(station => station.GetProperty("measured_at").ValueKind == JsonValueKind.String && station.GetProperty("measured_at").GetDateTimeOffset() >= height))
            await Task.Delay(TimeSpan.FromMilliseconds(200), RealTime.Provider, patience.Token);
        using var answer = await _http.PostAsJsonAsync(
            new Uri(Page, "api/releases"),
            new { who = "Lan", source = "phu-ninh", q_min = 100, q_max = 400, starts_at = height.AddHours(12).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), document = "Thông báo 112/TB" },
            TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<JsonElement> Get(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(Page, path), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_demo is not null)
            await _demo.DisposeAsync();
    }
}

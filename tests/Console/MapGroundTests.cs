using System.Text.Json;
using CanhLu.Console.Page;
using Microsoft.Extensions.Options;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>An engine whose operator has set a tile server.</summary>
public sealed class TiledEngine : RunningEngine
{
    protected override Dictionary<string, string?> Own => new()
    {
        ["Map:TileUrl"] = "https://tiles.example.vn:8443/osm/{z}/{x}/{y}.png?key=1",
        ["Map:TileAttribution"] = "© OpenStreetMap <b>contributors</b>",
    };
}

/// <summary>What lies under the map, and what a browser may fetch for it.</summary>
public sealed class MapGroundTests(RunningEngine plain, TiledEngine tiled) : IClassFixture<RunningEngine>, IClassFixture<TiledEngine>
{
    [Fact]
    public async Task Without_a_tile_server_the_page_asks_nobody_else()
    {
        Assert.Contains("img-src 'self' data:;", await Policy(plain), StringComparison.Ordinal);
        Assert.False((await plain.Get("api/map")).TryGetProperty("tiles", out _));
        Assert.Equal(JsonValueKind.Null, (await plain.Get("api/installation")).GetProperty("tiles").ValueKind);
    }

    [Fact]
    public async Task With_one_pictures_may_come_from_its_origin_and_nothing_else_may()
    {
        var policy = await Policy(tiled);
        Assert.Contains("img-src 'self' data: https://tiles.example.vn:8443;", policy, StringComparison.Ordinal);
        Assert.Equal(policy.IndexOf("https:", StringComparison.Ordinal), policy.LastIndexOf("https:", StringComparison.Ordinal));
        Assert.Equal(await Policy(plain), policy.Replace(" https://tiles.example.vn:8443", "", StringComparison.Ordinal));
        var tiles = (await tiled.Get("api/map")).GetProperty("tiles");
        Assert.Equal(("https://tiles.example.vn:8443/osm/{z}/{x}/{y}.png?key=1", "© OpenStreetMap <b>contributors</b>", 18), (
            tiles.GetProperty("url").GetString(), tiles.GetProperty("attribution").GetString(), tiles.GetProperty("closest").GetInt32()));
    }

    [Theory]
    [InlineData("https://tile.example.org/{z}/{x}/{y}.png", "https://tile.example.org")]
    [InlineData("https://{s}.tile.example.org/{z}/{x}/{y}.png", "https://*.tile.example.org")]
    [InlineData("http://10.0.0.7:8081/{z}/{x}/{y}.png", "http://10.0.0.7:8081")]
    [InlineData("https://bản-đồ.vn/{z}/{x}/{y}", "https://xn--bn--xqa1698alia.vn")]
    [InlineData("https://tile.example.org/{z}/{x}.png", null)]
    [InlineData("/tiles/{z}/{x}/{y}.png", null)]
    [InlineData("ftp://tile.example.org/{z}/{x}/{y}.png", null)]
    [InlineData("https://user:word@tile.example.org/{z}/{x}/{y}.png", null)]
    [InlineData("https://tile.example.org; script-src */{z}/{x}/{y}.png", null)]
    [InlineData("https://{x}{y}{z}", null)]
    public void The_origin_is_what_a_policy_may_be_made_of_or_none(string template, string? origin) => Assert.Equal(origin, new MapGround { TileUrl = template }.Origin);

    [Fact]
    public async Task A_wrong_tile_server_stops_the_start_and_says_why()
    {
        await using var engine = new WrongGround();
        Assert.Contains("Map:TileUrl is an address", (await Assert.ThrowsAnyAsync<OptionsValidationException>(async () => await engine.InitializeAsync())).Message, StringComparison.Ordinal);
    }

    static async Task<string> Policy(RunningEngine engine)
    {
        using var page = await engine.Ask("");
        return page.Headers.GetValues("Content-Security-Policy").Single();
    }

    sealed class WrongGround : RunningEngine
    {
        protected override Dictionary<string, string?> Own => new() { ["Map:TileUrl"] = "tiles", ["Map:TileAttribution"] = "x" };
    }
}

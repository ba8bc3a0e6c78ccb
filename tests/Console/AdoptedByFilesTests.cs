using CanhLu.Host.SiteFiles;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>A device that was adopted, and that the site's files name later.</summary>
public sealed class AdoptedByFilesTests : IAsyncLifetime
{
    sealed class Followed : RunningEngine
    {
        public string Site { get; } = Directory.CreateTempSubdirectory("canhlu-site-").FullName;

        protected override string FollowedFolder => Site;
    }

    readonly Followed _engine = new();

    public ValueTask InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(SiteFolder.Default()))
            File.Copy(file, Path.Combine(_engine.Site, Path.GetFileName(file)));
        return _engine.InitializeAsync();
    }

    [Fact]
    public async Task The_files_win_and_the_adoption_says_so_and_counts_again_when_they_let_the_device_go()
    {
        var path = Path.Combine(_engine.Site, "site.yaml");
        var before = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(200, (await _engine.Say("api/adoptions", new { device = "wifi-77", model = "wifi-ap", name = "Nhận ở hiện trường", who = "Lan" })).Status);
        Assert.Equal("Nhận ở hiện trường", await Name());
        await File.WriteAllTextAsync(
            path, before.Replace("  - { id: wifi-01,", "  - { id: wifi-77, model: wifi-ap, name: Theo tệp }\n  - { id: wifi-01,", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Eventually.True(() => Name().GetAwaiter().GetResult() == "Theo tệp", "the files' name");
        Assert.Equal("NamedByFiles", await Standing());
        // A broken file changes nothing of it, and the next right one counts.
        await File.WriteAllTextAsync(path, before.Replace("model: wifi-ap", "model: wifi-app", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Eventually.True(() => _engine.Text("api/audit?subject=site/tam-ky").GetAwaiter().GetResult().Contains("\"refused\"", StringComparison.Ordinal), "the refusal");
        Assert.Equal("Theo tệp", await Name());
        await File.WriteAllTextAsync(path, before, TestContext.Current.CancellationToken);
        await Eventually.True(() => Name().GetAwaiter().GetResult() == "Nhận ở hiện trường", "the adoption's name");
        Assert.Equal("InForce", await Standing());

        // The files may also say that it is a name of one of theirs on foreign topics.
        await File.WriteAllTextAsync(
            path, before.Replace("  - { id: wifi-01, model: wifi-ap,", "  - { id: wifi-01, model: wifi-ap, also: [wifi-77, wifi-78],", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Eventually.True(() => Name().GetAwaiter().GetResult() is null, "the files' device has the name");
        Assert.Equal("NamedByFiles", await Standing());
        var refused = await _engine.Say("api/adoptions", new { device = "wifi-78", model = "wifi-ap", name = "Nhận ở hiện trường", who = "Lan" });
        Assert.Contains("wifi-78 is a name that wifi-01 has on foreign topics", $"{refused}", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_engine.Site, recursive: true);
    }

    async Task<string?> Name() =>
        (await _engine.Get("api/devices")).EnumerateArray().Where(one => one.GetProperty("id").GetString() == "wifi-77").Select(one => one.GetProperty("name").GetString()).FirstOrDefault();

    async Task<string?> Standing() => (await _engine.Get("api/adoptions")).GetProperty("adopted")[0].GetProperty("standing").GetString();
}

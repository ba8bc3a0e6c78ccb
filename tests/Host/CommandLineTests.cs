using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CanhLu.Host.Demo;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>What stands in the way is said in one sentence with its remedy.</summary>
public sealed class CommandLineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-line-").FullName;

    string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_says_nothing_is_shown_what_can_be_said()
    {
        var run = await ProgramRun.Of();
        Assert.Equal(0, run.Code);
        Assert.All((string[])["run", "demo", "check", "device", "import", "explain"], command => Assert.Contains($"  {command}", run.Output, StringComparison.Ordinal));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_used_port_is_named_with_its_option()
    {
        using var used = new TcpListener(IPAddress.Loopback, 0);
        used.Start();
        var port = ((IPEndPoint)used.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var free = FreePorts.Take(4);
        (await ProgramRun.Of("run", "--data", Data, "--urls", $"http://127.0.0.1:{port}", "--mqtt", $"{free[0]}")).IsRefusedWith(port, "--urls");
        (await ProgramRun.Of("run", "--data", Data, "--urls", $"http://127.0.0.1:{free[1]}", "--mqtt", port)).IsRefusedWith(port, "--mqtt");
        (await ProgramRun.Of("demo", "--urls", $"http://127.0.0.1:{free[2]}", "--mqtt", $"{free[3]}", "--handsets", $"http://127.0.0.1:{port}")).IsRefusedWith(port, "--handsets");
    }

    [Fact]
    public async Task A_missing_folder_or_file_is_named()
    {
        var nowhere = Path.Combine(_folder, "nowhere");
        (await ProgramRun.Of("run", "--data", Data, "--site", nowhere)).IsRefusedWith(nowhere, "--site");
        (await ProgramRun.Of("import", "--data", Data, "--roster", nowhere)).IsRefusedWith(nowhere, "--roster");
    }

    [Theory]
    [InlineData("demo --speed fast", "--speed")]
    [InlineData("demo --until tonight", "'tonight' is no time")]
    [InlineData("demo --until 2025-11-01T00:00:00+07:00", "--until lies within the flood")]
    [InlineData("drill --speed fast", "--speed")]
    [InlineData("backtest --readings none.csv --people many", "--people")]
    [InlineData("report --from yesterday --to 2025-10-30T00:00:00+07:00", "'yesterday' is no time")]
    [InlineData("export --roster none.csv --from yesterday", "'yesterday' is no time")]
    public async Task A_value_that_cannot_be_read_is_named(string line, string what)
    {
        var run = await ProgramRun.Of(line.Split(' '));
        Assert.Equal(2, run.Code);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        (await ProgramRun.Of("run", "--data", Path.Combine(file, "data"))).IsRefusedWith(file, "--data");
        (await ProgramRun.Of("device", "list", "--data", Path.Combine(file, "data"))).IsRefusedWith(file, "--data");
    }

    [Fact]
    public async Task An_engine_without_carriers_says_so_keeps_its_folder_and_ends_cleanly()
    {
        var ports = FreePorts.Take(4);
        var page = new Uri($"http://127.0.0.1:{ports[0]}");
        await using var engine = new EngineProcess($"run --data \"{Data}\" --urls {page.ToString().TrimEnd('/')} --mqtt {ports[1]}", page, new Dictionary<string, string>());
        engine.Start();
        await engine.Ready();
        (await ProgramRun.Of("run", "--data", Data, "--urls", $"http://127.0.0.1:{ports[2]}", "--mqtt", $"{ports[3]}")).IsRefusedWith("Another engine", Data, "--data");

        using var visitor = new HttpClient();
        using var open = await visitor.GetAsync(new Uri(page, "api/live"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(0, await engine.Stop().WaitAsync(TimeSpan.FromSeconds(15), RealTime.Provider, TestContext.Current.CancellationToken));
        Assert.Single(engine.Said.Split('\n'), line => line.Contains("Nobody can be told", StringComparison.Ordinal) && line.Contains("CANHLU_Carriers__Esms__ApiKey", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", engine.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", engine.Said, StringComparison.Ordinal);
    }
}

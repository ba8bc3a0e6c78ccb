using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>A real InfluxDB 1.6 or VictoriaMetrics on a free port of this machine, with a folder of its own.</summary>
sealed class PointStore : IAsyncDisposable
{
    const string Influxd = "/usr/bin/influxd";
    const string Victoria = "/usr/bin/victoria-metrics";

    readonly string _program;
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-points-").FullName;
    readonly int _port = FreePort();
    readonly HttpClient _client = new();
    Process? _process;

    PointStore(string program) => _program = program;

    public Uri Url => new($"http://127.0.0.1:{_port}");

    public bool IsVictoria => _program == Victoria;

    public static PointStore Influx() => Installed(Influxd);

    public static PointStore VictoriaMetrics() => Installed(Victoria);

    /// <summary>Starts it, again after <see cref="Kill"/>.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo(_program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in IsVictoria ? OfVictoria() : OfInflux())
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.True(Answers, $"{_program} answers");
    }

    /// <summary>Kills it as a power cut would.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Runs a statement of InfluxQL; times in microseconds.</summary>
    public async Task<JsonElement> Query(string statement, string database = "canhlu")
    {
        using var form = new FormUrlEncodedContent([new("q", statement), new("db", database), new("epoch", "u")]);
        using var answer = await _client.PostAsync(new Uri(Url, "/query"), form);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        using var json = JsonDocument.Parse(body);
        var result = json.RootElement.GetProperty("results")[0].Clone();
        Assert.False(result.TryGetProperty("error", out var error), error.ToString());
        return result;
    }

    /// <summary>Every series of VictoriaMetrics with its samples; times in milliseconds.</summary>
    public async Task<List<JsonElement>> Export()
    {
        // What came in a moment ago is shown only after this.
        (await _client.GetAsync(new Uri(Url, "/internal/force_flush"))).EnsureSuccessStatusCode();
        var body = await _client.GetStringAsync(new Uri(Url, "/api/v1/export?match[]=%7B__name__!%3D%22%22%7D&start=0"));
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Clone();
        })];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await Kill();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static PointStore Installed(string program)
    {
        if (!File.Exists(program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{program} is not installed.");
            Assert.Skip($"{program} is not installed.");
        }
        return new PointStore(program);
    }

    string[] OfVictoria() =>
    [
        $"-storageDataPath={_folder}", string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{_port}"), "-retentionPeriod=100y", "-dedup.minScrapeInterval=1ms",
    ];

    string[] OfInflux()
    {
        var conf = Path.Combine(_folder, "influxdb.conf");
        File.WriteAllText(
            conf,
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
              dir = "{_folder}/meta"
            [data]
              dir = "{_folder}/data"
              wal-dir = "{_folder}/wal"
            [http]
              bind-address = "127.0.0.1:{_port}"
            [monitor]
              store-enabled = false
            """);
        return ["-config", conf];
    }

    bool Answers()
    {
        try
        {
            using var answer = _client.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(Url, IsVictoria ? "/health" : "/ping")));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            Assert.False(_process!.HasExited, $"{_program} ended by itself.");
            return false;
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>A real Mosquitto on a free port of this machine, with a folder of its own.</summary>
sealed class Mosquitto : IAsyncDisposable
{
    const string Program = "/usr/sbin/mosquitto";

    readonly string _conf;
    Process? _process;

    Mosquitto(string conf, int port, string folder)
    {
        _conf = conf;
        Port = port;
        Folder = folder;
    }

    public int Port { get; }

    /// <summary>Where its files are; removed with it.</summary>
    public string Folder { get; }

    public string Url => $"mqtt://127.0.0.1:{Port}";

    /// <summary>Starts one with the limits of <c>tests/Ingest/mosquitto.conf</c>.</summary>
    /// <param name="more">Further lines, given its folder; they come last.</param>
    /// <param name="limits">False for Mosquitto's own limits.</param>
    public static async Task<Mosquitto> Start(Func<string, string>? more = null, bool limits = true)
    {
        if (!File.Exists(Program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Program} is not installed.");
            Assert.Skip($"{Program} is not installed.");
        }
        var folder = Directory.CreateTempSubdirectory("canhlu-mosquitto-").FullName;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var conf = Path.Combine(folder, "mosquitto.conf");
        var extra = more?.Invoke(folder) ?? "allow_anonymous true\n";
        await File.WriteAllTextAsync(
            conf,
            $"listener {port} 127.0.0.1\nuser {Environment.UserName}\npersistence_location {folder}/\nlog_dest file {folder}/log\n"
            + (limits ? await File.ReadAllTextAsync(LimitsFile()) : "sys_interval 1\n") + "\n" + extra);
        var mosquitto = new Mosquitto(conf, port, folder);
        await mosquitto.Start();
        return mosquitto;
    }

    /// <summary>Starts it again after <see cref="Stop"/>.</summary>
    public async Task Start()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", _conf]) { RedirectStandardError = true })!;
        await Eventually.True(
            () => !_process.HasExited ? CanConnect() : throw new InvalidOperationException(File.ReadAllText(Path.Combine(Folder, "log"))),
            "Mosquitto answers");
    }

    /// <summary>Ends it as an operator would: it writes down its sessions, when it may.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        await _process!.WaitForExitAsync();
    }

    /// <summary>Lets it read and write nothing until <see cref="Resume"/>; its connections stand.</summary>
    public Task Pause() => Signal("STOP");

    public Task Resume() => Signal("CONT");

    /// <summary>SIGKILL: what it had not written down is gone. To be started again.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    bool CanConnect()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static string LimitsFile([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../Ingest/mosquitto.conf");
}

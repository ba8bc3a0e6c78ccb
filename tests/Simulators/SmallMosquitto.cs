using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CanhLu.Tests.Simulators;

/// <summary>A real Mosquitto on a free port, which keeps its sessions over a restart.</summary>
sealed class SmallMosquitto : IAsyncDisposable
{
    const string Program = "/usr/sbin/mosquitto";

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-sims-").FullName;
    Process? _process;

    public int Port { get; } = FreePort();

    public static async Task<SmallMosquitto> Start()
    {
        if (!File.Exists(Program))
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", $"{Program} is not installed.");
            Assert.Skip($"{Program} is not installed.");
        }

        var mosquitto = new SmallMosquitto();
        await File.WriteAllTextAsync(mosquitto.Conf, $"""
            listener {mosquitto.Port} 127.0.0.1
            allow_anonymous true
            user {Environment.UserName}
            persistence true
            persistence_location {mosquitto._folder}/
            max_queued_messages 0
            max_inflight_messages 50
            log_dest none
            """);
        await mosquitto.Open();
        return mosquitto;
    }

    public async Task Open()
    {
        _process = Process.Start(Program, ["-c", Conf]);
        await Until.True(CanConnect, "Mosquitto answers");
    }

    /// <summary>Ends it in order: it writes its sessions down.</summary>
    public async Task Close()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string Conf => Path.Combine(_folder, "mosquitto.conf");

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

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

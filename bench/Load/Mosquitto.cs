using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CanhLu.Bench;

/// <summary>A real Mosquitto on loopback with its queue limits raised, ended by its own process id.</summary>
sealed class Mosquitto : IDisposable
{
    const string Program = "/usr/sbin/mosquitto";

    readonly OwnProcess _process;
    readonly string _folder;

    Mosquitto(OwnProcess process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>What must be installed for it; null when it is there.</summary>
    public static string? Lacks => File.Exists(Program) ? null : "It needs Mosquitto: apt-get install mosquitto.";

    /// <summary>Its CPU time so far.</summary>
    public TimeSpan Cpu => _process.Cpu;

    /// <exception cref="InvalidOperationException">Mosquitto is not installed, or did not begin to listen within 10 s.</exception>
    public static async Task<Mosquitto> StartAsync()
    {
        if (Lacks is { } what)
            throw new InvalidOperationException(what);
        var folder = Directory.CreateTempSubdirectory("canhlu-bench-").FullName;
        var port = FreePort();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            max_queued_messages 0
            max_queued_bytes 0
            max_inflight_messages 0
            log_type error

            """));
        var process = new OwnProcess(Program, ["-c", configuration]);
        process.Start();
        for (var tries = 0; tries < 100; tries++)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return new Mosquitto(process, folder, port);
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), Clocks.Timers);
            }
        }
        process.Kill();
        throw new InvalidOperationException("Mosquitto did not begin to listen within 10 s.");
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CanhLu.Bench;

/// <summary>A real Mosquitto on loopback with its queue limits raised, ended by its own process id.</summary>
sealed class Mosquitto : IDisposable
{
    readonly Process _process;
    readonly string _folder;

    Mosquitto(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <exception cref="InvalidOperationException">Mosquitto is not installed, or did not begin to listen within 10 s.</exception>
    public static async Task<Mosquitto> StartAsync()
    {
        const string Program = "/usr/sbin/mosquitto";
        if (!File.Exists(Program))
            throw new InvalidOperationException("The external rows need Mosquitto: apt-get install mosquitto.");
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
        var process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration]) { RedirectStandardError = true })!;
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
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

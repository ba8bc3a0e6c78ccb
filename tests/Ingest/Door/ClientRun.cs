using System.Diagnostics;
using System.Globalization;
using System.Text;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A client that nobody here wrote, as a process.</summary>
sealed class ClientRun : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly StringBuilder _said = new();

    ClientRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public static string Folder { get; } = NpmPackages.Beside("clients");

    public static ClientRun MosquittoPub(OpenDoor door, string version, params string[] more) => Mosquitto("pub", door, version, more);

    public static ClientRun MosquittoSub(OpenDoor door, string version, params string[] more) => Mosquitto("sub", door, version, more);

    public static ClientRun Paho(OpenDoor door, string scenario, params string[] more)
    {
        Need("/usr/bin/python3", File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/paho"), "Debian's python3-paho-mqtt");
        return Start("/usr/bin/python3", [Path.Combine(Folder, "paho_client.py"), scenario, .. Port(door, more), .. more]);
    }

    public static async Task<ClientRun> MqttJs(OpenDoor door, string scenario, params string[] more)
    {
        await NpmPackages.Need(Folder, "mqtt");
        return Start("node", [Path.Combine(Folder, "mqttjs_client.mjs"), scenario, .. Port(door, more), .. more]);
    }

    public static string[] As(OpenDoor door, string account) => ["--user", account, "--password", door.Secrets[account]];

    /// <summary>Waits for a line that begins so.</summary>
    public Task Says(string beginning) => Soon.True(() =>
        Said.Split('\n').Any(line => line.StartsWith(beginning, StringComparison.Ordinal)) || (_process.HasExited ? throw new InvalidOperationException(Said) : false));

    public void GoOn() => _process.StandardInput.WriteLine();

    public void Kill() => _process.Kill();

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> Ends()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    static ClientRun Mosquitto(string which, OpenDoor door, string version, string[] more)
    {
        var program = $"/usr/bin/mosquitto_{which}";
        Need(program, File.Exists(program), "Debian's mosquitto-clients");
        string[] where = more.Contains("--cafile") ? ["-h", "localhost", "-p", Text(door.TlsPort)] : ["-h", "127.0.0.1", "-p", Text(door.Port)];
        return Start(program, [.. where, "-V", version, .. more]);
    }

    static string[] Port(OpenDoor door, string[] more) => ["--port", Text(more.Contains("--ca") ? door.TlsPort : door.Port)];

    static ClientRun Start(string program, string[] arguments) => new(new Process
    {
        StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
    });

    static void Need(string program, bool isThere, string package)
    {
        if (isThere)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{program}: {package} is not installed.");
        Assert.Skip($"{program}: {package} is not installed.");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.Append(line).Append('\n');
    }
}

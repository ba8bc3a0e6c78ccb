using System.Diagnostics;
using System.Globalization;

namespace CanhLu.Bench.Peers;

/// <summary>Node-RED with a flow as its users write it: mqtt in, a function with threshold and rate, http request; a Mosquitto before it, QoS 1, a session that is kept.</summary>
sealed class NodeRedPeer : IPeer
{
    // The flow, the settings and the list of packages with their lock lie beside the program; the packages are put there when first needed.
    static readonly string Home = Path.Combine(AppContext.BaseDirectory, "node-red");
    static readonly string Program = Path.Combine(Home, "node_modules", "node-red", "red.js");

    readonly Mosquitto _broker;
    readonly string _folder;
    readonly bool _keepsContext;
    readonly OwnProcess _process;

    NodeRedPeer(Uri calls, bool keepsContext, Mosquitto broker)
    {
        (_broker, _keepsContext) = (broker, keepsContext);
        _folder = Directory.CreateTempSubdirectory("canhlu-node-red-").FullName;
        foreach (var file in (string[])["flows.json", "settings.js"])
            File.Copy(Path.Combine(Home, file), Path.Combine(_folder, file));
        _process = new OwnProcess("node", [Program, "--userDir", _folder], new Dictionary<string, string>
        {
            ["BENCH_PORT"] = Mosquitto.FreePort().ToString(CultureInfo.InvariantCulture),
            ["BENCH_MQTT_PORT"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["BENCH_CALL_URL"] = new Uri(calls, "call").ToString(),
            ["BENCH_RAISE_M"] = PeerSite.RaiseMetres,
            ["BENCH_RAISE_M_PER_H"] = PeerSite.RaiseMetresPerHour.ToString(CultureInfo.InvariantCulture),
            ["BENCH_WINDOW_S"] = PeerSite.WindowSeconds.ToString(CultureInfo.InvariantCulture),
            ["BENCH_CONTEXT"] = keepsContext ? "localfilesystem" : "memory",
        });
    }

    public string Name => _keepsContext ? "Node-RED, context on disk" : "Node-RED";

    public string Cannot => _keepsContext
        ? "Its context goes to the disk every 30 s: a kill takes it back by as much, and calls are made again. The rest as without."
        : "What it knows of each station is in memory (its default): a kill forgets who was called, and calls again. A message is acknowledged when it arrives, not when its call was made: "
            + "what was between the two at a kill is lost. It keeps no readings.";

    public int Port => _broker.Port;

    public TimeSpan Cpu => _process.Cpu;

    public TimeSpan BrokerCpu => _broker.Cpu;

    public string Said => _process.Said;

    public long MostBytes => _process.MostBytes;

    /// <summary>Puts its packages in place when they are not there; what is lacking then, null when nothing is.</summary>
    public static async Task<string?> Lacks()
    {
        if (Mosquitto.Lacks is { } broker)
            return broker;
        if (!File.Exists(Program))
            await Install();
        return File.Exists(Program) ? null : $"It could not be installed: it needs Node.js 20 with npm, and npm's registry. By hand: npm ci --prefix {Home}";
    }

    public static async Task<IPeer> MakeAsync(Uri calls, bool keepsContext) => new NodeRedPeer(calls, keepsContext, await Mosquitto.StartAsync());

    public string? Password(int device) => null;

    public Task StartAsync()
    {
        _process.Start();
        return Task.CompletedTask;
    }

    public void KillAndStart()
    {
        _process.Kill();
        _process.Start();
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        _broker.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    static async Task Install()
    {
        await System.Console.Error.WriteLineAsync("Node-RED is being installed (npm ci), once…");
        try
        {
            using var install = Process.Start(
                new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Home, RedirectStandardOutput = true })!;
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm: whoever asked is told.
        }
    }
}

using System.Globalization;

namespace CanhLu.Bench.Peers;

/// <summary>Our engine, as the program that is shipped: devices at its own door, or a Mosquitto before it.</summary>
sealed class EnginePeer : IPeer
{
    readonly Town _town;
    readonly Mosquitto? _broker;
    readonly string _folder;
    readonly OwnProcess _engine;

    EnginePeer(Town town, Uri calls, Mosquitto? broker)
    {
        (_town, _broker) = (town, broker);
        _folder = town.NewDataFolder();
        var site = Path.Combine(_folder, "site");
        PeerSite.Write(site, broker is null ? null : $"mqtt://127.0.0.1:{broker.Port}");
        Port = broker?.Port ?? Mosquitto.FreePort();
        _engine = new OwnProcess(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "canhlu.dll"), "run", "--site", site, "--data", Path.Combine(_folder, "data"),
                "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Mosquitto.FreePort()}"), "--mqtt", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"),
            ],
            new Dictionary<string, string>
            {
                // Every station tells its people here, for that is what is counted.
                ["CANHLU_Notify__StormWindow"] = "00:00:00",
                ["CANHLU_Carriers__Esms__BaseUrl"] = calls.ToString(),
                ["CANHLU_Carriers__Esms__ApiKey"] = "bench",
                ["CANHLU_Carriers__Esms__SecretKey"] = "bench",
                ["CANHLU_Carriers__Esms__Brandname"] = "CANHLU",
                ["CANHLU_Carriers__Esms__RatePerSecond"] = "1000",
            });
    }

    public string Name => _broker is null ? "Canh Lũ, own door" : "Canh Lũ, Mosquitto";

    public string Cannot => "";

    public int Port { get; }

    public TimeSpan Cpu => _engine.Cpu;

    public TimeSpan BrokerCpu => _broker?.Cpu ?? TimeSpan.Zero;

    public string Said => _engine.Said;

    public long MostBytes => _engine.MostBytes;

    /// <summary>Makes its folders; the engine is not started.</summary>
    public static async Task<IPeer> MakeAsync(Town town, Uri calls, bool throughBroker) =>
        new EnginePeer(town, calls, throughBroker ? await Mosquitto.StartAsync() : null);

    public string? Password(int device) => _broker is null ? _town.Password(device) : null;

    public Task StartAsync()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        foreach (var file in Directory.GetFiles(_folder, "operations.db*"))
            File.Move(file, Path.Combine(data, Path.GetFileName(file)));
        _engine.Start();
        return Task.CompletedTask;
    }

    public void KillAndStart()
    {
        _engine.Kill();
        _engine.Start();
    }

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        _broker?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

using System.Diagnostics.Metrics;
using System.Net;
using CanhLu.Host;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Builder;

namespace CanhLu.Bench;

/// <summary>The whole engine in this process, with its durable archive in a folder of its own.</summary>
/// <remarks>The folder goes with it, unless it is kept for whoever made it.</remarks>
sealed class BenchEngine : IAsyncDisposable
{
    readonly WebApplication _engine;
    readonly MeterListener _listener = new();
    readonly string _folder;
    readonly bool _keepsFolder;
    readonly Lock _counting = new();
    long _stored;
    long _commits;
    double _committing;
    double _longestCheckpoint;

    BenchEngine(Site site, string folder, Uri? carrier, bool keepsFolder)
    {
        (_folder, _keepsFolder) = (folder, keepsFolder);
        Port = Mosquitto.FreePort();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "canhlu.archive.readings" or "canhlu.archive.commit" or "canhlu.archive.checkpoint")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, readings, _, _) => Interlocked.Add(ref _stored, readings));
        _listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) => Count(instrument.Name == "canhlu.archive.commit", seconds));
        _listener.Start();
        var esms = carrier ?? new Uri("http://127.0.0.1:9");
        _engine = Engine.Build(
            site,
            new EngineOptions(folder, "http://127.0.0.1:0", new IPEndPoint(IPAddress.Loopback, Port))
            {
                Quiet = true,
                Settings = new Dictionary<string, string?>
                {
                    ["Carriers:Esms:BaseUrl"] = esms.ToString(),
                    ["Carriers:Esms:ApiKey"] = "bench",
                    ["Carriers:Esms:SecretKey"] = "bench",
                    ["Carriers:Esms:Brandname"] = "CANHLU",
                    ["Carriers:Esms:RatePerSecond"] = "1000",
                    ["Carriers:Zalo:BaseUrl"] = esms.ToString(),
                    ["Carriers:Zalo:OAuthUrl"] = esms.ToString(),
                    ["Carriers:Zalo:AppId"] = "bench",
                    ["Carriers:Zalo:AppSecret"] = "bench",
                    ["Carriers:Zalo:OaSecret"] = "bench",
                    ["Carriers:Zalo:RefreshToken"] = "bench",
                    ["Carriers:Zalo:CallbackSecret"] = "0123456789abcdef",
                },
            },
            Clocks.Now, Clocks.Timers);
    }

    /// <summary>Where its door listens.</summary>
    public int Port { get; }

    /// <summary>Where its page is.</summary>
    public Uri Page => new(_engine.Urls.First());

    /// <summary>Readings committed so far.</summary>
    public long Stored => Volatile.Read(ref _stored);

    /// <summary>What its commits were like so far.</summary>
    public Commits Commits
    {
        get
        {
            lock (_counting)
                return new Commits(_stored / Math.Max(1.0, _commits), 1000 * _committing / Math.Max(1, _commits), 1000 * _longestCheckpoint);
        }
    }

    public static Task<BenchEngine> StartAsync(Town town, Broker? broker = null, Uri? carrier = null, int stations = BenchSite.Stations) =>
        StartAsync(town.NewDataFolder(), keepsFolder: false, broker, carrier, stations);

    public static async Task<BenchEngine> StartAsync(string folder, bool keepsFolder, Broker? broker = null, Uri? carrier = null, int stations = BenchSite.Stations)
    {
        var engine = new BenchEngine(BenchSite.Of(broker, stations), folder, carrier, keepsFolder);
        await engine._engine.StartAsync();
        return engine;
    }

    /// <summary>Stops it and asks the file how many readings it holds.</summary>
    public async Task<long> StopAndCountAsync()
    {
        await _engine.StopAsync();
        await using var archive = new DuckDBConnection($"DataSource={Path.Combine(_folder, "readings.duckdb")}");
        archive.Open();
        await using var command = archive.CreateCommand();
        command.CommandText = "SELECT count(*) FROM (SELECT DISTINCT series, measured_at FROM readings)";
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    void Count(bool isCommit, double seconds)
    {
        lock (_counting)
        {
            if (!isCommit)
            {
                _longestCheckpoint = Math.Max(_longestCheckpoint, seconds);
                return;
            }
            _commits++;
            _committing += seconds;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _listener.Dispose();
        if (!_keepsFolder)
            Directory.Delete(_folder, recursive: true);
    }
}

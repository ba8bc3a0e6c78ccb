using System.Globalization;

namespace CanhLu.Bench.Peers;

/// <summary>Prometheus, Alertmanager and the exporter between MQTT and them, all as Debian ships them; scraped and judged every second; a Mosquitto before it.</summary>
sealed class PrometheusPeer : IPeer
{
    const string Prometheus = "/usr/bin/prometheus", Alertmanager = "/usr/bin/prometheus-alertmanager", Exporter = "/usr/bin/prometheus-mqtt-exporter";

    readonly Mosquitto _broker;
    readonly string _folder;
    readonly OwnProcess[] _processes;
    int _kills;

    PrometheusPeer(Uri calls, Mosquitto broker)
    {
        _broker = broker;
        _folder = Directory.CreateTempSubdirectory("canhlu-prometheus-").FullName;
        var (prometheus, alertmanager, exporter) = (Mosquitto.FreePort(), Mosquitto.FreePort(), Mosquitto.FreePort());
        File.WriteAllText(In("exporter.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            mqtt:
              server: tcp://127.0.0.1:{{broker.Port}}
              client_id: prometheus-bench
              topic_path: canhlu/v1/+/up
              device_id_regex: "canhlu/v1/(?P<deviceid>[^/]*)/up"
              qos: 1
            cache:
              timeout: 24h
            metrics:
              - prom_name: stage_m
                mqtt_name: stage_m
                help: stage
                type: gauge

            """));
        File.WriteAllText(In("rules.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            groups:
              - name: river
                interval: 1s
                rules:
                  - alert: threshold
                    expr: stage_m >= {{PeerSite.RaiseMetres}}
                    keep_firing_for: 1m
                  - alert: rate
                    expr: deriv(stage_m[{{PeerSite.WindowSeconds}}s]) * 3600 >= {{PeerSite.RaiseMetresPerHour}} and count_over_time(stage_m[{{PeerSite.WindowSeconds}}s]) > {{PeerSite.WindowSeconds / 2}}
                    keep_firing_for: 1m

            """));
        File.WriteAllText(In("prometheus.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: ["{{In("rules.yaml")}}"]
            scrape_configs:
              - job_name: river
                static_configs: [ { targets: ["127.0.0.1:{{exporter}}"] } ]
            alerting:
              alertmanagers:
                - static_configs: [ { targets: ["127.0.0.1:{{alertmanager}}"] } ]

            """));
        File.WriteAllText(In("alertmanager.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            route:
              receiver: call
              group_by: ['...']
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 4h
            receivers:
              - name: call
                webhook_configs: [ { url: "{{new Uri(calls, "alerts")}}", send_resolved: false } ]

            """));
        _processes =
        [
            new(Prometheus,
            [
                $"--config.file={In("prometheus.yaml")}", $"--storage.tsdb.path={In("tsdb")}", $"--web.listen-address=127.0.0.1:{prometheus}", "--log.level=warn",
            ]),
            new(Alertmanager,
            [
                $"--config.file={In("alertmanager.yaml")}", $"--storage.path={In("alerts")}", $"--web.listen-address=127.0.0.1:{alertmanager}", "--cluster.listen-address=", "--log.level=warn",
            ]),
            new(Exporter, [$"-config={In("exporter.yaml")}", "-listen-address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"-listen-port={exporter}"), "-log-level=error"]),
        ];
    }

    public string Name => "Prometheus, Alertmanager";

    public string Cannot =>
        "It looks once a second: several crossings of a station between two looks are one, and none when the last one went back. A reading's time is that of its arrival: a backlog after an "
        + "outage is its last value, as if measured now. The exporter's session is not kept: what came while it was dead is not asked for. Who was notified is on its disk every 15 "
        + "minutes and at an orderly stop: a killed Alertmanager notifies again. It is killed one of its three processes at a time, in turn, which is milder than killing all of it.";

    public int Port => _broker.Port;

    public TimeSpan Cpu => _processes.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Cpu);

    public TimeSpan BrokerCpu => _broker.Cpu;

    public string Said => string.Join('\n', _processes.Select(one => one.Said));

    public long MostBytes => _processes.Sum(one => one.MostBytes);

    /// <summary>What must be installed for it; null when all is there.</summary>
    public static string? Lacks => File.Exists(Prometheus) && File.Exists(Alertmanager) && File.Exists(Exporter)
        ? Mosquitto.Lacks
        : "It needs three programs: apt-get install prometheus prometheus-alertmanager prometheus-mqtt-exporter.";

    public static async Task<IPeer> MakeAsync(Uri calls) => new PrometheusPeer(calls, await Mosquitto.StartAsync());

    public string? Password(int device) => null;

    public Task StartAsync()
    {
        foreach (var process in _processes)
            process.Start();
        return Task.CompletedTask;
    }

    public void KillAndStart()
    {
        var process = _processes[_kills++ % _processes.Length];
        process.Kill();
        process.Start();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            process.Dispose();
        _broker.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    string In(string file) => Path.Combine(_folder, file);
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>What the peer did.</summary>
/// <param name="Readings">How many readings lay in the days that it replayed.</param>
/// <param name="Seconds">How long vmalert ran.</param>
/// <param name="LoadSeconds">How long the readings took to be loaded before.</param>
/// <param name="PeakMegabytes">The greatest memory of vmalert and VictoriaMetrics together.</param>
/// <param name="Alerts">At how many stations a rule fired in those days, by rule.</param>
sealed record PeerResult(long Readings, double Seconds, double LoadSeconds, double PeakMegabytes, IReadOnlyDictionary<string, int> Alerts);

/// <summary>VictoriaMetrics with the record in it, and vmalert that replays the same kinds of rules over it, both of Debian's package <c>victoria-metrics</c>.</summary>
/// <remarks>Its rules do less: this version knows neither <c>keep_firing_for</c> nor hysteresis. The delay between rules, which is for chained ones, is off; it asks in steps of a
/// minute, because its own 5 minutes would judge a fifth of the readings and never see a <c>for</c> of 10.</remarks>
static class Vmalert
{
    const string Store = "/usr/bin/victoria-metrics";
    const string Program = "/usr/bin/vmalert";
    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(10) };

    public static async Task<PeerResult> RunAsync(PastRiver past, int days, string record, CancellationToken cancellation)
    {
        if (!File.Exists(Store) || !File.Exists(Program))
            throw new InvalidOperationException("The peer needs VictoriaMetrics and vmalert: apt-get install victoria-metrics, or --peer-days 0.");
        var folder = Directory.CreateTempSubdirectory("canhlu-peer-").FullName;
        var port = FreePort();
        var url = $"http://127.0.0.1:{port}";
        using var store = Start(Store, [$"-storageDataPath={folder}/data", $"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=10y", "-loggerLevel=ERROR"]);
        try
        {
            await Answers(url, cancellation);
            var began = Stopwatch.GetTimestamp();
            var readings = await Load(url, record, (long)days * 1440 * past.Names.Length, cancellation);
            var loaded = Stopwatch.GetElapsedTime(began).TotalSeconds;

            var rules = Path.Combine(folder, "rules.yml");
            await File.WriteAllTextAsync(rules, Rules(), cancellation);
            var (from, to) = (PastRiver.Start, PastRiver.Start + Duration.FromDays(days) - Duration.FromMinutes(1));
            began = Stopwatch.GetTimestamp();
            using var alert = Start(Program,
            [
                $"-rule={rules}", $"-datasource.url={url}", $"-remoteWrite.url={url}", $"-replay.timeFrom={from}", $"-replay.timeTo={to}", "-replay.rulesDelay=0s", "-datasource.queryStep=1m",
                "-replay.disableProgressBar", "-loggerLevel=ERROR", $"-httpListenAddr=127.0.0.1:{FreePort()}",
            ]);
            var (said, told, peak) = (alert.StandardError.ReadToEndAsync(cancellation), alert.StandardOutput.ReadToEndAsync(cancellation), 0.0);
            while (!alert.HasExited)
            {
                peak = Math.Max(peak, Peak(alert) + Peak(store));
                await Task.WhenAny(alert.WaitForExitAsync(cancellation), Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider, cancellation));
            }
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (alert.ExitCode != 0)
                throw new InvalidOperationException($"vmalert ended with {alert.ExitCode}: {await told}{await said}");
            return new PeerResult(readings, seconds, loaded, peak, await Alerts(url, to, days, cancellation));
        }
        finally
        {
            store.Kill();
            await store.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

#pragma warning disable RS0030 // the bench's own composition
    static TimeProvider TimeProvider => TimeProvider.System;
#pragma warning restore RS0030

    static string Rules()
    {
        var text = new StringBuilder("groups:\n- name: river\n  interval: 1m\n  rules:\n");
        foreach (var (level, raise) in (ReadOnlySpan<(string, int)>)[("I", PastRiver.Raise), ("II", 2200), ("III", 2700)])
            text.Append(CultureInfo.InvariantCulture, $"  - alert: bao-dong-{level}\n    expr: stage >= {raise}\n    for: 10m\n");
        text.Append("  - alert: len-nhanh\n    expr: deriv(stage[1h]) * 3600 >= 150 and stage >= 1200 and count_over_time(stage[1h]) > 30\n");
        text.Append("  - alert: im-lang\n    expr: time() - timestamp(stage[1h]) >= 1800\n");
        return text.ToString();
    }

    /// <summary>The record in its own import form: one series a line.</summary>
    static async Task<long> Load(string url, string record, long most, CancellationToken cancellation)
    {
        const int Together = 200_000;
        var (sent, lines, body) = (0L, 0, new StringBuilder());
        using var file = File.OpenText(record);
        await file.ReadLineAsync(cancellation);
        while (sent + lines < most && await file.ReadLineAsync(cancellation) is { } line)
        {
            var fields = line.Split(',');
            body.Append(fields[0]).Append(',').Append(fields[1]).Append(',')
                .Append((int)decimal.Round(decimal.Parse(fields[3], CultureInfo.InvariantCulture) * 1000)).Append('\n');
            if (++lines < Together && sent + lines < most)
                continue;
            using var content = new StringContent(body.ToString());
            using var answer = await Http.PostAsync(new Uri(url + "/api/v1/import/csv?format=1:time:rfc3339,2:label:station,3:metric:stage"), content, cancellation);
            answer.EnsureSuccessStatusCode();
            sent += lines;
            lines = 0;
            body.Clear();
        }
        // What was taken in is searched only after it was flushed.
        using var flushed = await Http.GetAsync(new Uri(url + "/internal/force_flush"), cancellation);
        flushed.EnsureSuccessStatusCode();
        return sent;
    }

    static async Task<Dictionary<string, int>> Alerts(string url, Instant to, int days, CancellationToken cancellation)
    {
        using var flushed = await Http.GetAsync(new Uri(url + "/internal/force_flush"), cancellation);
        var asked = Uri.EscapeDataString($"count(count_over_time(ALERTS{{alertstate=\"firing\"}}[{days}d])) by (alertname)");
        using var answer = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"{url}/api/v1/query?query={asked}&time={to.ToUnixTimeSeconds()}"), cancellation));
        return answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToDictionary(
            one => one.GetProperty("metric").GetProperty("alertname").GetString()!,
            one => int.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture));
    }

    static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    static double Peak(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64 / 1e6;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    static async Task Answers(string url, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri(url + "/health"), cancellation);
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider, cancellation);
            }
        }
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

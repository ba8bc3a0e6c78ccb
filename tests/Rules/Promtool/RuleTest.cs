using System.Diagnostics;
using System.Globalization;
using System.Text;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Rules.Promtool;

/// <summary>Rivers written down as rules of Prometheus, with the timeline that its own rule engine is to confirm at every step.</summary>
/// <remarks>
/// A level of our ladder is one alert: <c>for</c> is RaiseHold and <c>keep_firing_for</c> is ClearHold. Hysteresis is what the alert says of itself: it goes on
/// while the stage is at or above Clear <em>and</em> it fires. Prometheus finds its own last word only five minutes back, so a river with hysteresis
/// is told to it in steps of a minute, whatever its own steps are.
/// </remarks>
sealed class RuleTest : IDisposable
{
    const string Program = "/usr/bin/promtool";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-promtool-").FullName;
    readonly River[] _rivers;
    readonly Duration _step;

    /// <param name="rivers">All of the same length.</param>
    /// <param name="step">The step of the grid by promtool's clock.</param>
    public RuleTest(River[] rivers, Duration step)
    {
        if (!File.Exists(Program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"{Program} is not installed.");
            Assert.Skip($"{Program} is not installed.");
        }
        (_rivers, _step) = (rivers, step);
        Levels = [.. rivers.Select(river => river.Judged())];
    }

    /// <summary>What is expected: by river, series and step. May be altered.</summary>
    public AlarmLevel[][][] Levels { get; }

    /// <summary>How the rules compare; Prometheus' equal of Raise (inclusive) is <c>&gt;=</c>.</summary>
    public string Comparison { get; init; } = ">=";

    /// <summary>Runs promtool once over everything.</summary>
    /// <returns>Its exit code, 0 when it computes the same, and what it wrote.</returns>
    public async Task<(int Code, string Said)> Run()
    {
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yml"), Rules(), token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "tests.yml"), Tests(), token);
        using var process = Process.Start(new ProcessStartInfo(Program, ["test", "rules", "tests.yml"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token).WaitAsync(Patience, RealTime.Provider, token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Rules()
    {
        var text = new StringBuilder($"groups:\n- name: rivers\n  interval: {Written(_step)}\n  rules:\n");
        for (var river = 0; river < _rivers.Length; river++)
            for (var level = 0; level < River.Levels; level++)
            {
                var (raise, clear) = _rivers[river].Ladder[level];
                var stage = $"stage{{river=\"{river}\"}}";
                text.Append(CultureInfo.InvariantCulture, $"  - alert: {(AlarmLevel)(level + 1)}\n    expr: {stage} {Comparison} {raise}");
                if (clear != raise)
                    text.Append(CultureInfo.InvariantCulture,
                        $" or ({stage} {Comparison} {clear} and on(river, series) ALERTS{{alertname=\"{(AlarmLevel)(level + 1)}\",alertstate=\"firing\"}})");
                text.Append('\n');
                if (_rivers[river].RaiseHold > 0)
                    text.Append($"    for: {Written(_step * _rivers[river].RaiseHold)}\n");
                if (_rivers[river].ClearHold > 0)
                    text.Append($"    keep_firing_for: {Written(_step * _rivers[river].ClearHold)}\n");
            }
        return text.ToString();
    }

    string Tests()
    {
        var text = new StringBuilder(
            $"rule_files: [rules.yml]\nevaluation_interval: {Written(_step)}\ntests:\n- interval: {Written(_step)}\n  input_series:\n");
        for (var river = 0; river < _rivers.Length; river++)
            for (var series = 0; series < _rivers[river].Series.Length; series++)
                text.Append($"  - series: 'stage{{river=\"{river}\",series=\"{series}\"}}'\n    values: {string.Join(' ', _rivers[river].Series[series])}\n");
        text.Append("  alert_rule_test:\n");
        for (var step = 0; step < _rivers[0].Series[0].Length; step++)
            for (var level = AlarmLevel.I; level <= AlarmLevel.III; level++)
            {
                text.Append($"  - eval_time: {Written(_step * step)}\n    alertname: {level}\n    exp_alerts:");
                var start = text.Length;
                for (var river = 0; river < _rivers.Length; river++)
                    for (var series = 0; series < _rivers[river].Series.Length; series++)
                        if (Levels[river][series][step] >= level)
                            text.Append($"\n    - exp_labels: {{river: \"{river}\", series: \"{series}\"}}");
                text.Append(text.Length == start ? " []\n" : "\n");
            }
        return text.ToString();
    }

    static string Written(Duration duration) => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalSeconds}s");
}

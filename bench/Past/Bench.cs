using System.Diagnostics;
using System.Globalization;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>Writes the record, backtests it, and lets the peer replay a part of it.</summary>
static class Bench
{
    const double Target = 2_000_000;

    public static async Task<int> RunAsync(int stations, int days, int peerDays, string folder, CancellationToken cancellation)
    {
        var past = new PastRiver(stations);
        var path = Path.Combine(folder, "canhlu-past.csv");
        try
        {
            var began = Stopwatch.GetTimestamp();
            past.Write(path, days);
            Say($"written: {(long)stations * days * 1440:N0} readings, {new FileInfo(path).Length / 1e6:N0} MB in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

            var keys = new SeriesKeys(past.Site);
            var (rehearsal, observed) = (new Rehearsal(past.Site, keys), new Observed(keys, withCurves: true));
            var cpu = Environment.CpuUsage.TotalTime;
            began = Stopwatch.GetTimestamp();
            await RecordFile.Open(path, keys).ReadAsync(
                (readings, _) =>
                {
                    observed.Take(readings);
                    rehearsal.Take(readings);
                },
                cancellation);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var ours = observed.Readings / seconds;
            var spent = Environment.CpuUsage.TotalTime - cpu;
            Say($"backtest: {observed.Readings:N0} readings in {seconds:0.0} s, {ours:N0} readings/s, {spent.TotalNanoseconds / observed.Readings:0} ns CPU a reading, "
                + $"peak {PeakMegabytes():N0} MB of the whole process, {rehearsal.Alarms.Count:N0} changes of alarms");

            if (peerDays > 0)
            {
                var peer = await Vmalert.RunAsync(past, Math.Min(days, peerDays), path, cancellation);
                Say($"vmalert -replay: {peer.Readings:N0} readings in {peer.Seconds:0.0} s, {peer.Readings / peer.Seconds:N0} readings/s, peak {peer.PeakMegabytes:N0} MB with VictoriaMetrics, "
                    + $"loading them before took {peer.LoadSeconds:0.0} s and is not counted");
                var raised = Raised(rehearsal.Alarms, Math.Min(days, peerDays));
                foreach (var rule in raised.Keys.Union(peer.Alerts.Keys).Order(StringComparer.Ordinal))
                    Say($"stations at which {rule} was raised in those days: {peer.Alerts.GetValueOrDefault(rule)} by vmalert, {raised.GetValueOrDefault(rule)} by the backtest");
                Say($"ratio by readings/s: {ours / (peer.Readings / peer.Seconds):0.0}");
            }
            return ours >= Target ? 0 : 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>At how many stations each rule was raised; the levels of a ladder are rules of their own, as vmalert has them.</summary>
    static Dictionary<string, int> Raised(IEnumerable<Alarm> alarms, int days) => alarms
        .Where(alarm => alarm.Since < PastRiver.Start + Duration.FromDays(days))
        .SelectMany(alarm => Enumerable.Range(1, (int)alarm.Level).Select(level =>
            (Rule: alarm.Cause == Cause.Threshold ? $"{alarm.Key.Rule}-{(AlarmLevel)level}" : alarm.Key.Rule, alarm.Key.Subject)))
        .Distinct().GroupBy(one => one.Rule).ToDictionary(some => some.Key, some => some.Count());

    static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }

    static void Say(FormattableString what) => Console.WriteLine(what.ToString(CultureInfo.InvariantCulture));

    static void Say(string what) => Console.WriteLine(what);
}

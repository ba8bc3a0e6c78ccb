using System.Diagnostics;
using System.Globalization;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;

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
                    + $"{peer.Alerts:N0} alerts; loading them before took {peer.LoadSeconds:0.0} s and is not counted");
                Say($"ratio by readings/s: {ours / (peer.Readings / peer.Seconds):0.0}");
            }
            return ours >= Target ? 0 : 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }

    static void Say(FormattableString what) => Console.WriteLine(what.ToString(CultureInfo.InvariantCulture));

    static void Say(string what) => Console.WriteLine(what);
}

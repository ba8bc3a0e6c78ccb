using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Tests.Rules;
using Xunit;

namespace CanhLu.Tests.Backtest;

/// <summary>Small sites with sensors, and records of them.</summary>
static class Pasts
{
    static readonly DeviceModel _gauge = new("radar", DeviceKind.Gauge,
    [
        new Field("stage_m", "stage", "mm", 1000, -2, 15),
        new Field("battery_v", "battery", "V", 1, 0, 30),
    ]);

    public static Device Gauge(string id, string? station) => new(id, _gauge, station, id);

    /// <summary>One station <c>tam-ky</c> with one gauge <c>g1</c>.</summary>
    public static Site TamKy(params ImmutableArray<Rule> rules) => Site(Gauges.TamKy(), rules);

    public static Site Site(ThresholdSet ladder, params ImmutableArray<Rule> rules) =>
        Gauges.Site([Gauges.Station("tam-ky", ladder)], [Gauge("g1", "tam-ky")], rules);

    /// <summary>A CSV file with a header and these lines, gone at the test's end.</summary>
    public static string File(params IEnumerable<string> lines) => Bytes("measured_at,station,series,value\n" + string.Concat(lines.Select(line => line + "\n")));

    public static string Bytes(string text)
    {
        var path = Path.Combine(Folder.FullName, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + ".csv");
        System.IO.File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    public static DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("canhlu-backtest-");

    public static string Line(double minute, string value, string station = "tam-ky", string series = "stage") =>
        $"{Gauges.At(minute).ToString("uuuu-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture)},{station},{series},{value}";

    public static async Task<List<Reading>> Read(IRecord record)
    {
        var all = new List<Reading>();
        await record.ReadAsync((readings, _) => all.AddRange(readings), TestContext.Current.CancellationToken);
        return all;
    }

    public static Task<List<Reading>> Read(string file, SeriesKeys keys, int blockLength = 1 << 20) => Read(new CsvRecord(file, keys, blockLength));

    public static async Task<string> Refusal(string file, SeriesKeys keys) =>
        (await Assert.ThrowsAsync<RecordRefusedException>(() => Read(RecordFile.Open(file, keys)))).Message;

    /// <summary>A rehearsal of a site over stages of <c>tam-ky</c> at minutes.</summary>
    public static (Rehearsal Rehearsal, Observed Observed) Rehearse(Site site, params IEnumerable<(double Minute, int Stage)> stages)
    {
        var keys = new SeriesKeys(site);
        var (rehearsal, observed) = (new Rehearsal(site, keys), new Observed(keys, withCurves: false));
        Reading[] readings = [.. stages.Select(one => Gauges.Read(one.Minute, one.Stage) with { Series = keys.Find("tam-ky", "stage") })];
        rehearsal.Take(readings);
        observed.Take(readings);
        return (rehearsal, observed);
    }
}

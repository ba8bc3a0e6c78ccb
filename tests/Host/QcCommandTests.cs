using System.Text.Json;
using CanhLu.Tests.Host.SiteFiles;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>Quality control of files by the real program. The figures of Kotzebue were computed apart from ours, in another language, from the reference's definitions.</summary>
public sealed class QcCommandTests : IDisposable
{
    static readonly string Kotzebue = Path.Combine(AppContext.BaseDirectory, "Data", "kotzebue-2018-water-level.csv");

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-qc-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kotzebues_stuck_sensor_and_both_spikes_are_found()
    {
        var run = await ProgramRun.Of("qc", "--readings", Kotzebue, "--site", Folders.TamKy, "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = Lines(run);
        Assert.Equal(7241, lines.Length);
        Assert.All(lines, line => Assert.Equal(("kotzebue-2018-water-level", "stage"), (line.Station, line.Series)));
        Assert.Equal(Enumerable.Range(0, lines.Length), Enumerable.Range(0, lines.Length).OrderBy(i => lines[i].At));

        Assert.Equal(["1: 7226", "2: 1", "9: 14"], Counts(lines, "gap"));
        Assert.Equal(["1: 7240", "4: 1"], Counts(lines, "gross_range"));
        Assert.Equal(["1: 7106", "2: 2", "3: 3", "4: 130"], Counts(lines, "spike"));
        Assert.Equal(["1: 7155", "3: 86"], Counts(lines, "rate_of_change"));
        Assert.Equal(["1: 3028", "3: 13", "4: 4200"], Counts(lines, "flat_line"));
        Assert.Equal(["1: 2895", "2: 212", "3: 51", "4: 4083"], Counts(lines, "attenuated_signal"));
        Assert.Equal(["1: 2846", "3: 66", "4: 4329"], lines.GroupBy(line => line.Flag).OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Count()}"));

        var stuck = lines.Where(line => line.Tests["flat_line"] != 1).ToArray();
        Assert.Equal(["2018-11-24T16:00:00Z", "2018-11-24T17:00:00Z", "2018-11-24T18:00:00Z", "2018-11-24T19:00:00Z", "2018-12-13T23:00:00Z"], stuck[..5].Select(line => line.At));
        Assert.Equal(("2019-06-10T17:15:00Z", 4213), (stuck[^1].At, stuck.Length));
        Assert.Equal("2018-12-14T08:00:00Z", stuck.First(line => line.Tests["flat_line"] == 4).At);

        var low = lines.Single(line => line.At == "2019-06-10T19:30:00Z");
        Assert.Equal((-2.84988, 4, 4, 4), (low.Value!.Value, low.Flag, low.Tests["spike"], low.Tests["gross_range"]));
        var high = lines.Single(line => line.At == "2019-06-10T20:00:00Z");
        Assert.Equal((4.163568, 4, 4, 1), (high.Value!.Value, high.Flag, high.Tests["spike"], high.Tests["gross_range"]));
        var after = lines.Single(line => line.At == "2019-06-10T20:30:00Z");
        Assert.All(after.Tests.Where(test => test.Key != "neighbour"), test => Assert.Equal(1, test.Value));
    }

    [Fact]
    public async Task The_table_tells_counts_and_stretches()
    {
        var run = await ProgramRun.Of("qc", "--readings", Kotzebue, "--site", Folders.TamKy);
        Assert.Equal(0, run.Code);
        var rows = run.Output.Split('\n').Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.Contains("flat_line 3,028 0 13 4,200 0", rows);
        Assert.Contains("together 2,846 0 66 4,329 0", rows);
        Assert.Contains("kotzebue-2018-water-level stage flat_line 4 2018-12-14 06:00:00+07:00 2019-06-11 00:15:00+07:00 4,209", rows);
        Assert.Contains("kotzebue-2018-water-level stage gross_range 4 2019-06-11 02:30:00+07:00 2019-06-11 02:30:00+07:00 1", rows);
    }

    [Fact]
    public async Task The_engines_own_form_is_read_with_the_tests_of_each_station()
    {
        var file = Path.Combine(_folder, "readings.csv");
        // 20 cm in ten minutes: suspect in the city, ordinary above it. The empty value is missing, not wrong.
        File.WriteAllLines(file,
        [
            "measured_at,station,series,value", "2025-10-29T21:00:00+07:00,tam-ky,stage,1.00", "2025-10-29T21:00:00+07:00,tam-ngoc,stage,1.00",
            "2025-10-29T21:10:00+07:00,tam-ky,stage,1.20", "2025-10-29T21:10:00+07:00,tam-ngoc,stage,1.20", "2025-10-29T21:20:00+07:00,tam-ky,stage,",
            "2025-10-29T21:20:00+07:00,tam-ngoc,battery,2.9",
        ]);
        var run = await ProgramRun.Of("qc", "--readings", file, "--site", Folders.TamKy, "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = Lines(run);
        Assert.Equal(["tam-ky 1", "tam-ngoc 1", "tam-ky 3", "tam-ngoc 1", "tam-ky 9", "tam-ngoc 3"], lines.Select(line => $"{line.Station} {line.Flag}"));
        Assert.Equal([3, 1], lines[2..4].Select(line => line.Tests["rate_of_change"]));
        Assert.Null(lines[4].Value);
        Assert.Equal("2025-10-29T14:10:00Z", lines[2].At);
    }

    [Fact]
    public async Task What_is_no_reading_is_told_with_its_line_and_the_rest_is_judged()
    {
        var file = Path.Combine(_folder, "readings.csv");
        File.WriteAllLines(file, ["measured_at,station,series,value", "2025-10-29T21:00:00,tam-ky,stage,1.00", "2025-10-29T21:10:00+07:00,tam-ky,stage,1,20", "2025-10-29T21:10:00+07:00,tam-ky,stage,high",
            "2025-10-29T21:30:00+07:00,tam-ky,stage,1.00"]);
        var run = await ProgramRun.Of("qc", "--readings", file, "--site", Folders.TamKy, "--json");
        Assert.Equal(1, run.Code);
        Assert.Single(Lines(run));
        Assert.Contains("line 2: '2025-10-29T21:00:00' is no time with an offset", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: has 5 columns, the header 4", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: 'high' is no number", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_with_its_remedy()
    {
        var file = Path.Combine(_folder, "readings.csv");
        (await ProgramRun.Of("qc", "--readings", Path.Combine(_folder, "nowhere.csv"))).IsRefusedWith("nowhere.csv", "--readings");
        File.WriteAllText(file, "");
        (await ProgramRun.Of("qc", "--readings", file)).IsRefusedWith("empty", "measured_at,station,series,value");
        File.WriteAllText(file, "when,height\n");
        (await ProgramRun.Of("qc", "--readings", file)).IsRefusedWith("--time-column", "when, height");
        (await ProgramRun.Of("qc", "--readings", file, "--time-column", "when")).IsRefusedWith("--value-column", "when, height");
        (await ProgramRun.Of("qc", "--readings", file, "--time-column", "when", "--value-column", "hight")).IsRefusedWith("'hight'", "when, height");
        (await ProgramRun.Of("qc", "--readings", file, "--time-column", "when", "--value-column", "height")).IsRefusedWith("no readings");
        File.WriteAllText(file, "time,value\n2025-10-29T14:00:00Z,1\n");
        (await ProgramRun.Of("qc", "--readings", file, "--series", "rainfall")).IsRefusedWith("rainfall", "stage, battery", "--series");
        Assert.Equal(2, (await ProgramRun.Of("qc", "--readings", file, "--every", "soon")).Code);
        Assert.Equal(2, (await ProgramRun.Of("qc")).Code);
    }

    static Line[] Lines(ProgramRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!)];

    static IEnumerable<string> Counts(Line[] lines, string test) => lines.GroupBy(line => line.Tests[test]).OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Count()}");

    sealed record Line(string At, string Station, string Series, double? Value, int Flag, Dictionary<string, int> Tests);
}

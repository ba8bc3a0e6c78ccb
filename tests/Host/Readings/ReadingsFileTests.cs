using System.CommandLine;
using System.Globalization;
using System.Text;
using CanhLu.Archive;
using CanhLu.Archive.Files;
using CanhLu.Host.Commands;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Console;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Host.Readings;

/// <summary><c>canhlu export --readings</c> and <c>import --readings</c>.</summary>
public sealed class ReadingsFileTests : IDisposable
{
    static readonly Instant Start = Instant.FromUtc(2025, 10, 28, 0, 0);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-readings-").FullName;

    string Data => Path.Combine(_folder, "data");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv", "csv")]
    [InlineData("csv", "parquet")]
    [InlineData("parquet", "csv")]
    [InlineData("parquet", "parquet")]
    public async Task What_is_exported_and_imported_into_an_empty_archive_is_exported_the_same_to_the_byte(string first, string second)
    {
        await Fill();
        var (before, between, after) = (PathOf($"before.{first}"), PathOf($"between.{second}"), PathOf($"after.{first}"));
        Done(Run("export", "--readings", before));
        // By way of the other form.
        Done(Run("import", "--readings", before, "--data", PathOf("a")));
        Done(Run("export", "--readings", between, "--data", PathOf("a")));
        var again = Run("import", "--readings", between, "--data", PathOf("b"), "--json");
        Done(again);
        Assert.Contains("\"repeated\":0,\"too_old\":0,\"refused\":0", again.Output, StringComparison.Ordinal);
        Done(Run("export", "--readings", after, "--data", PathOf("b")));
        Assert.Equal(await File.ReadAllBytesAsync(before, Token), await File.ReadAllBytesAsync(after, Token));
        Assert.True(new FileInfo(before).Length > 10_000);
        Assert.Empty(Directory.GetFiles(_folder, "*.new"));
    }

    [Fact]
    public async Task What_is_imported_is_so_whatever_a_calibration_adds_to_what_the_gauge_sends()
    {
        await Fill();
        var (before, after) = (PathOf("before.csv"), PathOf("after.csv"));
        Done(Run("export", "--readings", before));
        await using (var rig = await ArchiveRig.Start(PathOf("calibrated")))
            await rig.Get<OffsetChanges>().AdoptAsync(Offsets.Of([(rig.Book.Ensure("tk-gauge-1", "stage", "mm"), Start + Duration.FromMinutes(20), 140)]), () => Task.CompletedTask, Token);
        Done(Run("import", "--readings", before, "--data", PathOf("calibrated")));
        Done(Run("export", "--readings", after, "--data", PathOf("calibrated")));
        Assert.Equal(await File.ReadAllBytesAsync(before, Token), await File.ReadAllBytesAsync(after, Token));
    }

    [Fact]
    public async Task The_file_has_the_promised_columns_and_a_backtest_of_it_judges_as_one_of_the_archive()
    {
        await Fill();
        var file = PathOf("out.csv");
        Done(Run("export", "--readings", file));
        var lines = await File.ReadAllLinesAsync(file, Token);
        Assert.Equal("measured_at,station,series,value,received_at,flag,unit", lines[0]);
        Assert.Contains("2025-10-28T07:00:00+07:00,tam-ky,stage,1.200,2025-10-28T07:00:01.25+07:00,1,m", lines);
        Assert.Contains("2025-10-28T07:00:00+07:00,tam-ky,battery,3.9,2025-10-28T07:00:01.25+07:00,1,V", lines);
        Assert.Contains("2025-10-28T07:00:00.000001+07:00,wifi-01,clients,17,2025-10-28T07:00:00.000001+07:00,2,{clients}", lines);
        Assert.Contains("2025-10-28T07:05:00+07:00,gone,stage,-0.045,2025-10-28T07:05:00+07:00,3,m", lines);
        Assert.Equal(lines[1..].Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal), lines[1..].Select(line => line.Split(',')[0]));
        var (archive, written) = (Run("backtest", "--data", Data, "--json"), Run("backtest", "--readings", file, "--json"));
        Assert.Equal((0, 0), (archive.Code, written.Code));
        Assert.Contains("\"to\":\"III\"", written.Output, StringComparison.Ordinal);
        Assert.Equal(archive.Output, written.Output);
    }

    [Fact]
    public async Task Stations_devices_series_and_times_choose()
    {
        await Fill();
        Assert.Equal(["an-ha", "tam-ky"], await Names("--station", "tam-ky", "--station", "an-ha"));
        Assert.Equal(["gone", "wifi-01"], await Names("--station", "wifi-01", "--station", "gone"));
        Assert.Equal(["an-ha", "gone", "tam-ky"], await Names("--series", "stage"));
        var file = PathOf("some.csv");
        Done(Run("export", "--readings", file, "--station", "tam-ky", "--series", "stage", "--from", "2025-10-28T07:10:00+07:00", "--to", "2025-10-28T00:30:00Z"));
        Assert.Equal(["2025-10-28T07:10:00+07:00", "2025-10-28T07:20:00+07:00"], (await File.ReadAllLinesAsync(file, Token))[1..].Select(line => line.Split(',')[0]));
        Refused(Run("export", "--readings", file, "--station", "nowhere"), "nowhere", "tam-ky");
        Assert.Equal(2, Run("export", "--readings", file, "--from", "2025-10-29T00:00:00Z", "--to", "2025-10-28T00:00:00Z").Code);
        Assert.Equal(2, Run("export").Code);
        Assert.Equal(2, Run("export", "--readings", file, "--roster", file).Code);
        Assert.Equal(2, Run("export", "--roster", file, "--station", "tam-ky").Code);
        Refused(Run("export", "--readings", file, "--data", PathOf("none")), "none", "--data");

        async Task<IEnumerable<string>> Names(params string[] which)
        {
            var to = PathOf("names.csv");
            Done(Run(["export", "--readings", to, .. which]));
            return (await File.ReadAllLinesAsync(to, Token))[1..].Select(line => line.Split(',')[1]).Distinct().Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task An_engine_that_works_in_the_folder_is_asked_and_gives_what_its_archive_gives_afterwards()
    {
        await using var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 200).Select(i => (Duration.FromMinutes(300 - i), 1 + (decimal)(i % 7) / 1000))]);
        await engine.Stages("ah-gauge-1", (Duration.FromMinutes(3), 0.5m));
        // What the devices say of themselves when they come and go is one of their series, too: by now they are gone.
        await engine.First("api/devices", one => one.GetProperty("id").GetString() == "ah-gauge-1");
        var (asked, read, parquet) = (PathOf("asked.csv"), PathOf("read.csv"), PathOf("asked.parquet"));
        string[] of = ["--data", engine.Folder, "--site", Folders.TamKy, "--series", "stage"];
        string[] page = ["--url", engine.Page.ToString()];
        Done(await ProgramRun.Of(["export", "--readings", asked, .. of, .. page]));
        Done(await ProgramRun.Of(["export", "--readings", parquet, .. of, .. page]));
        Assert.Equal(202, (await File.ReadAllLinesAsync(asked, Token)).Length);
        (await ProgramRun.Of(["export", "--readings", read, .. of, .. page, "--station", "nowhere"])).IsRefusedWith("nowhere", "tam-ky");
        (await ProgramRun.Of(["export", "--readings", read, .. of, "--url", "http://127.0.0.1:9"])).IsRefusedWith("http://127.0.0.1:9", "--url");
        (await ProgramRun.Of("import", "--readings", asked, "--data", engine.Folder, "--site", Folders.TamKy)).IsRefusedWith("in use", "Stop it");
        Assert.False(File.Exists(read));

        using (var answer = await engine.Ask("api/readings.csv?station=tam-ky&series=stage"))
        {
            Assert.Equal(("200", "text/csv"), (answer.Headers.GetValues(ReadingsCsv.CountHeader).Single(), answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal(201, (await answer.Content.ReadAsStringAsync(Token)).Count(letter => letter == '\n'));
        }
        foreach (var (path, status) in new[] { ("api/readings.csv?station=nowhere", 404), ("api/readings.csv?from=yesterday", 400) })
        {
            using var answer = await engine.Ask(path);
            Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        await engine.Stop();
        Done(await ProgramRun.Of(["export", "--readings", read, .. of]));
        Assert.Equal(await File.ReadAllTextAsync(read, Token), await File.ReadAllTextAsync(asked, Token));
        ParquetFile.ToCsv(parquet, PathOf("parquet.csv"));
        Assert.Equal(202, (await File.ReadAllLinesAsync(PathOf("parquet.csv"), Token)).Length);
    }

    [Fact]
    public async Task A_file_without_flags_is_flagged_as_quality_control_would_and_repeats_are_stored_once()
    {
        var file = PathOf("plain.csv");
        var text = new StringBuilder("measured_at,station,series,value\n");
        for (var i = 0; i < 300; i++)
            text.Append(CultureInfo.InvariantCulture, $"{At(i)},tam-ky,stage,{(i == 100 ? 1.9 : i >= 250 ? 1.5 : 1 + Math.Sin(i / 20.0) / 3):0.000}\n{At(i)},cam-02,fps,{(i == 7 ? 900 : 25)}\n");
        await File.WriteAllTextAsync(file, text.ToString(), Token);
        var run = Run("import", "--readings", file, "--json");
        Done(run);
        Assert.Equal("{\"kind\":\"summary\",\"readings\":600,\"stored\":600,\"repeated\":0,\"too_old\":0,\"refused\":0,\"foreign\":[]}\n", run.Output);
        Assert.Contains("\"stored\":0,\"repeated\":600", Run("import", "--readings", file, "--json").Output, StringComparison.Ordinal);

        var to = PathOf("flagged.csv");
        Done(Run("export", "--readings", to, "--series", "stage"));
        var judged = (await ProgramRun.Of("qc", "--readings", PathOf("stages.csv", string.Join('\n', (await File.ReadAllLinesAsync(file, Token)).Where(line => !line.Contains("fps", StringComparison.Ordinal)))),
            "--site", Folders.TamKy, "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("\"flag\":")[1][..1]);
        var flags = (await File.ReadAllLinesAsync(to, Token))[1..].Select(line => line.Split(',')[5]).ToList();
        Assert.Equal(judged, flags);
        Assert.Equal(["1", "3", "4"], flags.Distinct().Order());
        // What the sensor cannot give is wrong also where the site makes no tests.
        Done(Run("export", "--readings", to, "--series", "fps"));
        Assert.Equal("4", Assert.Single((await File.ReadAllLinesAsync(to, Token))[1..], line => !line.Contains(",25,", StringComparison.Ordinal)).Split(',')[5]);
    }

    [Fact]
    public void A_line_that_cannot_be_kept_is_told_with_its_number_and_the_rest_is_stored()
    {
        var file = PathOf("wrong.csv", $"""
            measured_at,station,series,value,received_at,flag,unit
            2025-10-29T21:00:00+07:00,tam-ky,stage,1.00,,1,
            2025-10-29T21:00:00,tam-ky,stage,1.00,,1,
            2025-10-29T21:10:00+07:00,tam-ky,stage,1.00,soon,1,
            2025-10-29T21:10:00+07:00,tam-ky,stage,1.00,,5,
            2025-10-29T21:10:00+07:00,tam-ky,stage,1.00,,1,ft
            2025-10-29T21:10:00+07:00,tam-ngoc,fps,25,,1,
            2025-10-29T21:10:00+07:00,nowhere,stage,1.00,,1,
            2025-10-29T21:10:00+07:00,,stage,1.00,,1,
            {RunningEngine.Now + Duration.FromDays(2)},tam-ky,stage,1.00,,1,
            1990-01-01T00:00:00Z,tam-ky,stage,1.00,,1,
            1990-01-01T00:00:00Z,tam-ky,stage,1.00,2025-01-01T00:00:00Z,1,
            2025-10-29T21:20:00+07:00,tam-ky,stage,1050,,1,mm
            2025-10-29T21:20:00+07:00,nowhere,stage,105,,1,cm
            2025-10-29T21:30:00+07:00,tam-ky,stage,3000000,,1,
            """);
        var run = Run("import", "--readings", file);
        Assert.Equal(1, run.Code);
        Assert.Contains("5 readings: 4 stored, 0 there already, 1 too old; 9 lines refused.", run.Output, StringComparison.Ordinal);
        Assert.All(
            [
                "line 3: '2025-10-29T21:00:00' is no time", "line 4: received_at 'soon'", "line 5: '5' is no flag", "line 6: a stage is in m, cm or mm, not in 'ft'", "line 7: no device at tam-ngoc measures fps",
                "line 8: the site has no station or device nowhere", "line 9: names no station", "line 10: measured_at lies in the future", "line 15: the stage is out of all range", "Archive:KeepFor", "nowhere,stage (mm)",
            ],
            words => Assert.Contains(words, run.Error, StringComparison.Ordinal));
        var to = PathOf("kept.csv");
        Done(Run("export", "--readings", to));
        Assert.Equal(
            """
            measured_at,station,series,value,received_at,flag,unit
            1990-01-01T07:00:00+07:00,tam-ky,stage,1.000,2025-01-01T07:00:00+07:00,1,m
            2025-10-29T21:00:00+07:00,tam-ky,stage,1.000,2025-10-29T21:00:00+07:00,1,m
            2025-10-29T21:20:00+07:00,tam-ky,stage,1.050,2025-10-29T21:20:00+07:00,1,m
            2025-10-29T21:20:00+07:00,nowhere,stage,1.050,2025-10-29T21:20:00+07:00,1,m

            """,
            File.ReadAllText(to));
        Refused(Run("import", "--readings", PathOf("none.csv")), "none.csv", "--readings");
        Refused(Run("import", "--readings", PathOf("empty.csv", "")), "empty", "measured_at,station,series,value");
        Refused(Run("import", "--readings", PathOf("no.parquet", "no")), "no.parquet");
        Assert.Equal(2, Run("import").Code);
    }

    [Fact]
    public async Task An_imported_flood_is_history_for_the_engine_that_starts_on_it()
    {
        var flood = new StringBuilder("measured_at,station,series,value\n");
        for (var i = 0; i < 400; i++)
            flood.Append(CultureInfo.InvariantCulture, $"{At(i)},tam-ky,stage,{Math.Clamp(1.2 + i / 100.0, 1.2, 3):0.000}\n");
        Done(Run("import", "--readings", PathOf("flood.csv", flood.ToString())));
        // Another gauge has reported since: the engine stops, imports, and starts again.
        Done(Run("import", "--readings", PathOf("now.csv", $"measured_at,station,series,value\n{RunningEngine.Now - Duration.FromMinutes(1)},an-ha,stage,0.300\n")));
        await using var engine = new EngineOn(Data);
        await engine.InitializeAsync();
        await engine.Stages("ah-gauge-1", (Duration.FromSeconds(5), 0.31m));
        await engine.First("api/stations", one => one.GetProperty("id").GetString() == "an-ha" && one.GetProperty("stage_m").ValueKind == System.Text.Json.JsonValueKind.Number && one.GetProperty("stage_m").GetDecimal() == 0.31m);
        Assert.DoesNotContain((await engine.Get("api/alarms")).EnumerateArray(), one => one.GetProperty("rule").GetString() == "bao-dong");
        Assert.Empty((await engine.Get("api/broadcasts")).EnumerateArray());
        Assert.Equal(400, (await engine.Get("api/readings?station=tam-ky&from=2025-10-01T00:00:00Z&limit=1000")).GetArrayLength());
    }

    [Fact]
    public void The_zone_and_the_digits_of_a_line_are_those_of_the_reading()
    {
        var of = new Series(new SeriesId(1), "a,b", "stage", "mm");
        var site = SiteReader();
        foreach (var (value, written) in new[] { (0.0, "0.000"), (-0.0, "0.000"), (-1.0, "-0.001"), (12345.0, "12.345"), (-2680.0, "-2.680"), (0.5, "0.0005"), (3e12, "3000000000") })
            Assert.Equal($"2025-10-28T00:00:00Z,\"a,b\",stage,{written},2025-10-28T00:00:00Z,1,m\n", Line(DateTimeZone.Utc, Start, value));
        var zone = DateTimeZoneProviders.Tzdb["America/St_Johns"];
        Assert.StartsWith("2025-10-27T21:30:00-02:30,", Line(zone, Start, 0), StringComparison.Ordinal);
        // Its local mean time, which ISO 8601 cannot write.
        Assert.StartsWith("1700-01-01T00:00:00Z,", Line(zone, Instant.FromUtc(1700, 1, 1, 0, 0), 0), StringComparison.Ordinal);

        string Line(DateTimeZone at, Instant measured, double value)
        {
            var to = new System.Buffers.ArrayBufferWriter<byte>();
            new ReadingsCsv([SeriesNames.Of(site, of)], at).Write([new Reading(of.Id, measured, measured, value, Flag.Good)], to);
            return Encoding.UTF8.GetString(to.WrittenSpan);
        }
    }

    /// <summary>A flood with what may lie beside it: every flag, ties, parts of a second, a device that the site no longer has, another unit.</summary>
    async Task Fill()
    {
        await using var rig = await ArchiveRig.Start(Data);
        var (stage, battery, other, clients, gone, volts) = (
            rig.Book.Ensure("tk-gauge-1", "stage", "mm"), rig.Book.Ensure("tk-gauge-1", "battery", "V"), rig.Book.Ensure("ah-gauge-1", "stage", "mm"),
            rig.Book.Ensure("wifi-01", "clients", "{clients}"), rig.Book.Ensure("gone", "stage", "mm"), rig.Book.Ensure("tk-gauge-1", "battery", "mV"));
        rig.Book.Ensure("silent", "stage", "mm");
        var random = new Random(7);
        Flag[] flags = [Flag.Good, Flag.NotEvaluated, Flag.Suspect, Flag.Fail, Flag.Missing];
        var readings = new List<Reading>();
        for (var i = 0; i < Effort.Of(300, 20_000); i++)
        {
            var at = Start + Duration.FromMinutes(10 * i);
            readings.Add(new Reading(stage, at, at + Duration.FromMilliseconds(1250), i < 300 ? Math.Clamp(1200 + 10 * i, 1200, 2900) : random.Next(-500, 2_900), i == 0 ? Flag.Good : flags[i % 3]));
            readings.Add(new Reading(battery, at, at + Duration.FromMilliseconds(1250), i == 0 ? 3.9 : random.NextDouble() * 30, Flag.Good));
            readings.Add(new Reading(clients, at + Duration.FromTicks(10 * (1 + random.Next(1_000_000) * Math.Sign(i))), at + Duration.FromTicks(10), i == 0 ? 17 : random.Next(500), flags[(i + 1) % 5]));
            if (i % 3 == 0)
                readings.Add(new Reading(other, at, at + Duration.FromDays(1), -random.Next(300), flags[i % 5]));
            if (i % 50 == 0)
            {
                readings.Add(new Reading(gone, at + Duration.FromMinutes(5), at + Duration.FromMinutes(5), i - 45, Flag.Suspect));
                readings.Add(new Reading(volts, at, at, BitConverter.Int64BitsToDouble(random.NextInt64(long.MaxValue) & 0x7FDFFFFFFFFFFFFF), Flag.Good));
            }
        }
        // Some come late.
        Assert.True(await rig.Store(readings[100..].Concat(readings[..100])));
        await rig.Stop();
    }

    static Site SiteReader() => Assert.IsType<CanhLu.Host.SiteFiles.SiteVerdict.Right>(CanhLu.Host.SiteFiles.SiteReader.Read(Folders.TamKy)).Site;

    static string At(int i) => (Start + Duration.FromMinutes(10 * i)).ToString("uuuu-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    string PathOf(string name, string? text = null)
    {
        var path = Path.Combine(_folder, name);
        if (text is not null)
            File.WriteAllText(path, text);
        return path;
    }

    ProgramRun Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] data = arguments.Contains("--data") || (arguments[0] == "backtest" && arguments.Contains("--readings")) ? [] : ["--data", Data];
        var parsed = new RootCommand { ExportCommand.Create(RealTime.Clock, RealTime.Provider), ImportCommand.Create(RealTime.Clock, RealTime.Provider), BacktestCommand.Create(RealTime.Provider) }
            .Parse([.. arguments, .. data, "--site", Folders.TamKy]);
        var code = parsed.Invoke(new() { Output = output, Error = error });
        return new ProgramRun(parsed.Errors.Count > 0 ? ExitCode.WrongUse : code, output.ToString(), error.ToString());
    }

    static void Done(ProgramRun run) => Assert.True(run.Code == 0, $"exit code {run.Code}\n{run.Output}\n{run.Error}");

    static void Refused(ProgramRun run, params string[] words) => run.IsRefusedWith(words);

    sealed class EngineOn(string folder) : RunningEngine
    {
        protected override string? Stores => folder;
    }
}

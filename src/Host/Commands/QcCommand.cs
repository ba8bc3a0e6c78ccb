using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using CanhLu.Host.Qc;
using CanhLu.Host.SiteFiles;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu qc</c>: the quality tests of a site on a past series, as the live engine would have made them.</summary>
static class QcCommand
{
    static readonly JsonWriterOptions Loose = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const int Together = 1 << 16;

    static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal) { ["m"] = 1000, ["cm"] = 10, ["mm"] = 1, ["ft"] = 304.8 };

    public static Command Create()
    {
        var readings = new Option<FileInfo>("--readings")
        {
            Description = "CSV with a header: measured_at,station,series,value (received_at and flag optional), or one with a column of times and one of values",
            Required = true,
            HelpName = "FILE",
        };
        var time = new Option<string>("--time-column") { Description = "the column of times (ISO 8601 with an offset, or seconds since 1970); found by its name if left out", HelpName = "NAME" };
        var value = new Option<string>("--value-column") { Description = "the column of values; found by its name if left out", HelpName = "NAME" };
        var station = new Option<string>("--station") { Description = "the station, when no column names it: its tests are made; else the site's for any station", HelpName = "ID" };
        var series = new Option<string>("--series") { Description = "the series, when no column names it", DefaultValueFactory = _ => Device.StageQuantity, HelpName = "NAME" };
        var unit = new Option<string>("--unit") { Description = "the unit of stages", DefaultValueFactory = _ => "m" };
        unit.AcceptOnlyFromAmong([.. Units.Keys]);
        var every = new Option<string>("--every") { Description = "how often a reading is expected, 10m or 1h; if left out as the site says, else as the file shows", HelpName = "LENGTH" };
        every.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Length(token.Value) is null)
                result.AddError($"'{token.Value}' is no length of time: write --every 10m, 1h or 30s.");
        });
        var (site, json) = (Arguments.Site(), Arguments.Json());
        var command = new Command("qc",
            "Quality control (QARTOD) of a past series by the tests of a site: a flag per reading and test (1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing). "
            + "Exit code 1 when a line of the file is no reading.")
        {
            readings, site, time, value, station, series, unit, every, json,
        };
        command.SetAction(parsed => Trouble.Catch(() =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var error = parsed.InvocationConfiguration.Error;
            var folder = parsed.GetValue(site)!;
            if (SiteReader.Read(folder) is not SiteVerdict.Right { Site: var current })
            {
                error.WriteLine($"The site in {folder} is wrong, so its tests are not known. See: canhlu check --site {folder}");
                return ExitCode.No;
            }
            var file = parsed.GetValue(readings)!;
            if (!file.Exists)
            {
                error.WriteLine($"There is no file {file.FullName}: give a CSV file with --readings; its first line is measured_at,station,series,value.");
                return ExitCode.No;
            }
            var asked = new ReadingsFile(file.FullName, parsed.GetValue(time), parsed.GetValue(value),
                parsed.GetValue(station) ?? Path.GetFileNameWithoutExtension(file.Name), parsed.GetValue(series)!);
            try
            {
                var interval = parsed.GetValue(every) is { } written ? Length(written) : null;
                if (parsed.GetValue(json))
                    WriteJson(asked, current, interval, Units[parsed.GetValue(unit)!]);
                else
                    WriteTables(asked, current, interval, Units[parsed.GetValue(unit)!], file.Length, SiteReport.Terminal(output));
            }
            catch (NotReadingsException exception)
            {
                error.WriteLine(exception.Message);
                return ExitCode.No;
            }
            if (asked.Wrong == 0)
                return ExitCode.Done;
            error.WriteLine($"{asked.Wrong} lines are no readings and were left out. The first: {string.Join("; ", asked.Remarks)}");
            return ExitCode.No;
        }));
        return command;
    }

    static void WriteJson(ReadingsFile file, Site site, Duration? every, double scale)
    {
        var series = Subjects.Of(file, site, every, scale, null);
        // Not through the text writer: a million lines are bytes, and are written many at a time.
        using var output = System.Console.OpenStandardOutput();
        var lines = new ArrayBufferWriter<byte>(2 * Together);
        using var json = new Utf8JsonWriter(lines, Loose);
        foreach (var row in new QcRun(series, site.Zone).Through(file.Read()))
        {
            QcReport.WriteLine(json, row, series[row.Read.Series]);
            json.Flush();
            json.Reset();
            lines.Write("\n"u8);
            if (lines.WrittenCount < Together)
                continue;
            output.Write(lines.WrittenSpan);
            lines.ResetWrittenCount();
        }
        output.Write(lines.WrittenSpan);
    }

    static void WriteTables(ReadingsFile file, Site site, Duration? every, double scale, long bytes, IAnsiConsole console)
    {
        // Whoever reads the tables from a pipe wants nothing else in it.
        var (series, tally) = !console.Profile.Out.IsTerminal
            ? Tallied(file, site, every, scale, null, null)
            : console.Progress().AutoClear(true).Start(context =>
            {
                var looking = context.AddTask("Looking through", maxValue: bytes);
                var testing = context.AddTask("Testing", maxValue: bytes);
                return Tallied(file, site, every, scale, read => looking.Value(read), read => testing.Value(read));
            });
        QcReport.WriteTables(console, series, tally, site.Zone);
    }

    static (IReadOnlyList<FileSeries> Series, QcTally Tally) Tallied(
        ReadingsFile file, Site site, Duration? every, double scale, Action<long>? looked, Action<long>? tested)
    {
        var series = Subjects.Of(file, site, every, scale, looked);
        var tally = new QcTally(series.Count);
        foreach (var row in new QcRun(series, site.Zone).Through(file.Read(tested)))
            tally.Take(row);
        tally.Close();
        return (series, tally);
    }

    static Duration? Length(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number == 0)
            return null;
        return text[^1] switch
        {
            's' => Duration.FromSeconds(number),
            'm' => Duration.FromMinutes(number),
            'h' => Duration.FromHours(number),
            'd' => Duration.FromDays(number),
            _ => null,
        };
    }
}

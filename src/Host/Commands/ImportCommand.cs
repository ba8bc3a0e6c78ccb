using System.CommandLine;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Host.Readings;
using CanhLu.Host.SiteFiles;
using CanhLu.Notify;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu import</c>: the roster from a CSV file, or past readings from one of CSV or Parquet. Every line that was not taken is reported.</summary>
static class ImportCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(IClock clock, TimeProvider time)
    {
        var roster = new Option<FileInfo?>("--roster") { Description = "CSV: name,phone,ward_code and any of hamlet,language,lowest_level,ground_height_m,river_km,lat,lon,carriers,consent,consent_at,opted_out_at" };
        var report = new Option<FileInfo>("--report") { Description = "of a roster: a CSV file to write: every line with what became of it (line,outcome,reason,ly_do)", HelpName = "FILE" };
        var readings = new Option<FileInfo?>("--readings")
        {
            Description = "CSV or Parquet: measured_at,station,series,value and any of received_at,flag,unit; into the archive as history, which no rule judges",
            HelpName = "FILE.csv|FILE.parquet",
        };
        var (site, data, json) = (Arguments.Site(), Arguments.Data(), Arguments.Json());
        var command = new Command("import", "Imports the people who are to be told (a known number is updated), or past readings (a known time is kept). Exit code 1 when a line was refused.")
        {
            roster, report, readings, site, data, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(roster) is null) == (result.GetValue(readings) is null))
                result.AddError("Say what: either --roster FILE or --readings FILE.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(() => parsed.GetValue(readings) is { } file
            ? new ReadingsIn(parsed.GetValue(data)!, parsed.GetValue(site)!, clock, time)
                .RunAsync(file, parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token)
            : Task.FromResult(People(parsed.GetValue(roster)!, parsed.GetValue(report), parsed.GetValue(site)!, parsed.GetValue(data)!, parsed.GetValue(json), clock))));
        return command;
    }

    static int People(FileInfo roster, FileInfo? report, string site, string data, bool json, IClock clock)
    {
        if (SiteReader.Read(site) is not SiteVerdict.Right { Site: var current })
        {
            System.Console.Error.WriteLine($"The site is wrong, so nobody knows its areas. See: canhlu check --site {site}");
            return ExitCode.No;
        }
        if (!roster.Exists)
        {
            System.Console.Error.WriteLine(
                $"There is no roster file {roster.FullName}: give a CSV file with --roster; its first line is name,phone,ward_code,language,lowest_level.");
            return ExitCode.No;
        }
        DataFolder.Make(data);
        using var operations = Operations.Open(Path.Combine(data, "operations.db"), StoreMode.Real);
        using var csv = roster.OpenText();
        var book = new Roster(operations, () => current, clock, NullLogger<Roster>.Instance);
        try
        {
            var imported = json ? book.Import(csv) : WithProgress(progress => book.Import(csv, progress));
            if (report is not null)
                PrivateFile.Write(report, lines => Lines(imported, lines));
            return Report(imported, json);
        }
        catch (NotARosterException exception)
        {
            System.Console.Error.WriteLine(exception.Message);
            return ExitCode.No;
        }
    }

    static RosterReport WithProgress(Func<IProgress<RosterProgress>, RosterReport> import) =>
        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("Importing");
            return import(new Told(progress => task.MaxValue(progress.Of).Value(progress.Done)));
        });

    static int Report(RosterReport report, bool json)
    {
        foreach (var (kind, remarks) in new[] { ("refused", report.Rejected), ("repeated", report.Repeated), ("left_out", report.LeftOut) })
            foreach (var remark in remarks)
                System.Console.Out.WriteLine(json
                    ? JsonSerializer.Serialize(new { Kind = kind, remark.Line, remark.Column, remark.Value, remark.Reason, remark.ReasonVi }, Wire)
                    : $"line {remark.Line}: {remark.Column} '{remark.Value}' {remark.Reason}");
        if (report.UnknownColumns.Count > 0)
            System.Console.Error.WriteLine($"These columns are none of a roster and were not read: {string.Join(", ", report.UnknownColumns)}");
        System.Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(
                new { Kind = "summary", report.Lines, report.Added, report.Updated, Repeated = report.Repeated.Count, Refused = report.RejectedLines, report.UnknownColumns }, Wire)
            : $"{report.Lines} lines: {report.Added} people added, {report.Updated} updated, {report.Repeated.Count} repeated, {report.RejectedLines} refused.");
        return report.Rejected.Count == 0 ? ExitCode.Done : ExitCode.No;
    }

    static int Lines(RosterReport report, TextWriter csv)
    {
        csv.Write("line,outcome,reason,ly_do\n");
        foreach (var line in report.Outcomes)
            csv.Write($"{line.Line},{line.Outcome.ToString().ToLowerInvariant()},{Quoted(line.Reason)},{Quoted(line.ReasonVi)}\n");
        return report.Outcomes.Count;

        static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // Progress<T> reports on other threads, and late; the bar wants it now.
    sealed class Told(Action<RosterProgress> tell) : IProgress<RosterProgress>
    {
        public void Report(RosterProgress value) => tell(value);
    }
}

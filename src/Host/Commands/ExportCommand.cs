using System.CommandLine;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Host.Readings;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu export</c>: the roster as a CSV file that <c>canhlu import</c> reads, numbers in clear; or readings, as CSV or Parquet.</summary>
static class ExportCommand
{
    public static Command Create(IClock clock, TimeProvider time)
    {
        var roster = new Option<FileInfo?>("--roster") { Description = "the people: the CSV file to write; only its owner may read it (mode 0600)", HelpName = "FILE" };
        var readings = new Option<FileInfo?>("--readings") { Description = "what was measured: the CSV or Parquet file to write, as import, backtest and qc read it", HelpName = "FILE.csv|FILE.parquet" };
        var stations = new Option<string[]>("--station") { Description = "of readings: only this station's devices, or this device; may be repeated", HelpName = "ID", DefaultValueFactory = _ => [] };
        var series = new Option<string[]>("--series") { Description = "of readings: only this quantity, as stage; may be repeated", HelpName = "NAME", DefaultValueFactory = _ => [] };
        var (from, to) = (
            Arguments.Moment("--from", "of readings: the earliest time, 2025-10-28T12:00:00+07:00"), Arguments.Moment("--to", "of readings: the time before which they end"));
        var (site, data, url, json) = (Arguments.Site(), Arguments.Data(), Arguments.Url(), Arguments.Json());
        var command = new Command("export", "Writes the people who are to be told (numbers in clear; the audit says who took it), or what was measured, into a file.")
        {
            roster, readings, stations, series, from, to, site, data, url, json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(roster) is null) == (result.GetValue(readings) is null))
                result.AddError("Say what: either --roster FILE or --readings FILE.");
            else if (result.GetValue(roster) is not null && ((result.GetValue(from) ?? result.GetValue(to)) is not null || result.GetValue(stations)!.Length + result.GetValue(series)!.Length > 0))
                result.AddError("--station, --series, --from and --to are about --readings.");
            else if (result.GetValue(from) > result.GetValue(to))
                result.AddError("--from lies after --to.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(() => parsed.GetValue(readings) is { } file
            ? new ReadingsOut(
                parsed.GetValue(data)!, parsed.GetValue(site)!, parsed.GetValue(url)!,
                new ReadingsAsked(parsed.GetValue(stations)!, parsed.GetValue(series)!, parsed.GetValue(from), parsed.GetValue(to)), clock, time)
                .RunAsync(file, parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token)
            : Task.FromResult(People(parsed.GetValue(data)!, parsed.GetValue(roster)!, parsed.GetValue(json), clock))));
        return command;
    }

    static int People(string folder, FileInfo file, bool json, IClock clock)
    {
        var store = Path.Combine(folder, "operations.db");
        if (!File.Exists(store))
        {
            System.Console.Error.WriteLine($"There is no operations store {Path.GetFullPath(store)}: give the engine's folder with --data.");
            return ExitCode.No;
        }
        using var operations = Operations.Open(store);
        var people = PrivateFile.Write(file, csv => new RosterExport(operations, clock).Write(csv, Environment.UserName));
        System.Console.Out.WriteLine(json
            ? JsonSerializer.Serialize(new { people, file = file.FullName })
            : $"{people} people were written into {file.FullName}, which only you may read: it holds their numbers.");
        return ExitCode.Done;
    }
}

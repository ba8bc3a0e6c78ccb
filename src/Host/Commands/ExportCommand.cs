using System.CommandLine;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu export</c>: the roster as a CSV file that <c>canhlu import</c> reads, numbers in clear.</summary>
static class ExportCommand
{
    public static Command Create(IClock clock)
    {
        var roster = new Option<FileInfo>("--roster") { Description = "the CSV file to write; only its owner may read it (mode 0600)", Required = true, HelpName = "FILE" };
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command("export", "Writes the people who are to be told into a CSV file, numbers in clear; the audit says who took it.") { roster, data, json };
        command.SetAction(parsed => Trouble.Catch(() =>
        {
            var store = Path.Combine(parsed.GetValue(data)!, "operations.db");
            if (!File.Exists(store))
            {
                System.Console.Error.WriteLine($"There is no operations store {Path.GetFullPath(store)}: give the engine's folder with --data.");
                return ExitCode.No;
            }
            using var operations = Operations.Open(store);
            var file = parsed.GetValue(roster)!;
            var people = PrivateFile.Write(file, csv => new RosterExport(operations, clock).Write(csv, Environment.UserName));
            System.Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { people, file = file.FullName })
                : $"{people} people were written into {file.FullName}, which only you may read: it holds their numbers.");
            return ExitCode.Done;
        }));
        return command;
    }
}

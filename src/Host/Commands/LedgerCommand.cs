using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Notify.Proof;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu ledger export</c> and <c>canhlu verify-ledger</c>: who was told what, as a file that shows every later change.</summary>
static class LedgerCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(IClock clock)
    {
        var file = new Option<FileInfo>("--out") { Description = "the file to write; one that is there is replaced", Required = true, HelpName = "FILE.csv" };
        var bulletin = new Option<long?>("--bulletin") { Description = "only this bulletin's deliveries; all when left out", HelpName = "N" };
        var clear = new Option<bool>("--clear") { Description = "write telephone numbers whole; they are masked when left out" };
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var export = new Command("export", "Writes every delivery that was attempted or has ended, one line each, chained by SHA-256. Keep the hash that it ends in.")
        {
            file, bulletin, clear, data, json,
        };
        export.SetAction(parsed => Trouble.Catch(() =>
        {
            var (folder, output) = (parsed.GetValue(data)!, parsed.InvocationConfiguration.Output);
            var store = Path.Combine(folder, "operations.db");
            if (!File.Exists(store))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"There is no operations store {Path.GetFullPath(store)}: give the engine's folder with --data.");
                return ExitCode.No;
            }
            using var operations = Operations.Open(store);
            var target = parsed.GetValue(file)!;
            ProofSeal seal;
            using (var stream = target.Create())
                seal = new ProofFile(operations, clock).Write(stream, parsed.GetValue(bulletin), parsed.GetValue(clear));
            Say(output, parsed.GetValue(json), ("file", target.FullName), ("deliveries", seal.Rows), ("sha_256", seal.Hash));
            return ExitCode.Done;
        }));
        return new Command("ledger", "Who was told what, for those who ask afterwards.") { export };
    }

    public static Command CreateVerify()
    {
        var file = new Argument<FileInfo>("file") { Description = "the ledger" };
        var expected = new Option<string?>("--sha-256") { Description = "the hash that it ended in when it was written", HelpName = "HASH" };
        var json = Arguments.Json();
        var command = new Command(
            "verify-ledger", "Says whether a ledger is as it was written. Exit code 1 with the first broken line when it is not.") { file, expected, json };
        expected.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(token.Value.Length == 64 && token.Value.All(char.IsAsciiHexDigit)))
                result.AddError("A SHA-256 has 64 hexadecimal digits.");
        });
        command.SetAction(parsed =>
        {
            var (ledger, output) = (parsed.GetValue(file)!, parsed.InvocationConfiguration.Output);
            if (!ledger.Exists)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"There is no file {ledger.FullName}. Name the ledger: canhlu verify-ledger ledger.csv");
                return ExitCode.WrongUse;
            }
            return Trouble.Catch(() =>
            {
                using var stream = ledger.OpenRead();
                switch (ProofCheck.Of(stream, parsed.GetValue(expected)))
                {
                    case ProofVerdict.Whole { Seal: var seal }:
                        Say(output, parsed.GetValue(json), ("whole", true), ("deliveries", seal.Rows), ("sha_256", seal.Hash));
                        return ExitCode.Done;
                    case ProofVerdict.Broken broken:
                        Say(output, parsed.GetValue(json), ("whole", false), ("line", broken.Line), ("why", broken.Why));
                        return ExitCode.No;
                    default:
                        throw new System.Diagnostics.UnreachableException();
                }
            });
        });
        return command;
    }

    static void Say(TextWriter output, bool json, params (string Name, object Value)[] facts)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(facts.ToDictionary(fact => fact.Name, fact => fact.Value), Wire));
            return;
        }
        var table = new Table().HideHeaders().AddColumns("", "");
        foreach (var (name, value) in facts)
            table.AddRow(name.Replace('_', '-'), Markup.Escape(value switch
            {
                true => "yes",
                false => "no",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            }));
        SiteFiles.SiteReport.Terminal(output).Write(table);
    }
}

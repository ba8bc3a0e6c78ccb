using System.CommandLine;
using System.Text.Json;
using CanhLu.Console.Keeping;
using CanhLu.Database;
using Dapper;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu restore</c>: makes an engine's folder of a backup, after a look at every byte of it.</summary>
static class RestoreCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var from = new Argument<string>("backup") { Description = "the folder that canhlu backup made" };
        var data = new Option<string>("--data") { Description = "the engine's folder to be; it must hold no stores", DefaultValueFactory = _ => "data" };
        var json = Arguments.Json();
        var command = new Command("restore", "Makes an engine's folder of a backup. Nothing that is there is overwritten.") { from, data, json };
        command.SetAction((parsed, _) => Trouble.Catch(async () =>
        {
            var (backup, folder) = (parsed.GetValue(from)!, parsed.GetValue(data)!);
            if (BackupManifest.Of(backup) is not { } manifest)
                return No($"{Path.GetFullPath(backup)} is no backup: it has no {BackupManifest.FileName}. Name a folder that canhlu backup made.");
            if (await Waiting.While("Looking at every byte…", parsed.GetValue(json), () => Task.Run(() => manifest.Fault(backup))) is { } fault)
                return No($"The backup is damaged: {fault}. Take another one: this was not restored.");
            using var held = DataFolder.Take(folder);
            if (manifest.Files.Select(file => Path.Combine(folder, file.Name)).FirstOrDefault(File.Exists) is { } there)
                return No($"{Path.GetFullPath(there)} is there, and nothing is overwritten. Move it away, or give another folder with --data.");
            var (readings, waiting) = await Waiting.While("Copying and counting…", parsed.GetValue(json), () => Task.Run(() => Take(manifest, backup, folder)));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(new { folder = Path.GetFullPath(folder), manifest.TakenAt, readings, unsettled_deliveries = waiting }, Wire));
            else
            {
                output.WriteLine(FormattableString.Invariant($"{Path.GetFullPath(folder)}: {readings} readings and the operations store as of {manifest.TakenAt}. Start the engine on it: canhlu run --data {folder}"));
                if (waiting > 0)
                    output.WriteLine(FormattableString.Invariant($"{waiting} messages had not been settled when the backup was made. Those that are still valid are sent: who got theirs after the backup gets it a second time."));
            }
            return ExitCode.Done;

            int No(string sentence)
            {
                parsed.InvocationConfiguration.Error.WriteLine(sentence);
                return ExitCode.No;
            }
        }));
        return command;
    }

    static (long Readings, long Waiting) Take(BackupManifest manifest, string backup, string folder)
    {
        foreach (var file in manifest.Files)
            File.Copy(Path.Combine(backup, file.Name), Path.Combine(folder, file.Name));
        var readings = Backup.Check(folder);
        if (readings != manifest.Readings)
            throw new InvalidOperationException($"{folder} holds {readings} readings, and the backup {manifest.Readings}.");
        using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
        return (readings, operations.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM deliveries WHERE state IN ('planned', 'queued', 'handedover')")));
    }
}

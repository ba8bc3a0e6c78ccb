using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Console.Accounts;
using CanhLu.Console.Keeping;
using CanhLu.Database;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu backup</c>: copies of both stores, while the engine works or while it does not, opened and counted before they are called a backup.</summary>
static class BackupCommand
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(IClock clock, TimeProvider time)
    {
        var to = new Option<string?>("--to") { Description = "the folder that the backup becomes; it must not be there. Below the data folder when left out", HelpName = "DIR" };
        var url = new Option<string>("--url") { Description = "where the page of the engine is that works in the folder", DefaultValueFactory = _ => EngineOptions.DefaultUrls };
        var (data, json) = (Arguments.Data(), Arguments.Json());
        var command = new Command("backup", "Copies everything that is stored, while the engine works, and checks the copy. Keep it on another machine: it holds people's numbers.") { to, data, url, json };
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            var (folder, target) = (parsed.GetValue(data)!, parsed.GetValue(to));
            if (!File.Exists(Path.Combine(folder, "operations.db")))
                return No($"There is no operations store in {Path.GetFullPath(folder)}: give the engine's folder with --data.");
            if (target is not null && (Directory.Exists(target) || File.Exists(target)))
                return No($"{Path.GetFullPath(target)} is there already: a backup gets a folder of its own. Give another one with --to.");
            var (made, why) = await Waiting.While("Copying and checking…", parsed.GetValue(json), () => Make(folder, parsed.GetValue(url)!, clock, time, token));
            if (made is null)
                return No(why!);
            if (target is not null)
            {
                Move(made, target);
                made = target;
            }
            var manifest = BackupManifest.Of(made)!;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                await output.WriteLineAsync(JsonSerializer.Serialize(new { folder = Path.GetFullPath(made), manifest.Version, manifest.TakenAt, manifest.Mode, manifest.Readings, manifest.Files }, Wire));
            else
                await output.WriteLineAsync(FormattableString.Invariant(
                    $"{Path.GetFullPath(made)}: {manifest.Readings} readings and the operations store as of {manifest.TakenAt}, {manifest.Files.Sum(file => file.Bytes) >> 10} KiB, opened and counted."));
            return ExitCode.Done;

            int No(string sentence)
            {
                parsed.InvocationConfiguration.Error.WriteLine(sentence);
                return ExitCode.No;
            }
        }));
        return command;
    }

    static async Task<(string? Folder, string? Why)> Make(string folder, string url, IClock clock, TimeProvider time, CancellationToken token)
    {
        DataFolder held;
        try
        {
            held = DataFolder.Take(folder);
        }
        catch (DataFolderException taken) when (taken.IsHeld)
        {
            return await Ask(folder, url, clock, time, token);
        }
        using (held)
        {
            try
            {
                using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
                using var archive = OpenedArchive.Open(folder);
                return ((await Backup.Make(folder, archive.CopyTo, operations, clock, token)).Folder, null);
            }
            catch (ArchiveRefusedException refused) when (refused.IsHeld)
            {
                // An engine that took no lock on its folder: a demonstration.
                return await Ask(folder, url, clock, time, token);
            }
            catch (Exception trouble) when (trouble is IOException or ArchiveNotReadyException)
            {
                return (null, $"The backup was not made: {trouble.Message}");
            }
        }
    }

    /// <summary>The archive's file is the engine's alone: it copies.</summary>
    static async Task<(string? Folder, string? Why)> Ask(string folder, string url, IClock clock, TimeProvider time, CancellationToken token)
    {
        try
        {
            using var http = EngineClient.Open(folder, clock, time, Role.Technician);
            http.Timeout = Timeout.InfiniteTimeSpan;
            using var answer = await http.PostAsJsonAsync(new Uri(EngineClient.PageOf(url), "api/backups"), new { who = Environment.UserName }, token);
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(token);
            return answer.StatusCode == HttpStatusCode.OK ? (said.GetProperty("folder").GetString(), null) : (null, EngineClient.No(url, answer.StatusCode, said));
        }
        catch (Exception exception) when (EngineClient.IsSilence(exception, token))
        {
            return (null, EngineClient.Silence(url, exception));
        }
    }

    /// <summary>Moves it, over the border of a file system too; the manifest comes last.</summary>
    static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException)
        {
            BackupFolder.Copy(from, to);
            Directory.Delete(from, recursive: true);
        }
    }
}

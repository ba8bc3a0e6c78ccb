using System.Globalization;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Archive.Files;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Commands;
using CanhLu.Host.SiteFiles;
using NodaTime;

namespace CanhLu.Host.Readings;

/// <summary><c>canhlu export --readings</c>, from what was asked to the file. It is there whole or not at all.</summary>
/// <param name="folder">The engine's folder.</param>
/// <param name="siteFolder">The folder of the site's files.</param>
/// <param name="url">Where the engine's page is, when one works in the folder.</param>
/// <param name="asked">Which readings.</param>
/// <param name="clock">Our clock.</param>
/// <param name="time">The machine's.</param>
sealed class ReadingsOut(string folder, string siteFolder, string url, ReadingsAsked asked, IClock clock, TimeProvider time)
{
    const string Unfinished = ".new";

    /// <summary>Writes the file.</summary>
    public async Task<int> RunAsync(FileInfo file, bool json, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            await error.WriteLineAsync($"There is no data folder {Path.GetFullPath(folder)}: name the engine's folder with --data.");
            return ExitCode.No;
        }
        if (SiteReader.Read(siteFolder) is not SiteVerdict.Right { Site: var files })
        {
            await error.WriteLineAsync($"The site is wrong, so nobody knows its stations. See: canhlu check --site {siteFolder}");
            return ExitCode.No;
        }
        var lines = file.FullName + (ParquetFile.Is(file.Name) ? ".csv" : "") + Unfinished;
        try
        {
            long readings;
            string? trouble;
            await using (var to = new FileStream(lines, FileMode.Create, FileAccess.Write))
                (readings, trouble) = await Waiting.WithShare("Exporting", json, told => Write(files, to, told, cancellation));
            if (trouble is not null)
            {
                await error.WriteLineAsync(trouble);
                return ExitCode.No;
            }
            Finish(lines, file.FullName);
            await output.WriteLineAsync(json
                ? JsonSerializer.Serialize(new { readings, file = file.FullName })
                : string.Create(CultureInfo.InvariantCulture, $"{readings} readings were written into {file.FullName}."));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await error.WriteLineAsync($"Stopped before the end: {file.FullName} was not written.");
            return ExitCode.No;
        }
        catch (Exception failed) when (failed is IOException or HttpRequestException or ArchiveNotReadyException)
        {
            await error.WriteLineAsync($"{file.FullName} was not written: {failed.Message}");
            return ExitCode.No;
        }
        finally
        {
            File.Delete(lines);
        }
    }

    static void Finish(string lines, string file)
    {
        if (!ParquetFile.Is(file))
        {
            File.Move(lines, file, overwrite: true);
            return;
        }
        var unfinished = file + Unfinished;
        try
        {
            ParquetFile.FromCsv(lines, unfinished);
            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    async Task<(long Readings, string? Trouble)> Write(Site files, Stream to, Action<double>? told, CancellationToken cancellation)
    {
        DataFolder held;
        try
        {
            held = DataFolder.Take(folder);
        }
        catch (DataFolderException taken) when (taken.IsHeld)
        {
            return await Ask(to, told, cancellation);
        }
        using (held)
        {
            OpenedArchive archive;
            try
            {
                archive = OpenedArchive.Open(folder);
            }
            catch (ArchiveRefusedException refused) when (refused.IsHeld)
            {
                // An engine that took no lock on its folder: a demonstration.
                return await Ask(to, told, cancellation);
            }
            using (archive)
                return await Task.Run(() => ReadingsExport.Write(archive, With(files), files, asked, to, told, cancellation), cancellation);
        }
    }

    Site With(Site files)
    {
        var store = Path.Combine(folder, "operations.db");
        if (!File.Exists(store))
            return files;
        using var operations = Operations.Open(store);
        return Adoptions.Into(files, operations);
    }

    async Task<(long Readings, string? Trouble)> Ask(Stream to, Action<double>? told, CancellationToken cancellation)
    {
        try
        {
            using var http = EngineClient.Open(folder, clock, time);
            return await ReadingsExport.Ask(http, EngineClient.PageOf(url), asked, to, told, cancellation);
        }
        catch (Exception away) when (EngineClient.IsSilence(away, cancellation))
        {
            return (0, EngineClient.Silence(url, away));
        }
    }
}

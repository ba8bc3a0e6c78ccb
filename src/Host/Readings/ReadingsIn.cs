using System.Globalization;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Archive.Files;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Commands;
using CanhLu.Host.Qc;
using CanhLu.Host.SiteFiles;
using NodaTime;

namespace CanhLu.Host.Readings;

/// <summary><c>canhlu import --readings</c>, from what was asked to what is told.</summary>
/// <param name="folder">The engine's folder.</param>
/// <param name="siteFolder">The folder of the site's files.</param>
/// <param name="clock">Our clock.</param>
/// <param name="time">The machine's.</param>
sealed class ReadingsIn(string folder, string siteFolder, IClock clock, TimeProvider time)
{
    static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Stores the file's readings. Exit code 1 when a line was none.</summary>
    public async Task<int> RunAsync(FileInfo file, bool json, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (SiteReader.Read(siteFolder) is not SiteVerdict.Right { Site: var files })
        {
            await error.WriteLineAsync($"The site is wrong, so nobody knows its stations. See: canhlu check --site {siteFolder}");
            return ExitCode.No;
        }
        if (!file.Exists)
        {
            await error.WriteLineAsync($"There is no file {file.FullName}: give a CSV or Parquet file with --readings; its columns are measured_at,station,series,value.");
            return ExitCode.No;
        }
        using var held = Held();
        var lines = ParquetFile.Is(file.Name) ? Path.Combine(folder, $"{file.Name}.csv.new") : file.FullName;
        try
        {
            if (lines != file.FullName)
                ParquetFile.ToCsv(file.FullName, lines);
            var read = new ReadingsFile(lines, null, null, "", "");
            var size = (double)Math.Max(1, new FileInfo(lines).Length);
            var tally = await Waiting.WithShare("Importing", json, told => Take(files, read, told is null ? null : position => told(position / size), cancellation));
            await Say(tally, read, json, output, error);
            return read.Wrong == 0 ? ExitCode.Done : ExitCode.No;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before the end of the file. What was stored stays; the same import goes on where it was.");
            return ExitCode.No;
        }
        catch (Exception failed) when (failed is NotReadingsException or IOException or ArchiveNotReadyException)
        {
            await error.WriteLineAsync(failed.Message);
            return ExitCode.No;
        }
        finally
        {
            if (lines != file.FullName)
                File.Delete(lines);
        }
    }

    DataFolder Held()
    {
        try
        {
            return DataFolder.Take(folder);
        }
        catch (DataFolderException taken) when (taken.IsHeld)
        {
            throw new DataFolderException(
                $"An engine works in the data folder {Path.GetFullPath(folder)} and holds its archive: stop it, import, and start it again. Devices send again what it did not acknowledge.", taken)
            {
                IsHeld = true,
            };
        }
    }

    async Task<ImportTally> Take(Site files, ReadingsFile read, Action<long>? told, CancellationToken cancellation)
    {
        var store = Path.Combine(folder, "operations.db");
        var site = files;
        if (File.Exists(store))
        {
            using var operations = Operations.Open(store);
            site = Adoptions.Into(files, operations);
        }
        await using var archive = await WritableArchive.Open(folder, clock, time, cancellation);
        // On a thread of its own: lines are read without a pause, and the bar is drawn by another.
        return await Task.Run(() => new HistoryImport(files, site, archive, clock).Take(read, told, cancellation), cancellation);
    }

    static async Task Say(ImportTally tally, ReadingsFile read, bool json, TextWriter output, TextWriter error)
    {
        if (read.Wrong > 0)
            await error.WriteLineAsync($"{read.Wrong} lines are no readings and were left out. The first: {string.Join("; ", read.Remarks)}");
        if (tally.TooOld > 0)
            await error.WriteLineAsync($"{tally.TooOld} readings were received longer ago than Archive:KeepFor and were left out: the engine would delete them.");
        if (tally.Foreign.Count > 0)
            await error.WriteLineAsync($"These series are kept, but the site has none of them: {string.Join("; ", tally.Foreign)}");
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new { Kind = "summary", tally.Readings, tally.Stored, tally.Repeated, tally.TooOld, Refused = read.Wrong, tally.Foreign }, Wire)
            : string.Create(
                CultureInfo.InvariantCulture, $"{tally.Readings} readings: {tally.Stored} stored, {tally.Repeated} there already, {tally.TooOld} too old; {read.Wrong} lines refused."));
    }
}

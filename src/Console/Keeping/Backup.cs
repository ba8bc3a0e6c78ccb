using System.Globalization;
using CanhLu.Archive;
using CanhLu.Database;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.Keeping;

/// <summary>Copies of both stores, made while the engine works, and opened and counted before they are called a backup.</summary>
/// <remarks>
/// The archive is copied first: what the operations store knows of it is then never newer than the copy by more than the copying took, and no reading that had an alarm is judged a second
/// time as if nobody had been told.
/// </remarks>
public static class Backup
{
    /// <summary>The folder of backups in the engine's folder.</summary>
    public const string FolderName = "backups";

    // So much stays free, for the engine to go on.
    const long Reserve = 256 << 20;
    const string OperationsName = "operations.db";
    static readonly string ArchiveName = new ArchiveOptions().FileName;
    static readonly InstantPattern NamePattern = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HHmmss'Z'");

    /// <summary>Makes one, in a folder of its own below <see cref="FolderName"/>.</summary>
    /// <param name="data">The engine's folder.</param>
    /// <param name="archive">Copies the archive to a path.</param>
    /// <param name="operations">The operations store.</param>
    /// <param name="clock">Ours.</param>
    /// <param name="cancellation">Breaks it off; nothing of it stays.</param>
    /// <returns>Where it is, and what it holds.</returns>
    /// <exception cref="IOException">It could not be written, or did not hold what was copied.</exception>
    public static async Task<(string Folder, BackupManifest Manifest)> Make(
        string data, Func<string, CancellationToken, Task> archive, Operations operations, IClock clock, CancellationToken cancellation)
    {
        var takenAt = clock.GetCurrentInstant();
        var folder = Path.Combine(data, FolderName, NamePattern.Format(takenAt));
        var unfinished = folder + ".new";
        if (Directory.Exists(folder) || Directory.Exists(unfinished))
            throw new IOException($"{folder} is there already: another backup was made in this second.");
        RequireRoom(data);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(unfinished);
        else
            Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            await archive(Path.Combine(unfinished, ArchiveName), cancellation).ConfigureAwait(false);
            operations.CopyTo(Path.Combine(unfinished, OperationsName));
            var readings = Check(unfinished);
            var manifest = BackupManifest.Write(
                unfinished, Installed.Version, takenAt, operations.Mode.ToString(), readings,
                Directory.EnumerateFiles(unfinished).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList());
            Directory.Move(unfinished, folder);
            return (folder, manifest);
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    /// <summary>Opens both stores of a folder and looks at all of them.</summary>
    /// <returns>How many readings there are.</returns>
    /// <exception cref="IOException">They are not whole.</exception>
    public static long Check(string folder)
    {
        using (var operations = Operations.Open(Path.Combine(folder, OperationsName)))
        {
            if (operations.Faults() is [var fault, ..])
                throw new IOException($"{OperationsName} of {folder} is not whole: {fault}");
        }
        using var archive = OpenedArchive.Open(folder);
        return archive.Count();
    }

    static void RequireRoom(string data)
    {
        var needed = Reserve + new[] { ArchiveName, OperationsName }.Select(name => new FileInfo(Path.Combine(data, name))).Sum(file => file.Exists ? file.Length : 0);
        var free = new DriveInfo(Path.GetFullPath(data)).AvailableFreeSpace;
        if (free < needed)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The disk of {Path.GetFullPath(data)} has {free >> 20} MiB left and the copies may need {needed >> 20}: move old backups away."));
    }
}
